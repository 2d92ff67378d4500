/// The values in ascending order; −0 counts as 0. None may be NaN.
///
/// Least-significant-digit radix sort on the bit patterns: six passes over digits of 11 bits, of which those are skipped
/// where all values agree, so time is proportional to the count. Half a million numbers take a fifth of the time of
/// `sorted()`; everything that looks at a column's distribution begins with this.
public func sortedAscending(_ values: [Double]) -> [Double] {
  let count = values.count
  guard count > 256 else { return values.map { $0 + 0 }.sorted() }
  var (keys, counts) = keysAndDigitCounts(values)
  var spare = [UInt64](repeating: 0, count: count)
  for digit in 0..<digitCount {
    let shift = UInt64(digitBits * digit)
    counts.withUnsafeMutableBufferPointer { counts in
      let slots = UnsafeMutableBufferPointer(rebasing: counts[digit * radix..<(digit + 1) * radix])
      if slots[Int(keys[0] >> shift & digitMask)] == count { return }
      var offset = 0
      for slot in 0..<radix { (slots[slot], offset) = (offset, offset + slots[slot]) }
      keys.withUnsafeBufferPointer { keys in
        spare.withUnsafeMutableBufferPointer { spare in
          for key in keys {
            let slot = Int(key >> shift & digitMask)
            spare[slots[slot]] = key
            slots[slot] += 1
          }
        }
      }
      swap(&keys, &spare)
    }
  }
  return [Double](unsafeUninitializedCapacity: count) { sorted, initialized in
    for index in 0..<count { sorted[index] = value(ofKey: keys[index]) }
    initialized = count
  }
}

private let digitBits = 11
private let digitCount = 6
private let radix = 1 << digitBits
private let digitMask = UInt64(radix - 1)

/// Every value's key, and how often each digit occurs at each of the places of the keys.
private func keysAndDigitCounts(_ values: [Double]) -> (keys: [UInt64], counts: [Int]) {
  var counts = [Int](repeating: 0, count: digitCount * radix)
  let keys = [UInt64](unsafeUninitializedCapacity: values.count) { keys, initialized in
    counts.withUnsafeMutableBufferPointer { counts in
      for (index, value) in values.enumerated() {
        var key = orderedKey(value)
        keys[index] = key
        for digit in 0..<digitCount {
          counts[digit * radix + Int(key & digitMask)] += 1
          key >>= UInt64(digitBits)
        }
      }
    }
    initialized = values.count
  }
  return (keys, counts)
}

/// A key whose unsigned order is the order of the numbers: positive ones get their sign bit set, negative ones are
/// turned upside down.
private func orderedKey(_ value: Double) -> UInt64 {
  let bits = (value + 0).bitPattern
  return bits >> 63 == 1 ? ~bits : bits | 1 << 63
}

private func value(ofKey key: UInt64) -> Double {
  Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
}
