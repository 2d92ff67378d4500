import MynahRandomness
import MynahTables

/// A way to balance classes: its hyperparameters, as read from a file. Oversamplers add rows, undersamplers and cleaners
/// remove some, combinations do both.
public protocol Resampler: Codable, Sendable {
  /// The name after `--method` and in experiment files, for example "smote-nc".
  static var identifier: String { get }
  /// Every hyperparameter at its documented default.
  init()
  /// Checks the hyperparameters before any data are read. `resampled` does so too.
  ///
  /// - Throws: `ResamplingError` that names the hyperparameter.
  func validate() throws(ResamplingError)
  /// Balances `table` as asked.
  ///
  /// The real rows that are kept come first, unchanged and in order; new rows follow, class by class. The same table,
  /// request and random numbers give the same rows, whatever the number of threads.
  /// - Throws: `ResamplingError` where that is impossible.
  func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable
}

extension Resampler {
  /// Every value is possible.
  public func validate() throws(ResamplingError) {}

  /// Balances the classes of `target` in the method's usual way.
  public func resampled(
    _ table: Table, balancing target: String, using random: inout RandomSource
  ) throws -> Table {
    try resampled(table, BalanceRequest(target: target), using: &random).table()
  }
}
