/// The fields of the records that begin in one stretch of the file, column by column.
///
/// A column whose texts repeat is held as 16-bit codes into a dictionary of the chunk, so that each distinct text is
/// looked at once; a column whose texts hardly repeat is held as numbers, or as the places of its texts where they are no
/// numbers or are needed again.
final class ScannedChunk {
  enum Failure {
    /// A record has another number of fields than the header.
    case ragged(offset: Int, found: Int)
    case unclosedQuote(offset: Int, field: Int)
    case tooLong(offset: Int, field: Int)
    case textAfterQuote(offset: Int, field: Int)
    case nul(offset: Int)
    case invalidUTF8(offset: Int)
    /// A guess about where a record begins led too far; the chunk must be scanned again from the right place.
    case unsettled
  }

  /// How a column is held.
  enum Form: UInt8 {
    case codes, places, numbers
    /// Held as numbers until a text came that is none: the chunk must be scanned again.
    case abandoned
  }

  let start: Int
  /// Records that begin here or later belong to the next chunk.
  let border: Int
  /// Where the first record after this chunk begins.
  var end: Int
  var rows = 0
  let columnCount: Int
  let rowCapacity: Int
  var failure: Failure?
  var facts: [ColumnFacts] = []
  let codes: UnsafeMutablePointer<UInt16>
  let dictionaries: UnsafeMutablePointer<TextDictionary>
  private var isFreed = false
  let forms: UnsafeMutablePointer<Form>
  /// For the columns of that form.
  let numbers: UnsafeMutablePointer<NumberColumn>
  /// By column; no array, since columns are finished by several threads at once.
  let isHeldAsNumbers: UnsafeMutablePointer<Bool>
  /// What was found in those columns beside the numbers: missing values, and the texts that were coded first.
  var numberFacts: [ColumnFacts]
  /// Rows that `numbers` have room for; beyond any number of rows where there are none.
  private(set) var numberCapacity = Int.max
  /// The columns that may not be held as numbers.
  let needsTexts: [Bool]
  /// Packed `FieldText` of every row for the columns that are not dictionary-encoded.
  let places: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  /// Beside `places` the key of every text, kept while distinct texts are counted: the file is not touched for that.
  let keys: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>

  /// - Parameters:
  ///   - needsTexts: the columns that may not be held as numbers.
  ///   - numbersFrom: an earlier chunk; what became numbers there are numbers from the first row on here.
  init(start: Int, border: Int, needsTexts: [Bool], numbersFrom earlier: ScannedChunk? = nil) {
    (self.start, self.border, self.needsTexts) = (start, border, needsTexts)
    let columnCount = needsTexts.count
    self.columnCount = columnCount
    end = start
    // A record of C fields takes at least C bytes.
    rowCapacity = max(0, border - start - 1) / columnCount + 1
    codes = .allocate(capacity: rowCapacity * columnCount)
    dictionaries = .allocate(capacity: columnCount)
    places = .allocate(capacity: columnCount)
    forms = .allocate(capacity: columnCount)
    for column in 0..<columnCount { (dictionaries + column).initialize(to: TextDictionary()) }
    places.initialize(repeating: nil, count: columnCount)
    keys = .allocate(capacity: columnCount)
    keys.initialize(repeating: nil, count: columnCount)
    forms.initialize(repeating: .codes, count: columnCount)
    numbers = .allocate(capacity: columnCount)
    isHeldAsNumbers = .allocate(capacity: columnCount)
    isHeldAsNumbers.initialize(repeating: false, count: columnCount)
    numberFacts = Array(repeating: ColumnFacts(markerCount: 0), count: columnCount)
    if let earlier { beginNumbers(as: earlier) }
  }

  deinit {
    freeDictionaries()
    codes.deallocate()
    for column in 0..<columnCount {
      places[column]?.deallocate()
      dropKeys(of: column)
      dropNumbers(of: column)
    }
    places.deallocate()
    keys.deallocate()
    forms.deallocate()
    numbers.deallocate()
    isHeldAsNumbers.deallocate()
  }

