import MynahRandomness
import MynahTables

/// What texts that name records look like: what all begin and end with, and which classes of characters stand between.
struct IdentifierPattern: Codable, Sendable, Equatable {
  enum CharacterClass: String, Codable, Sendable, CaseIterable {
    case digit, lowerHexadecimal, upperHexadecimal, lower, upper, alphanumericLower, alphanumericUpper, alphanumeric

    /// All of them ASCII.
    var alphabet: String {
      let (digits, lower, upper) = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
      return switch self {
      case .digit: digits
      case .lowerHexadecimal: digits + "abcdef"
      case .upperHexadecimal: digits + "ABCDEF"
      case .lower: lower
      case .upper: upper
      case .alphanumericLower: digits + lower
      case .alphanumericUpper: digits + upper
      case .alphanumeric: digits + lower + upper
      }
    }

    /// The narrowest class that has all of `characters`; characters in no class count as none.
    init(of characters: Set<Character>) {
      let known = Set(CharacterClass.alphanumeric.alphabet)
      let relevant = characters.intersection(known)
      self = Self.allCases.first { relevant.isSubset(of: $0.alphabet) } ?? .alphanumeric
    }
  }

  /// One place of the middle part: a character that never changes (the dashes of a UUID), or a class.
  enum Place: Codable, Sendable, Equatable {
    case literal(String)
    case any(CharacterClass)

    /// How many characters can stand here.
    var choices: Int {
      switch self {
      case .literal: 1
      case .any(let characters): characters.alphabet.utf8.count
      }
    }

    /// The text of a literal, or one byte for each choice.
    var bytes: [UInt8] {
      switch self {
      case .literal(let text): Array(text.utf8)
      case .any(let characters): Array(characters.alphabet.utf8)
      }
    }
  }

  let prefix: String
  let suffix: String
  /// The middle part where it is a number: at least so many digits, and the greatest number seen.
  let digits: Int?
  let greatest: Int64
  /// The middle part otherwise, at its usual length.
  let places: [Place]
  /// UTF-8 bytes of the longest text seen: a longer one is new.
  let longestSeen: Int
  /// Which text a row has among those that are possible; another one for each column fitted.
  let key: UInt64

  /// Learns the form from a sample; only where that says "numbers" are all texts looked at, for the greatest.
  init(of texts: [String], using random: inout RandomSource) {
    longestSeen = texts.reduce(0) { max($0, $1.utf8.count) }
    key = random.next()
    let step = max(1, texts.count / Self.sampleSize)
    let sample = stride(from: 0, to: texts.count, by: step).map { Array(texts[$0]) }
    let (head, tail) = Self.commonEnds(sample)
    let first = sample.first ?? []
    prefix = String(first[..<head])
    suffix = String(first[(first.count - tail)...])
    let middles = sample.map { $0[head..<$0.count - tail] }
    if let greatest = Self.greatestNumber(in: texts, between: prefix, and: suffix) {
      let isPadded = middles.contains { $0.count > 1 && $0.first == "0" }
      digits = isPadded ? min(Self.longest, middles.map(\.count).min() ?? 1) : 1
      self.greatest = greatest
      places = []
    } else {
      digits = nil
      greatest = 0
      places = Self.places(of: middles)
    }
  }

  private static let sampleSize = 1_000

  /// How many characters all texts share at the beginning and at the end, without digits at the inner side: a common run
  /// of digits belongs to the numbers.
  private static func commonEnds(_ texts: [[Character]]) -> (head: Int, tail: Int) {
    // One text tells nothing about what changes: all of it does.
    guard let first = texts.first, texts.count > 1 else { return (0, 0) }
    let shortest = texts.map(\.count).min() ?? 0
    var head = 0
    while head < shortest, texts.allSatisfy({ $0[head] == first[head] }) { head += 1 }
    while head > 0, first[head - 1].isASCIIDigit { head -= 1 }
    var tail = 0
    while tail < shortest - head, texts.allSatisfy({ $0[$0.count - 1 - tail] == first[first.count - 1 - tail] }) {
      tail += 1
    }
    while tail > 0, first[first.count - tail].isASCIIDigit { tail -= 1 }
    return (head, tail)
  }

  /// The greatest number between prefix and suffix; nil unless every text has a number of at most 19 digits there.
  private static func greatestNumber(in texts: [String], between prefix: String, and suffix: String) -> Int64? {
    guard !texts.isEmpty else { return nil }
    var greatest: Int64 = 0
    for text in texts {
      guard text.hasPrefix(prefix), text.hasSuffix(suffix) else { return nil }
      let middle = text.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
      guard !middle.isEmpty, middle.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
        let number = Int64(Substring(middle))
      else { return nil }
      greatest = max(greatest, number)
    }
    return greatest
  }

  private static func places(of middles: [ArraySlice<Character>]) -> [Place] {
    let lengths = middles.map(\.count).sorted()
    let length = lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    let isUniform = lengths.first == lengths.last && middles.count > 1
    let everywhere = CharacterClass(of: Set(middles.joined()))
    return (0..<length).map { place in
      guard isUniform else { return .any(everywhere) }
      let here = Set(middles.map { $0[$0.startIndex + place] })
      if here.count == 1, let only = here.first, !only.isASCIIDigit, !only.isLetter { return .literal(String(only)) }
      return .any(CharacterClass(of: here))
    }
  }

  /// - Throws: `TableError` when the parts read cannot have come from a fit.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    prefix = try container.decode(String.self, forKey: .prefix)
    suffix = try container.decode(String.self, forKey: .suffix)
    digits = try container.decodeIfPresent(Int.self, forKey: .digits)
    greatest = try container.decode(Int64.self, forKey: .greatest)
    places = try container.decode([Place].self, forKey: .places)
    longestSeen = try container.decode(Int.self, forKey: .longestSeen)
    key = try container.decode(UInt64.self, forKey: .key)
    guard (0...Self.longest).contains(digits ?? 0), greatest >= 0 else {
      throw TableError("an identifier pattern of \(digits ?? 0) digits after \(greatest)")
    }
  }

  /// More digits than any number has; keeps a damaged file from asking for endless texts.
  private static let longest = 1_000

  /// The texts of `rows`, from 0 to at most 2^56. Each row's differs from every other row's, whichever call makes it.
  ///
  /// Numbers go on after the greatest one seen. For other texts see `FreshTexts`.
  func fresh(_ rows: Range<Int>, apartFrom seen: Int, using random: inout RandomSource) -> [String] {
    guard let digits else {
      return FreshTexts(self, rowCount: rows.upperBound, apartFrom: seen, salt: random.next()).texts(of: rows)
    }
    return rows.map { row in
      let number = String(UInt64(clamping: greatest) + 1 + UInt64(row))
      return prefix + String(repeating: "0", count: max(0, digits - number.count)) + number + suffix
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { "0"..."9" ~= self && isASCII }
}
