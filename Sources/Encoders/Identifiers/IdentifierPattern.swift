import MynahRandomness
import MynahTables

/// What texts that name records look like: what all begin and end with, and which classes of characters stand between.
struct IdentifierPattern: Codable, Sendable, Equatable {
  enum CharacterClass: String, Codable, Sendable, CaseIterable {
    case digit, lowerHexadecimal, upperHexadecimal, lower, upper, alphanumericLower, alphanumericUpper, alphanumeric

    var alphabet: [Character] {
      let (digits, lower, upper) = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
      return switch self {
      case .digit: Array(digits)
      case .lowerHexadecimal: Array(digits + "abcdef")
      case .upperHexadecimal: Array(digits + "ABCDEF")
      case .lower: Array(lower)
      case .upper: Array(upper)
      case .alphanumericLower: Array(digits + lower)
      case .alphanumericUpper: Array(digits + upper)
      case .alphanumeric: Array(digits + lower + upper)
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
  }

  let prefix: String
  let suffix: String
  /// The middle part where it is a number: at least so many digits, and the greatest number seen.
  let digits: Int?
  let greatest: Int64
  /// The middle part otherwise, at its usual length.
  let places: [Place]

  init(of texts: [String]) {
    let texts = texts.map(Array.init)
    guard let first = texts.first, texts.count > 1 else {
      // One text tells nothing about what changes: all of it does.
      let only = texts.first ?? []
      self.init(prefix: "", suffix: "", middles: [only])
      return
    }
    let shortest = texts.map(\.count).min() ?? 0
    var head = 0
    while head < shortest, texts.allSatisfy({ $0[head] == first[head] }) { head += 1 }
    // A common run of digits belongs to the numbers.
    while head > 0, first[head - 1].isASCIIDigit { head -= 1 }
    var tail = 0
    while tail < shortest - head, texts.allSatisfy({ $0[$0.count - 1 - tail] == first[first.count - 1 - tail] }) {
      tail += 1
    }
    while tail > 0, first[first.count - tail].isASCIIDigit { tail -= 1 }
    self.init(
      prefix: String(first[..<head]), suffix: String(first[(first.count - tail)...]),
      middles: texts.map { Array($0[head..<$0.count - tail]) })
  }

  private init(prefix: String, suffix: String, middles: [[Character]]) {
    self.prefix = prefix
    self.suffix = suffix
    let numbers = middles.map { $0.allSatisfy(\.isASCIIDigit) ? Int64(String($0)) : nil }
    if !middles.isEmpty, numbers.allSatisfy({ $0 != nil }) {
      let isPadded = middles.contains { $0.count > 1 && $0[0] == "0" }
      digits = isPadded ? min(Self.longest, middles.map(\.count).min() ?? 1) : 1
      greatest = numbers.compactMap(\.self).max() ?? 0
      places = []
      return
    }
    digits = nil
    greatest = 0
    let lengths = middles.map(\.count).sorted()
    let length = lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    let isUniform = lengths.first == lengths.last && middles.count > 1
    let everywhere = CharacterClass(of: Set(middles.joined()))
    places = (0..<length).map { place in
      guard isUniform else { return .any(everywhere) }
      let here = Set(middles.map { $0[place] })
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
    guard (0...Self.longest).contains(digits ?? 0), greatest >= 0 else {
      throw TableError("an identifier pattern of \(digits ?? 0) digits after \(greatest)")
    }
  }

  /// More digits than any number has; keeps a damaged file from asking for endless texts.
  private static let longest = 1_000

  /// `count` different texts of this form.
  ///
  /// Numbers go on after the greatest one seen. Other texts are drawn; where there are fewer than a thousand forms for
  /// each text seen or wanted, places are added, so that meeting a real one by chance stays unlikely.
  func fresh(_ count: Int, apartFrom seen: Int, using random: inout RandomSource) -> [String] {
    if let digits {
      return (0..<UInt64(count)).map { offset in
        let number = String(UInt64(clamping: greatest) + 1 + offset)
        return prefix + String(repeating: "0", count: max(0, digits - number.count)) + number + suffix
      }
    }
    var choices = places.map { place in
      switch place {
      case .literal(let text): [text]
      case .any(let characters): characters.alphabet.map(String.init)
      }
    }
    let wanted = 1_000 * Double(max(1, seen + count))
    while choices.reduce(1.0, { $0 * Double($1.count) }) < wanted {
      choices.append(choices.last { $0.count > 1 } ?? CharacterClass.digit.alphabet.map(String.init))
    }
    var taken = Set<String>()
    var texts: [String] = []
    while texts.count < count {
      var text = prefix
      for choice in choices { text += choice[random.index(below: choice.count)] }
      text += suffix
      if taken.insert(text).inserted { texts.append(text) }
    }
    return texts
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { "0"..."9" ~= self && isASCII }
}
