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
    try resampled(table, BalanceRequest(target: target), using: &random).table
  }
}

/// A balanced table and where its rows come from.
public struct ResampledTable: Sendable {
  /// With the schema of the table that was given.
  public var table: Table
  /// The real rows that were kept, by number from 0, ascending. They are the table's first rows.
  public var kept: [Int]
  /// Of every new row, in order, by what method it was made and of which real rows.
  public var origins: [RowOrigin]
  /// What a user should know, in one line each.
  public var notices: [String]

  public init(table: Table, kept: [Int], origins: [RowOrigin], notices: [String] = []) {
    self.table = table
    self.kept = kept
    self.origins = origins
    self.notices = notices
  }

  /// Rows of `table` that are real.
  public var realCount: Int { kept.count }
}

/// How a new row was made.
public struct RowOrigin: Sendable, Equatable {
  /// The method's identifier.
  public var method: String
  /// The real row it starts from, by number from 0; nil for a row that a model made.
  public var base: Int?
  /// The real row it leans towards; nil where there is none.
  public var neighbor: Int?

  public init(method: String, base: Int? = nil, neighbor: Int? = nil) {
    self.method = method
    self.base = base
    self.neighbor = neighbor
  }
}
