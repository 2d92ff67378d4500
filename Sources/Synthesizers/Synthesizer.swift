import MynahRandomness
import MynahTables

/// A model's hyperparameters, as read from a file; fitting returns the model.
public protocol Synthesizer: Codable, Sendable {
  /// The `kind` in experiment files and after `--model`, for example "ctgan".
  static var identifier: String { get }
  associatedtype Fitted: FittedSynthesizer
  /// Every hyperparameter at its documented default.
  init()
  /// Checks the hyperparameters before any data are read. `fitted` does so too.
  ///
  /// - Throws: `SynthesisError` that names the hyperparameter.
  func validate() throws(SynthesisError)
  /// Learns `table`.
  ///
  /// - Throws: `SynthesisError` when the hyperparameters or the table make training impossible, or training diverges.
  func fitted(to table: Table, using random: inout RandomSource, observer: any TrainingObserver) throws -> Fitted
}

extension Synthesizer {
  /// Every value is possible.
  public func validate() throws(SynthesisError) {}
}

/// A model that has learned a table and makes rows like it.
public protocol FittedSynthesizer: Sendable {
  static var identifier: String { get }
  /// The schema of the table the model was fitted to; sampled tables have it too.
  var schema: Schema { get }
  /// New rows, exactly as many as asked for; every row meets every condition.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, or one that next to no row can meet.
  func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table
  /// Puts everything that `init(from:)` needs into the archive.
  func write(to archive: inout ModelArchive) throws
  /// The model that was written, which makes the same rows.
  ///
  /// - Throws: `SynthesisError` when something is absent or does not fit; nothing in the archive is believed unchecked.
  init(from archive: ModelArchive) throws
}

extension FittedSynthesizer {
  /// `count` new rows, a table of their own.
  public func sample(_ count: Int, given conditions: [Condition], using random: inout RandomSource) throws -> Table {
    try sample(SamplingRequest(count, given: conditions), using: &random)
  }
}

/// A column that must have a value in every sampled row, as in `--where income='>50K'`.
public struct Condition: Codable, Sendable, Equatable {
  public var column: String
  /// The level, as it stands in the file.
  public var value: String

  public init(column: String, value: String) {
    self.column = column
    self.value = value
  }
}
