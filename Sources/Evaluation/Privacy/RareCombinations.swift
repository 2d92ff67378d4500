import MynahParallelism
import MynahRandomness
import MynahTables

/// The share of rare combinations of the training table that the synthetic table repeats. A combination is the values of one,
/// two or three columns; it is rare where fewer than `k` training rows have it. Values are compared exactly, and combinations
/// with a missing value do not count.
///
/// In [0, 1], 0 is best. A longer table repeats more by chance: `matched-share` is that of as many synthetic rows as there are
/// unseen ones, `matched-rows`, and `holdout-share` that of those; `excess` is (matched share − holdout's) / (1 − holdout's), not
/// below 0. The share for each number of columns is in the details, too. Tables of many columns have too many combinations of three for all to be looked at:
/// `combinations` says how many sets of columns were, drawn at random among `combinations-sampled-from`; beyond 150 columns
/// they are of two columns at most.
///
/// Reference for the threshold `k`: L. Sweeney, "k-anonymity: a model for protecting privacy", 2002.
public struct RareCombinations: Metric, Equatable {
  public static var identifier: String { "rare-combinations" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Rare combinations" }
  public static var meaning: String {
    "Which share of the combinations that few people have is repeated."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// In 2...1,000,000.
  public var k: Int
  /// In 1...3.
  public var columns: Int
  /// Cells that are looked at, about: combinations times rows; in 1...1,000,000,000,000.
  public var work: Int

  public init() { self.init(k: 5) }

  public init(k: Int, columns: Int = 3, work: Int = 50_000_000) {
    self.k = k
    self.columns = columns
    self.work = work
  }

  public func validate() throws(MetricError) {
    try require(k, "k", in: 2...1_000_000)
    try require(columns, "columns", in: 1...3)
    try require(work, "work", in: 1...1_000_000_000_000)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let (cells, made, unseen, chosen, all) = try looked(PrivacyTables(synthetic, real), using: &random)
      let found = parallelMap(chosen.count) { repeated(chosen[$0], cells, made, unseen) }

      let rare = found.reduce(0) { $0 + $1.rare }
      guard rare > 0 else {
        throw Inapplicable("no combination of values is rare: each is in at least \(k) rows of the real table")
      }
      func share(_ counts: [Counts]) -> Double? {
        let rare = counts.reduce(0) { $0 + $1.rare }
        return rare > 0 ? Double(counts.reduce(0) { $0 + $1.synthetic }) / Double(rare) : nil
      }
      let value = share(found) ?? 0
      var details = ["rare": Double(rare), "k": Double(k)]
      details["rows"] = Double(made.count)
      details.addSampling("combinations", chosen.count, of: all)
      for width in 1...3 {
        let ofWidth = zip(chosen, found).filter { $0.0.count == width }.map(\.1)
        if let share = share(ofWidth) { details["share-of-\(width)"] = share }
      }
      if chosen.count < all {
        // Of a ratio of sums over drawn sets of columns.
        let residuals = found.map { Double($0.synthetic) - value * Double($0.rare) }
        details.addSamplingError(standardError(ofMean: residuals) * Double(found.count) / Double(rare))
      }
      if !unseen.isEmpty {
        let matched = Double(found.reduce(0) { $0 + $1.matched }) / Double(rare)
        details["matched-share"] = matched
        details["matched-rows"] = Double(unseen.count)
        details.addChance(Double(found.reduce(0) { $0 + $1.holdout }) / Double(rare), matched)
      }
      return .value(value, details: details)
    }
  }

  /// The cells, the synthetic rows, the unseen rows and the sets of columns that take part, and how many sets there are. The
  /// synthetic rows are in an order of chance, and there are as many unseen ones at most.
  func looked(
    _ tables: PrivacyTables, using random: inout RandomSource
  ) -> (cells: CellCodes, made: [Int], unseen: [Int], chosen: [[Int]], all: Int) {
    let cells = CellCodes(tables)
    let made = random.permutation(cells.synthetic.count).map { cells.synthetic.lowerBound + $0 }
    let unseen = sampledRows(cells.holdout.count, most: made.count, using: &random).map {
      cells.holdout.lowerBound + $0
    }
    let all = Self.sets(tables.names.count, of: max(1, min(3, columns)))
    let room = max(tables.names.count, work / (cells.train.count + made.count + unseen.count))
    let chosen = sampledRows(all.count, most: room, using: &random).map { all[$0] }
    return (cells, made, unseen, chosen, all.count)
  }

  /// Rare combinations, and those of them that either table has.
  private struct Counts {
    var rare = 0
    var synthetic = 0
    /// Of as many synthetic rows as there are of the holdout.
    var matched = 0
    var holdout = 0
  }

  private func repeated(_ set: [Int], _ cells: CellCodes, _ made: [Int], _ unseen: [Int]) -> Counts {
    let (ids, inTrain) = combinations(set, cells, Array(cells.train) + made + unseen)
    func isRare(_ id: Int) -> Bool { inTrain[id] > 0 && inTrain[id] < k }
    func present(_ ids: ArraySlice<Int32>) -> Int {
      var seen = [Bool](repeating: false, count: inTrain.count)
      for id in ids where id >= 0 { seen[Int(id)] = true }
      return seen.indices.lazy.filter { seen[$0] && isRare($0) }.count
    }
    let (first, second) = (cells.train.count, cells.train.count + made.count)
    return Counts(
      rare: inTrain.indices.lazy.filter { isRare($0) }.count, synthetic: present(ids[first..<second]),
      matched: present(ids[first..<first + unseen.count]), holdout: present(ids[second...]))
  }

  /// A number for the combination of each row, −1 where a value is missing, and how many training rows have each; those are
  /// the first of `rows`.
  func combinations(_ set: [Int], _ cells: CellCodes, _ rows: [Int]) -> (ids: [Int32], inTrain: [Int]) {
    var ids = rows.map { cells.columns[set[0]][$0] }
    var count = cells.cardinalities[set[0]]
    for column in set.dropFirst() {
      var known = CodePairs(count, cells.cardinalities[column], rows: rows.count)
      let codes = cells.columns[column]
      for (place, row) in rows.enumerated() where ids[place] >= 0 {
        ids[place] = codes[row] < 0 ? -1 : known.id(Int(ids[place]), Int(codes[row]))
      }
      count = known.count
    }
    var inTrain = [Int](repeating: 0, count: count)
    for id in ids.prefix(cells.train.count) where id >= 0 { inTrain[Int(id)] += 1 }
    return (ids, inTrain)
  }

  /// All sets of one to `width` columns, those of one first. Beyond 150 columns there are half a million of three: none is
  /// made then.
  private static func sets(_ count: Int, of width: Int) -> [[Int]] {
    let width = count > 150 ? min(width, 2) : width
    var sets: [[Int]] = (0..<count).map { [$0] }
    var last = sets
    for _ in 1..<max(1, width) {
      last = last.flatMap { set in ((set.last ?? 0) + 1..<max(count, (set.last ?? 0) + 1)).map { set + [$0] } }
      sets += last
    }
    return sets
  }
}
