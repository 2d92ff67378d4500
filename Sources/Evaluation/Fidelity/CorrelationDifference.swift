import MynahParallelism
import MynahRandomness
import MynahTables

/// How far the two tables' matrices of dependence are apart: the mean of |real − synthetic| over pairs of columns of
///
/// - Pearson's r of two columns of numbers or datetimes, in [−1, 1];
/// - Cramér's V of two columns of levels, in [0, 1];
/// - the correlation ratio of a column of levels and one of numbers, in [0, 1]:
///   η = √(Σ n_level (x̄_level − x̄)² / Σ (x − x̄)²).
///
/// In [0, 2], 0 is best. Missing is a level; rows without a number are left out. Pairs that have no such figure in the real
/// table, because a column does not vary, do not count; where only the synthetic columns have none it is taken as 0. Details:
/// `first|second`, the pair's difference (synthetic − real), and `frobenius`, √(Σ difference²) over the pairs.
///
/// References: H. Cramér, "Mathematical methods of statistics", 1946, for V; R. A. Fisher, "Statistical methods for research
/// workers", 1925, for η.
public struct CorrelationDifference: Metric, Equatable {
  public static var identifier: String { "correlation" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Correlation difference" }
  public static var meaning: String {
    "By how much the dependences between two columns differ, weak ones too."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...2 }

  public init() {}

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    let columns = try alignedColumns(real: real.train, synthetic: synthetic).filter { $0.mismatch == nil }
    guard synthetic.rowCount > 0 else { return .notApplicable(reason: "the synthetic table has no rows") }
    let dependences = Dependences(columns)
    var pairs: [(Int, Int)] = []
    for first in columns.indices {
      for second in columns.indices where second > first { pairs.append((first, second)) }
    }
    let found = parallelMap(pairs.count) { dependences.pair(pairs[$0].0, pairs[$0].1) }
    var details: [String: Double] = [:]
    var (sum, squares, count) = (0.0, 0.0, 0.0)
    for (pair, figures) in zip(pairs, found) {
      guard let real = figures.real else { continue }
      let difference = (figures.synthetic ?? 0) - real
      details["\(columns[pair.0].name)|\(columns[pair.1].name)"] = difference
      sum += abs(difference)
      squares += difference * difference
      count += 1
    }
    guard count > 0 else { return .notApplicable(reason: "no two columns vary in the real table and can be compared") }
    details["frobenius"] = squares.squareRoot()
    return .value(min(2, sum / count), details: details)
  }
}

/// Figures of pairs of columns, in both tables.
struct Dependences {
  private let codes: [SharedCodes?]
  private let numbers: [(real: [Double], synthetic: [Double])?]
  private let places: [Int: Int]
  private let real: Correlations
  private let synthetic: Correlations

  init(_ columns: [AlignedColumn]) {
    codes = parallelMap(columns.count) { SharedCodes(levelsOf: columns[$0].real, columns[$0].synthetic) }
    let numbers = parallelMap(columns.count) { index -> (real: [Double], synthetic: [Double])? in
      guard let real = columns[index].real.numbersWithGaps(), let made = columns[index].synthetic.numbersWithGaps()
      else { return nil }
      return (real.map { $0.isFinite ? $0 : .nan }, made.map { $0.isFinite ? $0 : .nan })
    }
    let numeric = columns.indices.filter { numbers[$0] != nil }
    places = Dictionary(uniqueKeysWithValues: zip(numeric, 0...))
    real = Correlations(numeric.compactMap { numbers[$0]?.real })
    synthetic = Correlations(numeric.compactMap { numbers[$0]?.synthetic })
    self.numbers = numbers
  }

  func pair(_ first: Int, _ second: Int) -> (real: Double?, synthetic: Double?) {
    if let i = places[first], let j = places[second] { return (real[i, j], synthetic[i, j]) }
    switch (codes[first], codes[second], numbers[first], numbers[second]) {
    case (let a?, let b?, _, _):
      let swapped = ContingencyTable(a.swapped, b.swapped)
      return (ContingencyTable(a, b).realAssociation, swapped.realAssociation)
    case (let levels?, nil, _, let values?), (nil, let levels?, let values?, _):
      return (
        correlationRatio(levels.real, values.real, cardinality: levels.cardinality),
        correlationRatio(levels.synthetic, values.synthetic, cardinality: levels.cardinality)
      )
    default: return (nil, nil)
    }
  }
}

extension SharedCodes {
  fileprivate var swapped: SharedCodes { SharedCodes(cardinality: cardinality, real: synthetic, synthetic: real) }
}

/// √(variance between levels / variance), in [0, 1]; nil where the numbers or the levels do not vary over the rows that
/// have a number.
func correlationRatio(_ codes: [UInt32], _ numbers: [Double], cardinality: Int) -> Double? {
  var (low, high) = (Double.infinity, -Double.infinity)
  for number in numbers where !number.isNaN { (low, high) = (min(low, number), max(high, number)) }
  guard low < high, high / 2 - low / 2 > 0 else { return nil }
  let (middle, half) = (low / 2 + high / 2, high / 2 - low / 2)
  var (sums, counts) = (Array(repeating: 0.0, count: cardinality), Array(repeating: 0.0, count: cardinality))
  for (code, number) in zip(codes, numbers) where !number.isNaN {
    sums[Int(code)] += (number - middle) / half
    counts[Int(code)] += 1
  }
  guard counts.count(where: { $0 > 0 }) > 1 else { return nil }
  let mean = sums.reduce(0, +) / counts.reduce(0, +)
  var (total, between) = (0.0, 0.0)
  for number in numbers where !number.isNaN {
    let distance = (number - middle) / half - mean
    total += distance * distance
  }
  for code in 0..<cardinality where counts[code] > 0 {
    let distance = sums[code] / counts[code] - mean
    between += counts[code] * distance * distance
  }
  return total > 0 ? min(1, between / total).squareRoot() : nil
}
