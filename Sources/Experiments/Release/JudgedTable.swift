import Foundation
import MynahEvaluation

/// An evaluation with its gates, as `mynah evaluate --json` writes it: the keys of `TableEvaluation`, and `name` and `gates`
/// where there are any.
public struct JudgedTable: Encodable, Sendable {
  /// nil where there is but one table.
  public var name: String?
  public var evaluation: TableEvaluation
  public var gates: [GateOutcome]?

  public init(name: String? = nil, evaluation: TableEvaluation, gates: [GateOutcome]? = nil) {
    (self.name, self.evaluation, self.gates) = (name, evaluation, gates)
  }

  private enum CodingKeys: String, CodingKey { case name, gates }

  public func encode(to encoder: any Encoder) throws {
    try evaluation.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(name, forKey: .name)
    try values.encodeIfPresent(gates, forKey: .gates)
  }

  public func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }
}

extension [JudgedTable] {
  /// As a list.
  public func json() throws -> [UInt8] { [UInt8](try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }
}
