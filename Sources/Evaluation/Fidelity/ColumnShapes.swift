import MynahParallelism
import MynahRandomness
import MynahStatistics
import MynahTables

/// How alike the distributions of single columns are: the mean over columns of
///
/// - `KSComplement` for numbers and datetimes, `1 - D` with the two-sample Kolmogorov–Smirnov statistic D;
/// - `TVComplement` for categorical and boolean columns, `1 - TV` with the total variation of the level frequencies.
///
/// In [0, 1], 1 is best. Missing values are left out of both; how many there are is another metric's business.
///
/// The definitions are those of SDMetrics 0.32 (Quality report, property "Column Shapes"), with one difference: for
/// each synthetic level that the real column lacks, SDMetrics pretends to have seen 0.000001 real rows. Here it is
/// none. That moves a score by at most (such levels) · 10⁻⁶ / (real rows).
public struct ColumnShapes: Metric, Equatable {
  public static var identifier: String { "shape" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Column shapes" }
  public static var meaning: String {
    "How alike the distributions of single columns are."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  public init() {}

  static let lostReason = "the synthetic column has no values"

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score { try report(synthetic, against: real.train).asScore }

  /// Every column's own score.
  ///
  /// - Throws: `TableError` that names the columns the synthetic table lacks.
  public func report(_ synthetic: Table, against real: Table) throws(TableError) -> ColumnShapesReport {
    let columns = try alignedColumns(real: real, synthetic: synthetic)
    return ColumnShapesReport(columns: parallelMap(columns.count) { Self.shape(of: columns[$0]) })
  }

  private static func shape(of column: AlignedColumn) -> ColumnShape {
    var shape = ColumnShape(name: column.name, metric: column.isDiscrete ? .tvComplement : .ksComplement)
    if let mismatch = column.mismatch {
      shape.reason = mismatch
      return shape
    }
    let presentInReal: Bool
    let presentInSynthetic: Bool
    if let codes = SharedCodes(levelsOf: column.real, column.synthetic) {
      let levels = codes.cardinality - 1
      let real = SharedCodes.counts(of: codes.real, cardinality: codes.cardinality).prefix(levels)
      let synthetic = SharedCodes.counts(of: codes.synthetic, cardinality: codes.cardinality).prefix(levels)
      (presentInReal, presentInSynthetic) = (real.contains { $0 > 0 }, synthetic.contains { $0 > 0 })
      if presentInReal, presentInSynthetic { shape.score = 1 - totalVariation(Array(real), Array(synthetic)) }
    } else {
      let (real, synthetic) = (sortedNumbers(column.real), sortedNumbers(column.synthetic))
      (presentInReal, presentInSynthetic) = (!real.isEmpty, !synthetic.isEmpty)
      if presentInReal, presentInSynthetic { shape.score = 1 - kolmogorovSmirnov(sorted: real, synthetic) }
    }
    if !presentInReal {
      shape.reason = "the real column has no values"
    } else if !presentInSynthetic {
      shape.reason = Self.lostReason
    }
    return shape
  }

  private static func sortedNumbers(_ column: Column) -> [Double] {
    guard var numbers = column.numbersWithGaps() else { return [] }
    numbers.removeAll(where: \.isNaN)
    for index in numbers.indices { numbers[index] = roundedToFourteenDecimals(numbers[index]) }
    return sortedAscending(numbers)
  }

  /// What arithmetic left behind in the last bits (0.1 + 0.2) is not a difference. From 64 on, doubles have no more
  /// than fourteen decimals.
  private static func roundedToFourteenDecimals(_ number: Double) -> Double {
    abs(number) < 64 ? (number * 1e14).rounded(.toNearestOrEven) / 1e14 : number
  }
}

/// What `ColumnShapes` found.
public struct ColumnShapesReport: Codable, Sendable, Equatable {
  /// The mean over the columns that have a score; nil when none has.
  public let score: Double?
  /// In the order of the real table.
  public let columns: [ColumnShape]

  public init(columns: [ColumnShape]) {
    self.columns = columns
    self.score = meanOfScores(columns.map(\.score))
  }

  /// `1 - score`, as published tables give it.
  public var error: Double? { score.map { 1 - $0 } }

  /// The details are named after the columns.
  public var asScore: Score {
    guard let score else { return .notApplicable(reason: "no column has values in both tables that can be compared") }
    let details = columns.compactMap { column in column.score.map { (column.name, $0) } }
    return .value(score, details: Dictionary(details, uniquingKeysWith: { first, _ in first }))
  }
}

/// How alike one column's distributions are.
public struct ColumnShape: Codable, Sendable, Equatable {
  /// SDMetrics' names.
  public enum Measure: String, Codable, Sendable {
    case ksComplement = "KSComplement"
    case tvComplement = "TVComplement"
  }

  public var name: String
  public var metric: Measure
  /// In [0, 1]; nil when there is none.
  public var score: Double?
  /// Why there is no score.
  public var reason: String?

  public init(name: String, metric: Measure, score: Double? = nil, reason: String? = nil) {
    self.name = name
    self.metric = metric
    self.score = score
    self.reason = reason
  }
}

/// The mean of what is there; nil of nothing.
func meanOfScores(_ scores: [Double?]) -> Double? {
  let present = scores.compactMap { $0 }
  return present.isEmpty ? nil : present.reduce(0, +) / Double(present.count)
}
