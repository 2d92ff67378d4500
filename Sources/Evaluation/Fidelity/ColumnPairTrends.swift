import MynahParallelism
import MynahRandomness
import MynahTables

/// How alike the dependences between two columns are: the mean over pairs of
///
/// - `CorrelationSimilarity` for two columns of numbers or datetimes, `1 - |r_real - r_synthetic| / 2` with Pearson's r
///   over the rows where both have a value;
/// - `ContingencySimilarity` for all others, `1 - ½ Σ |p_real - p_synthetic|` over the joint frequencies, where missing
///   is a level like any other, and the number column of a mixed pair is cut into ten bins of equal width.
///
/// In [0, 1], 1 is best. Only pairs that depend on each other in the real table count: |r| above
/// `correlationThreshold`, Cramér's V above `associationThreshold`.
///
/// The definitions are those of SDMetrics 0.32 (Quality report, property "Column Pair Trends"), thresholds included.
/// Each table has bins of its own, between its own extremes, so a mixed pair does not see a shift of the numbers as a
/// whole: the column's shape does. Earlier versions of SDMetrics had no thresholds; with both at 0 their figures come
/// out. SDMetrics compares 50,000 random rows of larger tables; this always compares all of them.
public struct ColumnPairTrends: Metric, Equatable {
  public static var identifier: String { "trend" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Pair trends" }
  public static var meaning: String {
    "How alike the dependences between two columns are, where the real ones are strong."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Pairs of numbers count when |r| in the real table is greater than this, in 0...1. 0 counts all pairs, also those
  /// with r = 0.
  public var correlationThreshold = 0.5
  /// Other pairs count when Cramér's V in the real table is greater than this, in 0...1. 0 counts all pairs.
  public var associationThreshold = 0.3

  /// The thresholds of SDMetrics.
  public init() {}

  public init(correlationThreshold: Double = 0.5, associationThreshold: Double = 0.3) {
    self.correlationThreshold = correlationThreshold
    self.associationThreshold = associationThreshold
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      correlationThreshold: try values.decodeIfPresent(Double.self, forKey: .correlationThreshold) ?? 0.5,
      associationThreshold: try values.decodeIfPresent(Double.self, forKey: .associationThreshold) ?? 0.3)
  }

  public func validate() throws(MetricError) {
    try requireShare(correlationThreshold, "correlationThreshold")
    try requireShare(associationThreshold, "associationThreshold")
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score { try report(synthetic, against: real.train).asScore }

  /// Every pair's own score.
  ///
  /// - Throws: `TableError` that names the columns the synthetic table lacks.
  public func report(_ synthetic: Table, against real: Table) throws(TableError) -> ColumnPairTrendsReport {
    let columns = try alignedColumns(real: real, synthetic: synthetic)
    let numeric = NumericPairs(columns)
    let codes = parallelMap(columns.count) { PairCodes(columns[$0]) }
    var pairs: [(Int, Int)] = []
    for first in columns.indices {
      for second in columns.indices where second > first { pairs.append((first, second)) }
    }
    let trends = parallelMap(pairs.count) { index in
      let (first, second) = pairs[index]
      var trend = PairTrend(first: columns[first].name, second: columns[second].name, metric: .contingencySimilarity)
      if !columns[first].isDiscrete, !columns[second].isDiscrete { trend.metric = .correlationSimilarity }
      if let mismatched = [columns[first], columns[second]].first(where: { $0.mismatch != nil }) {
        trend.reason = "'\(mismatched.name)': \(mismatched.mismatch ?? "")"
      } else if trend.metric == .correlationSimilarity {
        compareCorrelations(numeric[first, second], into: &trend)
      } else {
        compareContingencies(codes[first], codes[second], into: &trend)
      }
      return trend
    }
    return ColumnPairTrendsReport(pairs: trends)
  }

  private func compareCorrelations(_ found: (real: Double?, synthetic: Double?), into trend: inout PairTrend) {
    (trend.realCorrelation, trend.syntheticCorrelation) = found
    guard let real = found.real else {
      trend.reason = "the real columns have no correlation"
      return
    }
    guard correlationThreshold <= 0 || abs(real) > correlationThreshold else {
      trend.reason = "the real correlation is not above \(correlationThreshold)"
      return
    }
    guard let synthetic = found.synthetic else {
      trend.reason = "the synthetic columns have no correlation"
      return
    }
    trend.score = 1 - abs(real - synthetic) / 2
  }

  private func compareContingencies(_ first: PairCodes, _ second: PairCodes, into trend: inout PairTrend) {
    guard let first = first.codes, let second = second.codes else {
      trend.reason = "numbers that are infinite or too far apart have no bins"
      return
    }
    let table = ContingencyTable(first, second)
    trend.realAssociation = table.realAssociation
    if associationThreshold > 0 {
      guard let association = trend.realAssociation else {
        trend.reason = "one of the real columns is constant"
        return
      }
      guard association > associationThreshold else {
        trend.reason = "the real association is not above \(associationThreshold)"
        return
      }
    }
    trend.score = table.similarity
    if trend.score == nil { trend.reason = "a table has no rows" }
  }
}

/// The correlations of all number columns of both tables, by the columns' places among all columns.
private struct NumericPairs {
  private let place: [Int: Int]
  private let real: Correlations
  private let synthetic: Correlations

  init(_ columns: [AlignedColumn]) {
    let numeric = columns.indices.filter { !columns[$0].isDiscrete && columns[$0].mismatch == nil }
    place = Dictionary(uniqueKeysWithValues: zip(numeric, 0...))
    // One table after the other, so that the numbers of one only are held at a time.
    real = Correlations(numeric.map { columns[$0].real.numbersWithGaps() ?? [] })
    synthetic = Correlations(numeric.map { columns[$0].synthetic.numbersWithGaps() ?? [] })
  }

  subscript(first: Int, second: Int) -> (real: Double?, synthetic: Double?) {
    guard let i = place[first], let j = place[second] else { return (nil, nil) }
    return (real[i, j], synthetic[i, j])
  }
}

/// A column as codes: its levels, or its bins.
private struct PairCodes {
  let codes: SharedCodes?

  init(_ column: AlignedColumn) {
    if column.mismatch != nil {
      codes = nil
    } else if column.isDiscrete {
      codes = SharedCodes(levelsOf: column.real, column.synthetic)
    } else if let real = column.real.numbersForBinning().flatMap(EqualWidthBins.codes(of:)),
      let synthetic = column.synthetic.numbersForBinning().flatMap(EqualWidthBins.codes(of:))
    {
      codes = SharedCodes(cardinality: EqualWidthBins.cardinality, real: real, synthetic: synthetic)
    } else {
      codes = nil
    }
  }
}

/// What `ColumnPairTrends` found.
public struct ColumnPairTrendsReport: Codable, Sendable, Equatable {
  /// The mean over the pairs that have a score; nil when none has.
  public let score: Double?
  /// In the order of the real table: the first column with each later one, then the second, and so on.
  public let pairs: [PairTrend]

  public init(pairs: [PairTrend]) {
    self.pairs = pairs
    self.score = meanOfScores(pairs.map(\.score))
  }

  /// `1 - score`, as published tables give it.
  public var error: Double? { score.map { 1 - $0 } }

  /// The details are named "first|second".
  public var asScore: Score {
    guard let score else {
      return .notApplicable(reason: "no two columns depend on each other in the real table and can be compared")
    }
    let details = pairs.compactMap { pair in pair.score.map { ("\(pair.first)|\(pair.second)", $0) } }
    return .value(score, details: Dictionary(details, uniquingKeysWith: { first, _ in first }))
  }
}

/// How alike the dependence of two columns is.
public struct PairTrend: Codable, Sendable, Equatable {
  /// SDMetrics' names.
  public enum Measure: String, Codable, Sendable {
    case correlationSimilarity = "CorrelationSimilarity"
    case contingencySimilarity = "ContingencySimilarity"
  }

  public var first: String
  public var second: String
  public var metric: Measure
  /// In [0, 1]; nil when there is none.
  public var score: Double?
  /// Why there is no score.
  public var reason: String?
  /// Pearson's r of two number columns.
  public var realCorrelation: Double?
  public var syntheticCorrelation: Double?
  /// Cramér's V of other pairs.
  public var realAssociation: Double?

  public init(first: String, second: String, metric: Measure, score: Double? = nil, reason: String? = nil) {
    self.first = first
    self.second = second
    self.metric = metric
    self.score = score
    self.reason = reason
  }
}
