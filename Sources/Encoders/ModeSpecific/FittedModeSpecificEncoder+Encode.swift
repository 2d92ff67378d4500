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
  public func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] {
    let numbers = try NumericColumn(column, origin: origin)
    guard numbers.form == form else {
      throw TableError("holds \(numbers.form) values, the encoder was fitted to \(form) ones")
    }
    guard hasMissing || column.missingCount == 0 else {
      throw TableError("has missing values, the column the encoder was fitted to has none")
    }
    let count = numbers.count
    guard cardinality > 0 else {
      guard column.missingCount == count else {
        throw TableError("has values, the column the encoder was fitted to has none")
      }
      return []
    }
    guard !spans.isEmpty else { return [] }

    // One number for each row's draw, made in one go so that chunks can be encoded in any order.
    var draws = [Float](repeating: 0, count: modes.count > 1 ? count : 0)
    draws.withUnsafeMutableBufferPointer { random.fillUniform($0) }
    var alphas = [Float](repeating: 0, count: modes.isEmpty ? 0 : count)
    var codes = CompactCodes(count: count, cardinality: cardinality)
    let assignment = ModeAssignment(self)
    alphas.withUnsafeMutableBufferPointer { alphas in
      draws.withUnsafeBufferPointer { draws in
        codes.update { codes in
          parallelChunks(of: count, size: 8_192) { rows in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { values in
              numbers.read(rows, into: values)
              assignment.encode(values, rows, numbers.validity, draws, alphas, codes)
            }
          }
        }
      }
    }
    return spans.map { $0.head == .softmax ? .codes(codes) : .scalars(alphas) }
  }
}

/// Draws modes for values.
private struct ModeAssignment {
  private let means: [Double]
  private let deviations: [Double]
  /// log(weight / deviation).
  private let logScales: [Double]
  private let spikes: [Double]

  init(_ encoder: FittedModeSpecificEncoder) {
    means = encoder.modes.map(\.mean)
    deviations = encoder.modes.map(\.deviation)
    logScales = encoder.modes.map { log($0.weight) - log($0.deviation) }
    spikes = encoder.spikes
  }

  func encode(
    _ values: UnsafeMutableBufferPointer<Double>, _ rows: Range<Int>, _ validity: Validity?,
    _ draws: UnsafeBufferPointer<Float>, _ alphas: UnsafeMutableBufferPointer<Float>, _ codes: CompactCodes.Writer
  ) {
    let missing = means.count + spikes.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, means.count)) { scratch in
      for (place, row) in rows.enumerated() {
        if let validity, !validity[row] {
          codes.set(row, missing)
          continue
        }
        let value = values[place]
        if let spike = spike(at: value) {
          codes.set(row, means.count + spike)
          continue
        }
        let mode = means.count == 1 ? 0 : draw(value, Double(draws[row]), scratch)
        codes.set(row, mode)
        let alpha = 0.25 * ((value - means[mode]) / deviations[mode])
        alphas[row] = Float(max(-0.99, min(0.99, alpha)))
      }
    }
  }

  /// The spike at `value`; without Gaussian modes the nearest one, so that no value is without a code.
  private func spike(at value: Double) -> Int? {
    if means.isEmpty { return spikes.indices.min { abs(spikes[$0] - value) < abs(spikes[$1] - value) } }
    return spikes.firstIndex(of: value)
  }

  /// A mode with its posterior probability, plus 1e-6 so that the sum is never zero.
  private func draw(_ value: Double, _ uniform: Double, _ scratch: UnsafeMutableBufferPointer<Double>) -> Int {
    var most = -Double.infinity
    for k in 0..<means.count {
      let standardized = (value - means[k]) / deviations[k]
      scratch[k] = logScales[k] - 0.5 * standardized * standardized
      most = max(most, scratch[k])
    }
    var total = 0.0
    for k in 0..<means.count {
      let relative = scratch[k] - most
      // Below e^-30 the share is far less than what is added to each anyway.
      scratch[k] = relative > -30 ? exp(relative) : 0
      total += scratch[k]
    }
    let smoothing = 1e-6 * total
    let target = uniform * total * (1 + 1e-6 * Double(means.count))
    var sum = 0.0
    for k in 0..<means.count - 1 {
      sum += scratch[k] + smoothing
      if target < sum { return k }
    }
    return means.count - 1
  }
}
