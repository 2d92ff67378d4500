import MynahClassifiers
import MynahRandomness
import MynahStatistics
import MynahTables

/// How near the new rows of the positive class come to real ones, from one resampling of the whole table.
///
/// Distances are Euclidean over all columns but the target and identifiers: numbers divided by their range in the real table,
/// categories 0 where equal and 1 where not (missing is a level of its own), missing numbers as `MixedPoints` has it. At
/// most 20,000 new and 20,000 real rows, drawn at random, are measured, against all real ones.
///
/// New rows are held against the distances of real rows to each other, each to the nearest real row but itself. Identical
/// real rows count once there: otherwise a table that repeats rows would have distances of 0 between real ones, and nothing
/// could be nearer. How many real rows have a twin is given beside it: where many have, exact copies say little.
public struct BalancePrivacy: Codable, Sendable, Equatable {
  public let method: String
  /// New rows of the positive class.
  public let newRows: Int
  /// Real rows of the positive class, and how many differ.
  public let realRows: Int
  public let distinctRealRows: Int
  /// The share of real rows that another one equals.
  public let realTwinShare: Double
  /// The share of new rows that equal a real one; nil without new rows.
  public let copyShare: Double?
  /// The share of new rows that come nearer to a real one than `realLow`, copies included; nil without new rows or where
  /// fewer than two real rows differ.
  public let nearCopyShare: Double?
  /// Distances of new rows to the nearest real one: the median, and what 5 % come nearer than.
  public let newMedian: Double?
  public let newLow: Double?
  /// The same of real rows that differ, each to the nearest other one.
  public let realMedian: Double?
  public let realLow: Double?

  /// The most rows of either kind that are measured.
  private static let mostMeasured = 20_000

  init(
    method: String, real: Table, resampled: Table, realCount: Int, target: String, positive: String,
    using random: inout RandomSource
  ) throws {
    let realTable = real.gathering(try Self.rows(of: positive, target, real))
    let newTable = resampled.gathering(
      try Self.rows(of: positive, target, resampled).filter { $0 >= realCount })
    let space = try PrivacySpace(real, target: target)
    let (realPoints, newPoints) = (try space.points(of: realTable), try space.points(of: newTable))
    let realKeys = (0..<realPoints.count).map(realPoints.key)
    var counts: [[UInt64]: Int] = [:]
    for key in realKeys { counts[key, default: 0] += 1 }
    var seen: Set<[UInt64]> = []
    let distinct = realPoints.gathering(realKeys.indices.filter { seen.insert(realKeys[$0]).inserted })
    let copies = (0..<newPoints.count).count { counts[newPoints.key($0)] != nil }

    let search = NearestNeighbors(distinct)
    let among = Self.sorted(search.neighbors(ofRows: Self.sample(distinct.count, &random), k: 1))
    let toReal = Self.sorted(search.neighbors(of: newPoints.gathering(Self.sample(newPoints.count, &random)), k: 1))
    let low = Self.quantile(among, 0.05)
    self.method = method
    newRows = newPoints.count
    realRows = realPoints.count
    distinctRealRows = distinct.count
    realTwinShare = Double(realKeys.count { counts[$0] ?? 0 > 1 }) / Double(max(1, realKeys.count))
    copyShare = newRows == 0 ? nil : Double(copies) / Double(newRows)
    nearCopyShare = low.flatMap { low in
      toReal.isEmpty ? nil : Double(toReal.count { $0 < low }) / Double(toReal.count)
    }
    (newMedian, newLow) = (Self.quantile(toReal, 0.5), Self.quantile(toReal, 0.05))
    (realMedian, realLow) = (Self.quantile(among, 0.5), low)
  }

  private static func rows(of positive: String, _ target: String, _ table: Table) throws -> [Int] {
    let classes = try ClassLabels(of: target, in: table)
    return classes.codes.indices.filter { row in
      classes.codes[row] >= 0 && classes.names[Int(classes.codes[row])] == positive
    }
  }

  /// All of `count` rows, or as many as are measured.
  private static func sample(_ count: Int, _ random: inout RandomSource) -> [Int] {
    count <= mostMeasured ? Array(0..<count) : random.permutation(count).prefix(mostMeasured).sorted()
  }

  /// Distances, ascending. Rows that share no column with any other have none.
  private static func sorted(_ found: Neighbors) -> [Double] { found.distances.filter(\.isFinite).sorted() }

  private static func quantile(_ sorted: [Double], _ level: Double) -> Double? {
    sorted.isEmpty ? nil : MynahStatistics.quantile(level, ofSorted: sorted)
  }
}

extension MixedPoints {
  /// Equal for rows that are.
  fileprivate func key(_ row: Int) -> [UInt64] {
    numbers[row * dimensions..<(row + 1) * dimensions].map { $0.isNaN ? .max : ($0 + 0).bitPattern }
      + categories.map { UInt64(bitPattern: Int64($0.codes[row])) }
  }
}
