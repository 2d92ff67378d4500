/// Numbers texts in the order of their first appearance and counts them: open addressing over 64-bit keys.
/// The owner calls `deallocate`.
struct TextDictionary {
  struct Slot {
    var key: UInt64
    var code: UInt32
    /// 0 for a free slot.
    var weight: UInt32
  }

  private(set) var count = 0
  private var slots: UnsafeMutablePointer<Slot>
  private var texts: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private var shift: UInt64

  init(capacity: Int = 16) {
    self.capacity = capacity
    shift = UInt64(64 - capacity.trailingZeroBitCount)
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: Slot(key: 0, code: 0, weight: 0), count: capacity)
    texts = .allocate(capacity: capacity / 2)
  }

  func deallocate() {
    slots.deallocate()
    texts.deallocate()
  }

  /// The text that got `code`, where it was first seen.
  @inline(__always)
  func text(_ code: Int) -> FieldText { FieldText(packed: texts[code]) }

  /// The number of a text, a new one when it has not been seen.
  @inline(__always)
  mutating func code(key: UInt64, text: FieldText, weight: UInt32 = 1, base: UnsafePointer<UInt8>) -> UInt32 {
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while true {
      let slot = slots[index]
      if slot.weight == 0 { return insert(key: key, text: text, weight: weight, at: index) }
      if slot.key == key, key >> 63 == 0 || self.text(Int(slot.code)).equals(text, in: base) {
        slots[index].weight = slot.weight &+ weight
        return slot.code
      }
      index = (index + 1) & (capacity - 1)
    }
  }

  /// The code of a text that may not be there.
  func find(key: UInt64, text: FieldText, base: UnsafePointer<UInt8>) -> UInt32? {
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[index].weight != 0 {
      let slot = slots[index]
      if slot.key == key, key >> 63 == 0 || self.text(Int(slot.code)).equals(text, in: base) { return slot.code }
      index = (index + 1) & (capacity - 1)
    }
    return nil
  }

  @inline(never)
  private mutating func insert(key: UInt64, text: FieldText, weight: UInt32, at index: Int) -> UInt32 {
    let code = UInt32(truncatingIfNeeded: count)
    slots[index] = Slot(key: key, code: code, weight: weight)
    texts[count] = text.packed
    count += 1
    if count * 2 >= capacity { grow() }
    return code
  }

  private mutating func grow() {
    let (old, oldTexts, oldCapacity) = (slots, texts, capacity)
    capacity *= 4
    shift -= 2
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: Slot(key: 0, code: 0, weight: 0), count: capacity)
    texts = .allocate(capacity: capacity / 2)
    texts.update(from: oldTexts, count: count)
    for i in 0..<oldCapacity where old[i].weight != 0 {
      var index = Int(truncatingIfNeeded: (old[i].key &* 0x9E37_79B9_7F4A_7C15) >> shift)
      while slots[index].weight != 0 { index = (index + 1) & (capacity - 1) }
      slots[index] = old[i]
    }
    old.deallocate()
    oldTexts.deallocate()
  }

  /// Calls `body` with the code of every text and how often it was seen, in no order.
  @inline(__always)
  func forEachSlot(_ body: (Int, UInt32) -> Void) {
    for i in 0..<capacity where slots[i].weight != 0 { body(Int(slots[i].code), slots[i].weight) }
  }

  /// How often each text was seen, and its key, by code.
  func weightsAndKeys() -> (weights: [UInt32], keys: [UInt64]) {
    var weights = [UInt32](repeating: 0, count: count)
    var keys = [UInt64](repeating: 0, count: count)
    for i in 0..<capacity where slots[i].weight != 0 {
      weights[Int(slots[i].code)] = slots[i].weight
      keys[Int(slots[i].code)] = slots[i].key
    }
    return (weights, keys)
  }
}
