import MynahParallelism
import MynahRandomness
import MynahTables

/// Whether values are missing as often, and together, as in the real table. With the shares m of rows in which a column is
/// missing, and of two columns the joint frequencies p of (missing, there) × (missing, there),
///
///     rates:         mean over columns of 1 − |m_real − m_synthetic|
///     co-occurrence: mean over pairs of columns of 1 − ½ Σ |p_real − p_synthetic|
///
/// the score is the mean of both. Pairs count where a value of both columns is missing in the real table; without such pairs
/// the score is the rates' alone. In [0, 1], 1 is best. Details: each column's rate under its name, each pair's under
/// "first|second", and `rates` and `co-occurrence`.
///
/// A column's rate is as SDMetrics 0.32 defines it (MissingValueSimilarity).
public struct Missingness: Metric, Equatable {
  public static var identifier: String { "missingness" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Missing values" }
  public static var meaning: String {
    "Whether values are missing as often, and together, as in the real table."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  public init() {}

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    let columns = try alignedColumns(real: real.train, synthetic: synthetic)
    let (n, m) = (real.train.rowCount, synthetic.rowCount)
    guard n > 0, m > 0 else { return .notApplicable(reason: "a table has no rows") }
    guard !columns.isEmpty else { return .notApplicable(reason: "there is no column besides identifiers") }
    let masks = parallelMap(columns.count) { (real: columns[$0].real.gaps, synthetic: columns[$0].synthetic.gaps) }
    var rates = ColumnScores()
    for (column, mask) in zip(columns, masks) {
      let (a, b) = (Double(mask.real.count { $0 }) / Double(n), Double(mask.synthetic.count { $0 }) / Double(m))
      rates.add(column.name, 1 - abs(a - b))
    }
    let gapped = columns.indices.filter { masks[$0].real.contains(true) }
    let pairs = gapped.flatMap { first in gapped.filter { $0 > first }.map { (first, $0) } }
    let similarities = parallelMap(pairs.count) { place in
      let (first, second) = (masks[pairs[place].0], masks[pairs[place].1])
      return 1
        - totalVariation(
          Self.jointCounts(first.real, second.real), Self.jointCounts(first.synthetic, second.synthetic))
    }
    var details: [String: Double] = [:]
    for (pair, similarity) in zip(pairs, similarities) {
      details["\(columns[pair.0].name)|\(columns[pair.1].name)"] = similarity
    }
    let rate = meanOfScores(rates.byColumn.map(\.score))
    details["rates"] = rate
    details["co-occurrence"] = meanOfScores(similarities)
    guard case .value(_, var all) = rates.score(orElse: "", details: details),
      let score = meanOfScores([rate, meanOfScores(similarities)])
    else { return .notApplicable(reason: "there is no column besides identifiers") }
    // A column may be called so, too.
    all["rates"] = rate
    all["co-occurrence"] = details["co-occurrence"]
    return .value(score, details: all)
  }

  private static func jointCounts(_ first: [Bool], _ second: [Bool]) -> [Int] {
    var counts = [0, 0, 0, 0]
    for (a, b) in zip(first, second) { counts[(a ? 2 : 0) + (b ? 1 : 0)] += 1 }
    return counts
  }
}

extension Column {
  /// Whether each row's value is missing; NaN is.
  fileprivate var gaps: [Bool] {
    if let numbers = numbersWithGaps() { return numbers.map(\.isNaN) }
    return (0..<count).map(isMissing)
  }
}
