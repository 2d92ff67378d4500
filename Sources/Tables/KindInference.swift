/// Decides a column's kind from the facts about all of its texts.
///
/// 1. No value at all: categorical without levels.
/// 2. Only numbers. Two distinct whole numbers are boolean, if they are 0 and 1 or there are ten rows. Whole numbers with at
///    most 12 distinct values, each standing for 100 rows on average, are codes: categorical. Whole numbers that are all
///    distinct and either count up without a gap or are named like a key, and whole numbers named like a key that repeat
///    little, are identifiers, as are numbers beyond 64 bits named like a key. Numbers such as "007" are texts. The rest is
///    integer, or continuous when a number has a point, an exponent or more than 64 bits.
/// 3. Two opposite words (true/false, yes/no, t/f, y/n, on/off) are boolean.
/// 4. Texts that are all dates or times of one form are datetimes.
/// 5. At least 99 of 100 rows are numbers with more than 12 distinct values and the rest are words, or one single word
///    among at least 90 of 100: an error that names the first word, since no one means such a column.
/// 6. Texts that hardly repeat and look like keys are identifiers.
/// 7. Everything else is categorical.
///
/// The target is never an identifier, and whole numbers with at most 20 distinct values are categorical there.
struct KindInference {
  let name: String
  let isTarget: Bool
  let facts: ColumnFacts
  let summary: ColumnSummary
  let base: UnsafePointer<UInt8>

  struct Decision {
    var kind: ColumnKind
    var reason: String
    var format: DatetimeFormat?
  }

  /// A text that does not fit the kind, and what to tell the user.
  struct Misfit: Error {
    var text: FieldText
    var message: String
  }

  private var distinctText: String {
    summary.distinct == 1 ? "one value" : "\(summary.isEstimate ? "about " : "")\(summary.distinct) distinct values"
  }

  func decide() throws(Misfit) -> Decision {
    if facts.present == 0 { return Decision(kind: .categorical, reason: "no value in any row") }
    if facts.isNumeric {
      return facts.leadingZeros > 0
        ? Decision(kind: textKind(), reason: "numbers with leading zeros are names; \(distinctText)") : numeric()
    }
    if isPairOfOpposites { return Decision(kind: .boolean, reason: "the two words \(levelNames)") }
    if facts.numbers == 0, let (format, alternative) = DatetimeCandidates.choice(facts.datetimeMask) {
      let format = withDigits(format)
      var reason = "dates of the form \(format.pattern)"
      if format.dropsFractions { reason += ", fractions of seconds are dropped" }
      if let alternative { reason += "; \(alternative.pattern) would fit too" }
      return Decision(kind: .datetime, reason: reason, format: format)
    }
    try checkForStrayWords()
    switch textKind() {
    case .identifier: return Decision(kind: .identifier, reason: "keys that hardly repeat, \(distinctText)")
    default: return Decision(kind: .categorical, reason: "texts, \(distinctText)")
    }
  }

  /// The form with as many digits of a second's fraction as the first text has.
  func withDigits(_ format: DatetimeFormat) -> DatetimeFormat {
    guard format.dropsFractions, let text = facts.firstWord?.string(in: base), let point = text.lastIndex(of: ".")
    else {
      return format
    }
    let digits = text[text.index(after: point)...].prefix { $0.isNumber }.count
    return DatetimeFormat(format.pattern.replacing("%f", with: "%\(digits)f")) ?? format
  }

  private func numeric() -> Decision {
    let isWhole = facts.decimals == 0
    let isZeroOrOne = facts.minimum == 0 && facts.maximum == 1
    if summary.distinct == 2, facts.firstFraction == nil, facts.hugeIntegers == 0, isZeroOrOne || facts.present >= 10 {
      return Decision(kind: .boolean, reason: "two distinct whole numbers, \(levelNames)")
    }
    guard isWhole else {
      let digits = facts.maximumFractionDigits
      return Decision(
        kind: .continuous,
        reason: "decimal numbers with up to \(digits) digit\(digits == 1 ? "" : "s") after the point, \(distinctText)")
    }
    let isUnique = summary.distinct == facts.present && facts.present > 1
    if !isTarget {
      if isUnique, facts.present >= 50, facts.maximum - facts.minimum == Double(facts.present - 1) {
        return Decision(kind: .identifier, reason: "whole numbers that count the rows")
      }
      if isNamedLikeKey, isUnique || (facts.present >= 1000 && summary.distinct * 2 > facts.present) {
        return Decision(kind: .identifier, reason: "named like a key and hardly repeating, \(distinctText)")
      }
    }
    if facts.hugeIntegers > 0 {
      return Decision(kind: .continuous, reason: "whole numbers beyond 64 bits, \(distinctText)")
    }
    if summary.distinct > 1 {
      if isTarget, summary.distinct <= 20, summary.distinct * 5 <= facts.present {
        return Decision(kind: .categorical, reason: "the target, whole numbers with \(distinctText)")
      }
      if summary.distinct <= 12, summary.distinct * 100 <= facts.present {
        return Decision(kind: .categorical, reason: "codes: whole numbers with only \(distinctText)")
      }
      if isNamedLikeCode, summary.distinct <= 1000, summary.distinct * 20 <= facts.present {
        return Decision(kind: .categorical, reason: "named like a code and repeating, \(distinctText)")
      }
    }
    return Decision(kind: .integer, reason: "whole numbers, \(distinctText)")
  }

