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
///
/// A metric of one's own is registered (`Registry.register(metric:)` of MynahExperiments) and then named in experiment
/// files; `checkMetric` of the test support holds it to what is promised here.
public protocol Metric: Codable, Sendable {
  /// The name in experiment files and in `metrics.json`, for example "shape".
  static var identifier: String { get }
  /// The part of a report it stands in; `other` unless given.
  static var family: MetricFamily { get }
  /// What a report calls it; the identifier unless given.
  static var title: String { get }
  /// What the score says, in one sentence for somebody who does not know the metric; empty unless given.
  static var meaning: String { get }
  /// Every parameter at its default.
  init()
  /// Whether more or less is better.
  var goal: Goal { get }
  /// What scores lie in.
  var bounds: ClosedRange<Double> { get }
  /// Checks the parameters before any data are read. `TableEvaluation` does so too.
  ///
  /// - Throws: `MetricError` that names the parameter.
  func validate() throws(MetricError)
  /// Compares two tables. The same tables and random numbers give the same score.
  ///
  /// - Parameters:
  ///   - synthetic: with the columns of `real.train`, in any order.
  ///   - real: the rows to compare with.
  ///   - random: for a metric that draws rows or trains a model.
  /// - Returns: A score within `bounds`, or why there is none: too few rows, no column of the kind that counts.
  /// - Throws: `TableError` when the two tables cannot be compared, for example because a column is absent.
  func score(_ synthetic: Table, against real: RealData, using random: inout RandomSource) throws -> Score
}
