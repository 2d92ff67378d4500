import MynahParallelism
import MynahRandomness
import MynahTables

extension FittedNumberEncoder {
  public func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] {
    let numbers = try NumericColumn(column, origin: traits.origin)
    guard numbers.form == traits.form else {
      throw TableError("holds \(numbers.form) values, the encoder was fitted to \(traits.form) ones")
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
    var draws = [Float](repeating: 0, count: transform.codeCount > 1 ? count : 0)
    draws.withUnsafeMutableBufferPointer { random.fillUniform($0) }
    var scalars = [Float](repeating: 0, count: transform.codeCount == 0 ? 0 : count)
    var codes = CompactCodes(count: count, cardinality: cardinality)
    scalars.withUnsafeMutableBufferPointer { scalars in
      draws.withUnsafeBufferPointer { draws in
        codes.update { codes in
          parallelChunks(of: count, size: 8_192) { rows in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { values in
              numbers.read(rows, into: values)
              encode(values, rows, numbers.validity, draws, scalars, codes)
            }
          }
        }
      }
    }
    return spans.map { $0.head == .softmax ? .codes(codes) : .scalars(scalars) }
  }

  private func encode(
    _ values: UnsafeMutableBufferPointer<Double>, _ rows: Range<Int>, _ validity: Validity?,
    _ draws: UnsafeBufferPointer<Float>, _ scalars: UnsafeMutableBufferPointer<Float>, _ codes: CompactCodes.Writer
  ) {
    let (transform, spikes) = (transform, spikes)
    let codeCount = transform.codeCount
    for (place, row) in rows.enumerated() {
      if let validity, !validity[row] {
        codes.set(row, codeCount + spikes.count)
      } else if let spike = Self.spike(at: values[place], of: spikes, isAll: codeCount == 0) {
        codes.set(row, codeCount + spike)
      } else {
        let (code, scalar) = transform.encoded(values[place], draw: codeCount > 1 ? draws[row] : 0)
        codes.set(row, code)
        scalars[row] = scalar
      }
    }
  }

  /// The spike at `value`; where there is nothing else the nearest one, so that no value is without a code.
  private static func spike(at value: Double, of spikes: [Double], isAll: Bool) -> Int? {
    if isAll { return spikes.indices.min { abs(spikes[$0] - value) < abs(spikes[$1] - value) } }
    return spikes.firstIndex(of: value)
  }
}
