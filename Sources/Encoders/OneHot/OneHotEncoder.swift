import MynahRandomness
import MynahTables

/// Levels as one-hot vectors; a missing value, where the column has any, is a level of its own.
///
/// A column with more levels than `maximumLevels` keeps a code for each of the most frequent ones; all others share one
/// last code, the rest. Where a model makes that code, decoding draws one of the rest by its frequency. So the rest's levels
/// keep their shares, but not what they have to do with other columns.
///
/// Whole numbers are taken too: their values are levels then, and are decoded to whole numbers.
public struct OneHotEncoder: ColumnEncoder {
  public static let identifier = "one-hot"
  public static let kinds: Set<ColumnKind> = [.categorical, .boolean, .integer]

  /// The most codes that levels take, the rest's among them; a missing value's comes on top.
  ///
  /// Networks grow with the codes, and CTGAN's with their square: 10,000 codes are 2.6 million weights in a layer of 256,
  /// and a table shows too few rows of most such levels to learn them. 256 codes take one byte a row. Raise it where what
  /// rarer levels have to do with other columns matters more than time and memory.
  public var maximumLevels = 256

  public init() {}

  public init(maximumLevels: Int) { self.maximumLevels = maximumLevels }

  /// - Throws: `TableError` for a number of levels with which nothing can be fitted; it may have been read from a file.
  public func validate() throws(TableError) {
    guard (1...1 << 24).contains(maximumLevels) else {
      throw TableError("one-hot encoding takes at most 1...\(1 << 24) levels, got \(maximumLevels)")
    }
  }

  public func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> FittedOneHotEncoder {
    try validate()
    let column = try LevelColumn(column)
    var counts = [Int](repeating: 0, count: column.levels.count)
    for (row, code) in column.codes.enumerated() where column.validity.map({ $0[row] }) ?? true {
      guard counts.indices.contains(Int(code)) else { throw TableError("row \(row + 1) has a code without a level") }
      counts[Int(code)] += 1
    }
    let seen = counts.indices.filter { counts[$0] > 0 }
    let own = seen.count <= maximumLevels ? seen : mostFrequent(seen, counts)
    let isOwn = Set(own)
    let rest = seen.count == own.count ? [] : seen.filter { !isOwn.contains($0) }
    return try FittedOneHotEncoder(
      levels: own.map { column.levels[$0] }, rest: rest.map { column.levels[$0] }, restCounts: rest.map { counts[$0] },
      isInteger: column.isInteger, hasMissing: column.missingCount > 0)
  }

  /// Those that keep a code beside the rest's, in the column's order; of equally frequent ones the first.
  private func mostFrequent(_ seen: [Int], _ counts: [Int]) -> [Int] {
    seen.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(maximumLevels - 1).sorted()
  }
}
