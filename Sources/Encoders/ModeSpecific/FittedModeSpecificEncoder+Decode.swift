import MynahParallelism
import MynahRandomness
import MynahTables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FittedModeSpecificEncoder {
  public func decode(
    _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
  ) throws(TableError) -> Column {
    let count = rows.count
    try check(blocks, count: count)
    var alphas: [Float] = []
    var codes: CompactCodes?
    for block in blocks {
      switch block {
      case .scalars(let values): alphas = values
      case .codes(let values): codes = values
      }
    }
    let places = DecodedPlaces(self, alphas, codes)
    var validity = hasMissing || cardinality == 0 ? Validity(count: count) : nil
    let column: Column
    switch form {
    case .continuous: column = .continuous(places.values(count, missing: 0, &validity) { $0 }, validity)
    case .integer:
      column = .integer(
        places.values(count, missing: 0, &validity) { NumericColumn.whole($0, origin: origin) }, validity)
    case .timestamp:
      column = .timestamp(
        places.values(count, missing: 0, &validity) { NumericColumn.whole($0, origin: origin) }, validity)
    }
    return column
  }
}

/// What each code and α stand for.
private struct DecodedPlaces {
  private let alphas: [Float]
  private let codes: CompactCodes?
  /// Means, then spikes; a code beyond is a missing value.
  private let centers: [Double]
  private let deviations: [Double]
  private let limits: ClosedRange<Double>
  private let rounding: Double?
  private let step: Double?

  init(_ encoder: FittedModeSpecificEncoder, _ alphas: [Float], _ codes: CompactCodes?) {
    self.alphas = alphas
    self.codes = codes
    centers = encoder.modes.map(\.mean) + encoder.spikes
    deviations = encoder.modes.map(\.deviation)
    limits = encoder.minimum...encoder.maximum
    step = encoder.step
    rounding = encoder.fractionDigits.map { pow(10.0, Double($0)) }
  }

  /// The values of all rows. `validity`, given where values can be missing, gets its bits, and is nil in the end when no
  /// value is.
  @inline(__always)
  func values<Value>(
    _ count: Int, missing: Value, _ validity: inout Validity?, _ convert: (Double) -> Value
  ) -> [Value] {
    let values = [Value](unsafeUninitializedCapacity: count) { output, initialized in
      initialized = count
      guard let output = output.baseAddress else { return }
      parallelChunks(of: count, size: 8_192) { rows in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { scratch in
          scratch.initialize(repeating: 0)
          if let base = scratch.baseAddress { codes?.read(rows, into: base) }
          for (place, row) in rows.enumerated() {
            let code = Int(scratch[place])
            (output + row).initialize(to: code < centers.count ? convert(value(code, row)) : missing)
          }
        }
      }
    }
    guard validity != nil else { return values }
    for row in 0..<count where (codes.map { $0[row] } ?? 0) >= centers.count { validity?[row] = false }
    if validity?.missingCount == 0 { validity = nil }
    return values
  }

  private func value(_ code: Int, _ row: Int) -> Double {
    guard code < deviations.count else { return centers[code] }
    let alpha = alphas[row]
    var value = centers[code] + 4 * (deviations[code] * Double(alpha.isNaN ? 0 : max(-1, min(1, alpha))))
    if let step { value = limits.lowerBound + ((value - limits.lowerBound) / step).rounded() * step }
    if let rounding {
      let rounded = (value * rounding).rounded() / rounding
      if rounded.isFinite { value = rounded }
    }
    return max(limits.lowerBound, min(limits.upperBound, value))
  }
}
