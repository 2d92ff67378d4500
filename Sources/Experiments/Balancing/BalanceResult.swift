import Foundation
import MynahEvaluation

/// `balance.json`. The same experiment with the same seed gives the same bytes, so it holds no times.
public struct BalanceResult: Codable, Sendable, Equatable {
  /// A balanced table.
  public struct Method: Codable, Sendable, Equatable {
    public var name: String
    public var kind: String
    /// Its path beside this file.
    public var file: String
    public var rows: Int
    /// Rows that were made.
    public var newRows: Int
    /// Rows of each class.
    public var classes: [ClassCount]
    public var notices: [String]
    /// Why a model's training ended early.
    public var trainingCutShort: String?
  }

  /// Rows of a class.
  public struct ClassCount: Codable, Sendable, Equatable {
    public var name: String
    public var rows: Int
  }

  public var experiment: String
  public var seed: UInt64
  public var target: String
  /// Rows of each class before balancing.
  public var before: [ClassCount] = []
  public var methods: [Method] = []
  /// Methods that gave no table, and why.
  public var failures: [GeneratorFailure] = []
  /// What the trial found; nil where the target has no classes of its own.
  public var trial: BalanceReport?

  init(experiment: String, seed: UInt64, target: String) {
    (self.experiment, self.seed, self.target) = (experiment, seed, target)
  }

  func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }

  /// What went wrong, by method.
  public var trouble: [(name: String, reason: String)] {
    failures.map { ($0.name, $0.reason) }
      + methods.compactMap { method in method.trainingCutShort.map { (method.name, $0) } }
      + (trial?.arms.compactMap { arm in arm.failure.map { (arm.name, $0) } } ?? [])
  }

  /// The methods' rows, for the page.
  var rows: [BalanceHTMLReport.Method] {
    methods.map { BalanceHTMLReport.Method(name: $0.name, rows: line($0)) }
      + failures.map { BalanceHTMLReport.Method(name: $0.name, rows: $0.reason, hasFailed: true) }
  }

  private func line(_ method: Method) -> String {
    let after = Dictionary(method.classes.map { ($0.name, $0.rows) }, uniquingKeysWith: { first, _ in first })
    let classes = before.prefix(12).map { "\($0.name) \($0.rows) -> \(after[$0.name] ?? 0)" }.joined(separator: ", ")
    return (classes.isEmpty ? "" : classes + "; ") + "\(method.rows) rows, \(method.newRows) of them new"
  }

  /// For a terminal.
  public func text() -> String {
    let width = (methods.map(\.name) + failures.map(\.name)).map(\.count).max() ?? 0
    let lines = rows.map { row in
      row.name.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + (row.hasFailed ? "failed: " : "")
        + row.rows
    }
    return "Rows of \(target):\n" + lines.map { $0 + "\n" }.joined() + (trial.map { "\n" + $0.text() } ?? "")
  }

  /// `balance.md`.
  func markdown() -> String {
    let lines = rows.map { row in
      "| \(Self.cell(row.name)) | " + (row.hasFailed ? "failed: " : "") + "\(Self.cell(row.rows)) |\n"
    }
    let table = "| method | rows of \(Self.cell(target)), before and after |\n| --- | --- |\n" + lines.joined()
    return (trial.map { $0.markdown() + "\n## Balanced tables\n\n" } ?? "# Balanced tables\n\n") + table
  }

  private static func cell(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|")
  }
}
