import MynahStatistics
import MynahTables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The distribution of a column of numbers or times.
struct NumberMarginal: Sendable, Equatable {
  enum Bins: Sendable, Equatable {
    /// Numbers are rounded to so many digits after the point; nil leaves them.
    case real(NumberBins<Double>, digits: Int?)
    /// Numbers are their bin's low end and a multiple of `step`.
    case whole(NumberBins<Int64>, step: Int64)
  }

  let kind: ColumnKind
  let bins: Bins
  let missing: Int64

  /// Bins at most, about.
  static let limit = 10_000

  init(kind: ColumnKind, bins: Bins, missing: Int64) {
    self.kind = kind
    self.bins = bins
    self.missing = missing
  }

  /// - Throws: `SynthesisError` for NaN and infinity, and for columns that are not stored as their kind demands.
  init(_ column: Column, _ schema: ColumnSchema) throws(SynthesisError) {
    let missing = Int64(column.missingCount)
    switch (column, schema.kind) {
    case (.continuous(let values, let validity), .continuous):
      for row in values.indices where !values[row].isFinite && (validity?[row] ?? true) {
        throw SynthesisError("row \(row + 1) is \(values[row]), numbers must be finite")
      }
      let points = WeightedPoints(
        distinct: validity.map { bits in values.indices.filter { bits[$0] }.map { values[$0] } } ?? values)
      let digits = schema.fractionDigits.flatMap { (0...15).contains($0) ? $0 : nil }
      let bins = NumberBins(
        values: points.points, weights: points.weights.map { Int64($0) }, limit: Self.limit,
        between: { low, high in
          let middle = low + (high - low) / 2
          return middle.isFinite ? (middle, middle) : (low, high)
        })
      self.init(kind: .continuous, bins: .real(bins, digits: digits), missing: missing)
    case (.integer(let values, let validity), .integer), (.timestamp(let values, let validity), .datetime):
      let points = WholePoints(values, validity)
      let bins = NumberBins(
        values: points.values, weights: points.counts, limit: Self.limit,
        between: { low, high in points.between(low, high) })
      self.init(kind: schema.kind, bins: .whole(bins, step: points.step), missing: missing)
    default: throw SynthesisError("is \(schema.kind.rawValue), its values are not")
    }
  }

  var counts: [Int64] {
    switch bins {
    case .real(let bins, _): bins.counts
    case .whole(let bins, _): bins.counts
    }
  }

  /// The column whose rows lie in these bins, at these places (0 ..< 1) between the bin's ends. A cell beyond the bins is
  /// a missing value.
  func column(cells: [Int32], places: (Int) -> Double) -> Column {
    let none = Int32(counts.count)
    let validity = missing > 0 && cells.contains(none) ? Validity(cells.map { $0 != none }) : nil
    switch bins {
    case .real(let bins, let digits):
      let scale = digits.map { pow(10, Double($0)) }
      let (least, greatest) = (bins.lows.first ?? 0, bins.highs.last ?? 0)
      return .continuous(
        cells.indices.map { row in
          let cell = Int(cells[row])
          guard cell < bins.count else { return 0 }
          let (low, high) = (bins.lows[cell], bins.highs[cell])
          guard low < high else { return low }
          let place = places(row)
          // Not low + place · (high − low), which overflows between huge numbers.
          let value = low * (1 - place) + high * place
          guard let scale, abs(value * scale) < 0x1p52 else { return max(low, min(high, value)) }
          return max(least, min(greatest, (value * scale).rounded() / scale))
        }, validity)
    case .whole(let bins, let step):
      let values = cells.indices.map { row -> Int64 in
        let cell = Int(cells[row])
        guard cell < bins.count else { return 0 }
        let (low, high) = (bins.lows[cell], bins.highs[cell])
        guard low < high else { return low }
        // Ascending, so that the distance fits 64 bits without a sign.
        let steps = UInt64(bitPattern: high &- low) / UInt64(step)
        let chosen = min(steps, UInt64(exactly: (places(row) * (Double(steps) + 1)).rounded(.down)) ?? steps)
        return low &+ Int64(bitPattern: chosen &* UInt64(step))
      }
      return kind == .datetime ? .timestamp(values, validity) : .integer(values, validity)
    }
  }

  /// The bin that holds each row's value; −1 for missing ones. The column is the one fitted to.
  func cell(_ column: Column, _ row: Int) -> Int32 {
    switch (bins, column) {
    case (.real(let bins, _), .continuous(let values, let validity)):
      return validity?[row] ?? true ? Int32(bins.bin(of: values[row])) : -1
    case (.whole(let bins, _), .integer(let values, let validity)),
      (.whole(let bins, _), .timestamp(let values, let validity)):
      return validity?[row] ?? true ? Int32(bins.bin(of: values[row])) : -1
    default: return -1
    }
  }
}
