import MynahParallelism
import MynahRandomness
import MynahStatistics
import MynahTables

/// How far numbers have to be moved to turn the real column's distribution into the synthetic one's, in units of the real
/// column's range: the mean over columns of numbers and datetimes of
///
///     ∫ |F(x) − G(x)| dx / (b − a)
///
/// with both distribution functions and the real range [a, b] (the Wasserstein distance of order 1, or earth mover's
/// distance). At least 0, 0 is best; above 1 only where synthetic values lie outside the range. Missing and infinite values
/// are left out, and columns whose real values do not vary. Details are named after the columns.
///
/// Ramdas, García Trillos and Cuturi, "On Wasserstein two-sample testing and related families of nonparametric tests" (2017).
public struct Wasserstein: Metric, Equatable {
  public static var identifier: String { "wasserstein" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Wasserstein distance" }
  public static var meaning: String {
    "How far numbers would have to be moved, in ranges of their columns."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...Double.greatestFiniteMagnitude }

  public init() {}

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    let columns = try alignedColumns(real: real.train, synthetic: synthetic)
    let distances = parallelMap(columns.count) { index -> Double? in
      guard let (real, synthetic) = columns[index].finiteNumbers, !synthetic.isEmpty else { return nil }
      return Self.distance(sorted: sortedAscending(real), sortedAscending(synthetic))
    }
    var scores = ColumnScores()
    for (column, distance) in zip(columns, distances) { scores.add(column.name, distance) }
    return scores.score(orElse: "no column of numbers varies in the real table and has values in the synthetic one")
  }

  /// Of two ascending samples; nil where the first does not vary or the range overflows.
  static func distance(sorted real: [Double], _ synthetic: [Double]) -> Double? {
    guard let a = real.first, let b = real.last, a < b, (b - a).isFinite else { return nil }
    let (n, m) = (Double(real.count), Double(synthetic.count))
    var (i, j) = (0, 0)
    var sum = 0.0
    var last = min(a, synthetic.first ?? a)
    while i < real.count || j < synthetic.count {
      let next = min(i < real.count ? real[i] : .infinity, j < synthetic.count ? synthetic[j] : .infinity)
      sum += abs(Double(i) / n - Double(j) / m) * ((next - last) / (b - a))
      last = next
      while i < real.count, real[i] == next { i += 1 }
      while j < synthetic.count, synthetic[j] == next { j += 1 }
    }
    return sum.isFinite ? sum : nil
  }
}
