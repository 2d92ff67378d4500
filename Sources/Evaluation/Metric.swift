import MynahRandomness
import MynahTables

/// What a synthetic table is held against.
public struct RealData: Sendable {
  /// The rows the model was fitted to.
  public var train: Table
  /// Rows of the same source that the model has not seen.
  public var holdout: Table?
  public var target: String?

  public init(train: Table, holdout: Table? = nil, target: String? = nil) {
    self.train = train
    self.holdout = holdout
    self.target = target
  }
}

/// Whether more or less of a metric is better.
public enum Goal: String, Codable, Sendable { case maximize, minimize }

/// A metric's figure, or why there is none.
public enum Score: Sendable, Equatable {
  case value(Double, details: [String: Double])
  case notApplicable(reason: String)
}

/// A figure that says how good or how safe a synthetic table is.
public protocol Metric: Codable, Sendable {
  /// The name in experiment files and in `metrics.json`, for example "shape".
  static var identifier: String { get }
  var goal: Goal { get }
  var bounds: ClosedRange<Double> { get }
  /// - Throws: `TableError` when the two tables cannot be compared, for example because a column is absent.
  func score(_ synthetic: Table, against real: RealData, using random: inout RandomSource) throws -> Score
}
