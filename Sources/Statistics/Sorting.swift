/// The values in ascending order; −0 counts as 0. Finite values only.
///
/// Least-significant-digit radix sort on the bit patterns: time proportional to the count, and bytes that are the same in
/// all keys are skipped, so whole numbers take three passes or so.
public func sortedAscending(_ values: [Double]) -> [Double] {
  guard values.count > 512 else { return values.map { $0 + 0 }.sorted() }
  let count = values.count
  var keys = [UInt64](unsafeUninitializedCapacity: count) { keys, initialized in
    for index in 0..<count { keys[index] = orderedKey(values[index]) }
    initialized = count
  }
  var other = [UInt64](repeating: 0, count: count)
  let histograms = byteHistograms(keys)
  for byte in 0..<8 {
    let histogram = histograms[byte * 256..<(byte + 1) * 256]
    if histogram.contains(count) { continue }
    var starts = [Int](repeating: 0, count: 256)
    var sum = 0
    for (digit, occurrences) in histogram.enumerated() {
      starts[digit] = sum
      sum += occurrences
    }
    let shift = UInt64(8 * byte)
    keys.withUnsafeBufferPointer { source in
      other.withUnsafeMutableBufferPointer { target in
        starts.withUnsafeMutableBufferPointer { starts in
          for key in source {
            let digit = Int(key >> shift & 255)
            target[starts[digit]] = key
            starts[digit] += 1
          }
        }
      }
    }
    swap(&keys, &other)
  }
  return [Double](unsafeUninitializedCapacity: count) { sorted, initialized in
    for index in 0..<count { sorted[index] = value(ofKey: keys[index]) }
    initialized = count
  }
}

/// A key whose unsigned order is the order of the numbers.
private func orderedKey(_ value: Double) -> UInt64 {
  let bits = (value + 0).bitPattern
  return bits >> 63 == 1 ? ~bits : bits | 1 << 63
}

private func value(ofKey key: UInt64) -> Double {
  Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
}

/// How often each byte value occurs at each of the eight places.
private func byteHistograms(_ keys: [UInt64]) -> [Int] {
  var histograms = [Int](repeating: 0, count: 8 * 256)
  histograms.withUnsafeMutableBufferPointer { histograms in
    for key in keys {
      for byte in 0..<8 { histograms[byte << 8 | Int(key >> UInt64(8 * byte) & 255)] += 1 }
    }
  }
  return histograms
}
