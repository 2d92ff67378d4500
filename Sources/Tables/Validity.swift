/// Which rows of a column hold a value: one bit a row, 1 for present. A column without missing values carries none.
public struct Validity: Sendable, Equatable, Codable {
  public let count: Int
  private var words: [UInt64]

  public init(count: Int, allPresent: Bool = true) {
    self.count = count
    words = Array(repeating: allPresent ? .max : 0, count: (count + 63) / 64)
    clearPadding()
  }

  public init(_ present: some Collection<Bool>) {
    self.init(count: present.count, allPresent: false)
    for (row, isPresent) in present.enumerated() where isPresent { words[row >> 6] |= 1 << UInt64(row & 63) }
  }

  public subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(row & 63)
      if newValue { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
    }
  }

  public var missingCount: Int { count - words.reduce(0) { $0 + $1.nonzeroBitCount } }

  private mutating func clearPadding() {
    if count & 63 != 0, !words.isEmpty { words[words.count - 1] &= (1 << UInt64(count & 63)) - 1 }
  }
}
