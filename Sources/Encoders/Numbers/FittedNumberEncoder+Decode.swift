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

extension FittedNumberEncoder {
  public func decode(
    _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
  ) throws(TableError) -> Column {
    let count = rows.count
    try check(blocks, count: count)
    var scalars: [Float] = []
    var codes: CompactCodes?
    for block in blocks {
      switch block {
      case .scalars(let values): scalars = values
      case .codes(let values): codes = values
      }
    }
    let rows = DecodedRows(self, scalars, codes)
    let origin = traits.origin
    var validity = hasMissing || cardinality == 0 ? Validity(count: count) : nil
    switch traits.form {
    case .continuous:
      let values = rows.values(count, missing: 0, &validity) { $0 }
      return .continuous(values, validity)
    case .integer:
      let values = rows.values(count, missing: 0, &validity) { NumericColumn.whole($0, origin: origin) }
      return .integer(values, validity)
    case .timestamp:
      let values = rows.values(count, missing: 0, &validity) { NumericColumn.whole($0, origin: origin) }
      return .timestamp(values, validity)
    }
  }
}

/// What each code and scalar stand for.
private struct DecodedRows<Transform: NumberTransform> {
  private let scalars: [Float]
  private let codes: CompactCodes?
  private let transform: Transform
  private let codeCount: Int
  private let spikes: [Double]
  private let limits: ClosedRange<Double>
  private let rounding: Double?
  private let step: Double?

  init(_ encoder: FittedNumberEncoder<Transform>, _ scalars: [Float], _ codes: CompactCodes?) {
    self.scalars = scalars
    self.codes = codes
    transform = encoder.transform
    codeCount = encoder.transform.codeCount
    spikes = encoder.spikes
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
    let present = codeCount + spikes.count
    let values = [Value](unsafeUninitializedCapacity: count) { output, initialized in
      initialized = count
      guard let output = output.baseAddress else { return }
      parallelChunks(of: count, size: 8_192) { rows in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { scratch in
          scratch.initialize(repeating: 0)
          if let base = scratch.baseAddress { codes?.read(rows, into: base) }
          for (place, row) in rows.enumerated() {
            let code = Int(scratch[place])
            (output + row).initialize(to: code < present ? convert(value(code, row)) : missing)
          }
        }
      }
    }
    guard validity != nil else { return values }
    for row in 0..<count where (codes.map { $0[row] } ?? 0) >= present { validity?[row] = false }
    if validity?.missingCount == 0 { validity = nil }
    return values
  }

  private func value(_ code: Int, _ row: Int) -> Double {
    guard code < codeCount else { return spikes[code - codeCount] }
    var value = transform.decoded(code: code, scalar: scalars[row])
    if let step { value = limits.lowerBound + ((value - limits.lowerBound) / step).rounded() * step }
    if let rounding {
      let rounded = (value * rounding).rounded() / rounding
      if rounded.isFinite { value = rounded }
    }
    return max(limits.lowerBound, min(limits.upperBound, value))
  }
}
