/// What the texts of one column are, gathered chunk by chunk and merged in the order of the file.
struct ColumnFacts {
  var missing = 0
  /// How often each missing marker stood there.
  var markers: [Int]
  var integers = 0
  var hugeIntegers = 0
  var decimals = 0
  /// Texts that are no numbers.
  var words = 0
  var firstWord: FieldText?
  /// The words are not all the same text.
  var hasSeveralWords = false
  var firstNumber: FieldText?
  /// The first decimal with a part after the point that is not 0.
  var firstFraction: FieldText?
  var firstHugeInteger: FieldText?
  var firstInfinite: FieldText?
  /// Numbers such as "007", which are names of something.
  var leadingZeros = 0
  var maximumFractionDigits = 0
  var minimumFractionDigits = Int.max
  var minimum = Double.infinity
  var maximum = -Double.infinity
  /// Rows whose text looks like a key: letters, digits, hyphens, at least six characters with a digit among them.
  var keyLike = 0
  /// Forms of `DatetimeCandidates` that all words have.
  var datetimeMask = DatetimeCandidates.everyMask
  /// Against the one form that was asked for.
  var firstNotDatetime: FieldText?
  var earliest = Int64.max
  var latest = Int64.min
  /// Some text holds doubled quotes.
  var isQuoteEscaped = false

  init(markerCount: Int) { markers = Array(repeating: 0, count: markerCount) }

  var present: Int { integers + hugeIntegers + decimals + words }
  var numbers: Int { integers + hugeIntegers + decimals }
  var isNumeric: Bool { words == 0 && numbers > 0 }

  mutating func add(_ text: FieldText, weight: UInt32, base: UnsafePointer<UInt8>, rule: ColumnRule) {
    let (start, count, weight) = (base + text.offset, text.count, Int(weight))
    if let marker = rule.marker(start, count) {
      missing += weight
      markers[marker] += weight
      return
    }
    if text.isEscaped { isQuoteEscaped = true }
    let number = parseNumber(start, count)
    switch number.form {
    case .notANumber:
      missing += weight
      return
    case .integer: integers += weight
    case .hugeInteger:
      hugeIntegers += weight
      if firstHugeInteger == nil { firstHugeInteger = text }
    case .decimal:
      decimals += weight
      if firstFraction == nil, number.value != number.value.rounded(.towardZero) { firstFraction = text }
    case .infinite, .text:
      words += weight
      if number.form == .infinite, firstInfinite == nil { firstInfinite = text }
      if let firstWord {
        if !hasSeveralWords { hasSeveralWords = !firstWord.equals(text, in: base) }
      } else {
        firstWord = text
      }
      if datetimeMask != 0 { datetimeMask = DatetimeCandidates.matching(start, count, among: datetimeMask) }
      if isKeyLike(start, count) { keyLike += weight }
    }
    if number.isFinite {
      if firstNumber == nil { firstNumber = text }
      minimum = Swift.min(minimum, number.value)
      maximum = Swift.max(maximum, number.value)
      maximumFractionDigits = Swift.max(maximumFractionDigits, number.fractionDigits)
      minimumFractionDigits = Swift.min(minimumFractionDigits, number.fractionDigits)
      if number.hasLeadingZero { leadingZeros += weight }
    }
    if let format = rule.format {
      if let seconds = format.parse(start, count) {
        earliest = Swift.min(earliest, seconds)
        latest = Swift.max(latest, seconds)
      } else if firstNotDatetime == nil {
        firstNotDatetime = text
      }
    }
  }

  /// Adds the facts of the rows that follow.
  mutating func merge(_ next: ColumnFacts, base: UnsafePointer<UInt8>) {
    missing += next.missing
    for i in markers.indices { markers[i] += next.markers[i] }
    integers += next.integers
    hugeIntegers += next.hugeIntegers
    decimals += next.decimals
    words += next.words
    leadingZeros += next.leadingZeros
    keyLike += next.keyLike
    if let mine = firstWord, let other = next.firstWord {
      hasSeveralWords = hasSeveralWords || next.hasSeveralWords || !mine.equals(other, in: base)
    } else if firstWord == nil {
      (firstWord, hasSeveralWords) = (next.firstWord, next.hasSeveralWords)
    }
    firstNumber = firstNumber ?? next.firstNumber
    firstFraction = firstFraction ?? next.firstFraction
    firstHugeInteger = firstHugeInteger ?? next.firstHugeInteger
    firstInfinite = firstInfinite ?? next.firstInfinite
    firstNotDatetime = firstNotDatetime ?? next.firstNotDatetime
    isQuoteEscaped = isQuoteEscaped || next.isQuoteEscaped
    maximumFractionDigits = Swift.max(maximumFractionDigits, next.maximumFractionDigits)
    minimumFractionDigits = Swift.min(minimumFractionDigits, next.minimumFractionDigits)
    minimum = Swift.min(minimum, next.minimum)
    maximum = Swift.max(maximum, next.maximum)
    earliest = Swift.min(earliest, next.earliest)
    latest = Swift.max(latest, next.latest)
    datetimeMask &= next.datetimeMask
  }
}

private func isKeyLike(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  guard count >= 6 else { return false }
  var hasDigit = false
  for i in 0..<count {
    let byte = text[i]
    if byte &- UInt8(ascii: "0") <= 9 {
      hasDigit = true
    } else if (byte | 0x20) &- UInt8(ascii: "a") > 25, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
      return false
    }
  }
  return hasDigit
}