  private func textKind() -> ColumnKind {
    guard !isTarget, facts.present > 1 else { return .categorical }
    let share = Double(summary.distinct) / Double(facts.present)
    // A few short ones, such as C571, may be among them.
    let looksLikeKeys = facts.keyLike * 100 >= facts.present * 99 || facts.numbers == facts.present
    if isNamedLikeKey, share == 1 || (facts.present >= 1000 && share > 0.5) { return .identifier }
    if looksLikeKeys, facts.present >= 50, share > 0.5 { return .identifier }
    return .categorical
  }

  /// Throws when a few words stand in a column of numbers.
  private func checkForStrayWords() throws(Misfit) {
    guard facts.numbers > 0, facts.leadingZeros == 0, summary.distinct > 12 || facts.firstFraction != nil,
      let word = facts.firstWord
    else { return }
    let share = Double(facts.numbers) / Double(facts.present)
    guard share >= 0.99 || (share >= 0.9 && !facts.hasSeveralWords) else { return }
    if facts.firstInfinite == word { throw infinite(word) }
    let shownShare = facts.words == 1 ? "every other value" : "nearly every other value"
    throw Misfit(
      text: word,
      message: "\(shown(word)) is not a number, though \(shownShare) of column \(TextValidation.shown(name)) is; "
        + "correct it, name it as a missing marker, or declare the column categorical")
  }

  func infinite(_ text: FieldText) -> Misfit {
    Misfit(
      text: text,
      message: "\(shown(text)) is not a finite number in column \(TextValidation.shown(name)); "
        + "correct it or name it as a missing marker")
  }

  func shown(_ text: FieldText) -> String { TextValidation.shown(text.string(in: base)) }

  private var levelNames: String {
    summary.mostFrequent.sorted { $0.text.offset < $1.text.offset }.map { $0.text.string(in: base) }
      .joined(separator: " and ")
  }

  private var isPairOfOpposites: Bool {
    guard summary.distinct == 2, facts.numbers == 0, summary.mostFrequent.count == 2 else { return false }
    let words = Set(summary.mostFrequent.map { $0.text.string(in: base).lowercased() })
    let pairs: [Set<String>] = [["true", "false"], ["yes", "no"], ["t", "f"], ["y", "n"], ["on", "off"]]
    return pairs.contains(words)
  }

  /// Whether a word of the name says key: "patient_nbr", "customerId", "account no".
  var isNamedLikeKey: Bool { Self.isNamedLikeKey(name) }

  static func isNamedLikeKey(_ name: String) -> Bool {
    let words = words(of: name)
    let anywhere: Set<String> = ["id", "ids", "uuid", "guid", "key", "nbr", "iban"]
    // "account number" is a key, "number of accounts" is not.
    let last: Set<String> = ["no", "nr", "num", "number", "name"]
    return words.contains { anywhere.contains($0) } || last.contains(words.last ?? "")
  }

  /// Whether a word of the name says that numbers are codes.
  private var isNamedLikeCode: Bool { Self.words(of: name).contains { ["id", "code", "zip", "type"].contains($0) } }

  /// The words of a name in lower case, cut at signs and where a capital follows a small letter.
  private static func words(of name: String) -> [String] {
    var words: [String] = [""]
    var lastWasLower = false
    for character in name {
      if !character.isLetter && !character.isNumber {
        words.append("")
      } else if character.isUppercase, lastWasLower {
        words.append(character.lowercased())
      } else {
        words[words.count - 1] += character.lowercased()
      }
      lastWasLower = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }
}