  /// Makes room for a first column of numbers; later ones get the same.
  func reserveNumbers(rows: Int) {
    if numberCapacity == Int.max { numberCapacity = rows + rows / 16 + 64 }
  }

  func growNumbers(rows: Int) {
    numberCapacity = rows + rows / 2
    for column in 0..<columnCount where isHeldAsNumbers[column] {
      numbers[column].grow(to: numberCapacity, rows: rows)
    }
  }

  func hold(_ column: Int, as held: NumberColumn, _ facts: ColumnFacts) {
    (numbers + column).initialize(to: held)
    (isHeldAsNumbers[column], numberFacts[column], forms[column]) = (true, facts, .numbers)
  }

  func dropNumbers(of column: Int, givesPagesBack: Bool = false) {
    guard isHeldAsNumbers[column] else { return }
    numbers[column].deallocate(pagesOfRows: givesPagesBack ? rows : 0)
    (numbers + column).deinitialize(count: 1)
    isHeldAsNumbers[column] = false
  }

  private func beginNumbers(as earlier: ScannedChunk) {
    for column in 0..<columnCount where earlier.isHeldAsNumbers[column] && !needsTexts[column] {
      let bytesPerRow = max(1, (earlier.end - earlier.start) / max(1, earlier.rows))
      reserveNumbers(rows: (border - start) / bytesPerRow)
      dictionaries[column].deallocate()
      let facts = ColumnFacts(markerCount: earlier.numberFacts[column].markers.count)
      let isForced = earlier.numbers[column].isForcedInteger
      hold(column, as: NumberColumn(capacity: numberCapacity, facts: facts, isForcedInteger: isForced), facts)
    }
  }

  /// The facts about the column, for one that is held as numbers.
  func factsOfNumbers(_ column: Int) -> ColumnFacts {
    var facts = numberFacts[column]
    numbers[column].complete(&facts)
    return facts
  }

  func dropKeys(of column: Int) {
    keys[column]?.deallocate()
    keys[column] = nil
  }

  /// Calls `body` with every text of a column, its key and how often it stands there, in the order of first appearance.
  @inline(__always)
  func forEachKey(of column: Int, base: UnsafePointer<UInt8>, _ body: (UInt64, FieldText, UInt32) -> Void) {
    if let entries = entries[column] {
      for code in entries.texts.indices {
        body(entries.keys[code], FieldText(packed: entries.texts[code]), entries.weights[code])
      }
    } else if let places = places[column] {
      for row in 0..<rows {
        let text = FieldText(packed: places[row])
        body(keys[column]?[row] ?? textKey(base + text.offset, text.count, isEscaped: text.isEscaped), text, 1)
      }
    }
  }

  /// The distinct texts of a column by code, how often each stands in the chunk, and its key.
  struct Entries {
    var texts: [UInt64]
    var weights: [UInt32]
    var keys: [UInt64]
  }

  /// By column; nil where the places of the texts are held. Empty until `finish`.
  private(set) var entries: [Entries?] = []

  /// Replaces the hash tables by what is needed from them later.
  func finish() {
    entries = (0..<columnCount).map { column in
      guard forms[column] == .codes else { return nil }
      let dictionary = dictionaries[column]
      let (weights, keys) = dictionary.weightsAndKeys()
      return Entries(texts: weights.indices.map { dictionary.text($0).packed }, weights: weights, keys: keys)
    }
    freeDictionaries()
  }

  private func freeDictionaries() {
    guard !isFreed else { return }
    isFreed = true
    for column in 0..<columnCount where forms[column] == .codes { dictionaries[column].deallocate() }
    dictionaries.deallocate()
  }

  /// Calls `body` with every text of a column and how often it stands there, in the order of first appearance.
  func forEachText(of column: Int, _ body: (FieldText, UInt32) -> Void) {
    if let entries = entries[column] {
      for code in entries.texts.indices { body(FieldText(packed: entries.texts[code]), entries.weights[code]) }
    } else if let places = places[column] {
      for row in 0..<rows { body(FieldText(packed: places[row]), 1) }
    }
  }
}
