/// Sorts numbers that are not NaN, in time that grows with their count only: six passes over digits of 11 bits, of
/// which those are skipped where all numbers agree. Negative zero becomes zero.
///
/// Half a million numbers take a fifth of the time of `sort()`; every metric that looks at a column's distribution
/// begins with this.
func sortNumbers(_ numbers: inout [Double]) {
  let count = numbers.count
  guard count > 256 else {
    for index in numbers.indices { numbers[index] += 0 }
    return numbers.sort()
  }
  let digits = 6
  let radix = 1 << 11
  var counts = [Int](repeating: 0, count: digits * radix)
  var keys = [UInt64](repeating: 0, count: count)
  var spare = [UInt64](repeating: 0, count: count)
  counts.withUnsafeMutableBufferPointer { counts in
    for index in 0..<count {
      var key = orderedBits(numbers[index])
      keys[index] = key
      for digit in 0..<digits {
        counts[digit * radix + Int(key & 0x7FF)] += 1
        key >>= 11
      }
    }
    for digit in 0..<digits {
      let slots = UnsafeMutableBufferPointer(rebasing: counts[digit * radix..<(digit + 1) * radix])
      let shift = UInt64(11 * digit)
      if slots[Int(keys[0] >> shift & 0x7FF)] == count { continue }
      var offset = 0
      for slot in 0..<radix { (slots[slot], offset) = (offset, offset + slots[slot]) }
      keys.withUnsafeBufferPointer { keys in
        spare.withUnsafeMutableBufferPointer { spare in
          for key in keys {
            let slot = Int(key >> shift & 0x7FF)
            spare[slots[slot]] = key
            slots[slot] += 1
          }
        }
      }
      swap(&keys, &spare)
    }
  }
  for index in 0..<count { numbers[index] = number(fromOrderedBits: keys[index]) }
}

/// Bits whose order as whole numbers is the order of the numbers: positive ones get their sign bit set, negative ones
/// are turned upside down.
private func orderedBits(_ number: Double) -> UInt64 {
  let bits = (number + 0).bitPattern
  return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
}

private func number(fromOrderedBits key: UInt64) -> Double {
  Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
}
