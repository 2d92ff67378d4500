import MynahStatistics
import MynahTables

/// The shares of a number column's values in bins of equal width: the real ones as an area, the synthetic ones as a
/// line over it.
struct HistogramPicture {
  static let width = 320.0
  static let height = 72.0
  private static let bins = 32

  /// Outlines in the picture's coordinates, y downwards.
  let realPath: String
  let syntheticPath: String
  let lowLabel: String
  let highLabel: String
  /// The share that reaches the top.
  let peakLabel: String

  init(_ numbers: SortedNumbers) {
    let range = BinRange(numbers.real, numbers.synthetic, whole: numbers.kind == .integer, bins: Self.bins)
    let realShares = range.shares(of: numbers.real)
    let syntheticShares = range.shares(of: numbers.synthetic)
    let peak = max(realShares.max() ?? 0, syntheticShares.max() ?? 0)
    realPath = Self.steps(realShares, peak: peak) + "Z"
    syntheticPath = Self.steps(syntheticShares, peak: peak)
    peakLabel = Figures.percent(peak, digits: 0)
    lowLabel = (range.cutsLow ? "≤ " : "") + Self.label(range.lowValue, numbers.kind)
    highLabel = (range.cutsHigh ? "≥ " : "") + Self.label(range.highValue, numbers.kind)
  }

  static func label(_ value: Double, _ kind: ColumnKind) -> String {
    kind == .datetime ? Figures.day(secondsSince1970: value) : Figures.axis(value)
  }

  private static func steps(_ shares: [Double], peak: Double) -> String {
    let step = width / Double(shares.count)
    var path = "M0 \(Figures.point(height))"
    for (bin, share) in shares.enumerated() {
      path += "V\(Figures.point(height - share / peak * (height - 1)))H\(Figures.point(Double(bin + 1) * step))"
    }
    return path + "V\(Figures.point(height))"
  }
}

/// The finite values of a number column, ascending, in both tables.
struct SortedNumbers {
  let kind: ColumnKind
  let real: [Double]
  let synthetic: [Double]

  /// Nil when either column has no finite values.
  init?(_ column: AlignedColumn) {
    guard let real = Self.finiteSorted(column.real), let synthetic = Self.finiteSorted(column.synthetic) else {
      return nil
    }
    (kind, self.real, self.synthetic) = (column.kind, real, synthetic)
  }

  private static func finiteSorted(_ column: Column) -> [Double]? {
    guard var numbers = column.numbersWithGaps() else { return nil }
    numbers.removeAll { !$0.isFinite }
    return numbers.isEmpty ? nil : sortedAscending(numbers)
  }
}

/// Where the bins of a histogram lie: over the middle 99 % of the real values and of the synthetic ones, but at most
/// half as far again as the real ones reach, and over everything where that is not much more. What lies outside is
/// counted in the first and last bin.
private struct BinRange {
  let lowValue: Double
  let highValue: Double
  let cutsLow: Bool
  let cutsHigh: Bool
  private let start: Double
  private let width: Double
  private let count: Int

  /// - Parameter whole: the values are whole numbers, so that a bin must hold equally many of them.
  init(_ real: [Double], _ synthetic: [Double], whole: Bool, bins: Int) {
    let (least, greatest) = (min(real[0], synthetic[0]), max(real[real.count - 1], synthetic[synthetic.count - 1]))
    var (low, high) = Self.middle(of: real)
    if low == high { (low, high) = (least, greatest) }
    let (reach, others) = ((high - low) / 2, Self.middle(of: synthetic))
    (low, high) = (max(min(low, others.low), low - reach), min(max(high, others.high), high + reach))
    let margin = 0.2 * (high - low)
    if least > low - margin { low = least }
    if greatest < high + margin { high = greatest }
    (lowValue, highValue, cutsLow, cutsHigh) = (low, high, least < low, greatest > high)
    start = whole ? low - 0.5 : low
    let span = whole ? high - low + 1 : high - low
    width = whole ? max(1, (span / Double(bins)).rounded(.up)) : span / Double(bins)
    let needed = whole ? (span / width).rounded(.up) : Double(bins)
    count = span > 0 && needed.isFinite ? max(1, min(bins, Int(needed))) : 1
  }

  private static func middle(of sorted: [Double]) -> (low: Double, high: Double) {
    let outside = (sorted.count - 1) / 200
    return (sorted[outside], sorted[sorted.count - 1 - outside])
  }

  func shares(of sorted: [Double]) -> [Double] {
    var counts = [Int](repeating: 0, count: count)
    for value in sorted {
      let place = (value - start) / width
      let bin = place >= Double(count) ? count - 1 : place > 0 ? Int(place) : 0
      counts[bin] += 1
    }
    return counts.map { Double($0) / Double(sorted.count) }
  }
}
