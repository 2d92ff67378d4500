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
    _ blocks: [EncodedBlock], count: Int, using random: inout RandomSource
  ) throws(TableError) -> Column {
    try check(blocks, count: count)
    var alphas: [Float] = []
    var codes: CompactCodes?
    for block in blocks {
      switch block {
      case .scalars(let values): alphas = values
      case .codes(let values): codes = values
      }
    }
    let validity = validity(codes, count)
    switch form {
    case .continuous:
      return .continuous(decoded(alphas, codes, count, missing: 0.0) { $0 }, validity)
    case .integer:
      return .integer(decoded(alphas, codes, count, missing: 0) { NumericColumn.whole($0, origin: origin) }, validity)
    case .timestamp:
      return .timestamp(decoded(alphas, codes, count, missing: 0) { NumericColumn.whole($0, origin: origin) }, validity)
    }
  }

  /// Nil when no row is missing.
  private func validity(_ codes: CompactCodes?, _ count: Int) -> Validity? {
    guard hasMissing else { return cardinality == 0 ? Validity(count: count, allPresent: false) : nil }
    guard let codes else { return Validity(count: count, allPresent: false) }
    var validity = Validity(count: count)
    let missing = cardinality - 1
    codes.withElements { elements in
      switch elements {
      case .bytes(let codes): for row in 0..<count where Int(codes[row]) == missing { validity[row] = false }
      case .halves(let codes): for row in 0..<count where Int(codes[row]) == missing { validity[row] = false }
      case .words(let codes): for row in 0..<count where Int(codes[row]) == missing { validity[row] = false }
      }
    }
    return validity.missingCount == 0 ? nil : validity
  }

  private func decoded<Value>(
    _ alphas: [Float], _ codes: CompactCodes?, _ count: Int, missing: Value, _ convert: (Double) -> Value
  ) -> [Value] {
    let centers = modes.map(\.mean) + spikes
    let deviations = modes.map(\.deviation)
    let rounding = fractionDigits.map { pow(10.0, Double($0)) }
    return [Value](unsafeUninitializedCapacity: count) { output, initialized in
      alphas.withUnsafeBufferPointer { alphas in
        parallelChunks(of: count, size: 8_192) { rows in
          for row in rows {
            let code = codes.map { $0[row] } ?? 0
            guard code < centers.count else {
              (output.baseAddress! + row).initialize(to: missing)
              continue
            }
            var value = centers[code]
            if code < deviations.count {
              let alpha = alphas[row]
              value += 4 * (deviations[code] * Double(alpha.isNaN ? 0 : max(-1, min(1, alpha))))
              if let rounding {
                let rounded = (value * rounding).rounded() / rounding
                if rounded.isFinite { value = rounded }
              }
              value = max(minimum, min(maximum, value))
            }
            (output.baseAddress! + row).initialize(to: convert(value))
          }
        }
      }
      initialized = count
    }
  }
}
