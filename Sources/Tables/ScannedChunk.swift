/// The fields of the records that begin in one stretch of the file, column by column.
///
/// A column whose texts repeat is held as 16-bit codes into a dictionary of the chunk, so that each distinct text is
/// looked at once; a column whose texts hardly repeat is held as the places of its texts.
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

  let start: Int
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
  /// Packed `FieldText` of every row for the columns that are not dictionary-encoded.
  let places: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  /// Beside `places` the key of every text, kept while distinct texts are counted: the file is not touched for that.
  let keys: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>

  init(start: Int, border: Int, columnCount: Int) {
    self.start = start
    self.columnCount = columnCount
    end = start
    // A record of C fields takes at least C bytes.
    rowCapacity = max(0, border - start - 1) / columnCount + 1
    codes = .allocate(capacity: rowCapacity * columnCount)
    dictionaries = .allocate(capacity: columnCount)
    places = .allocate(capacity: columnCount)
    for column in 0..<columnCount { (dictionaries + column).initialize(to: TextDictionary()) }
    places.initialize(repeating: nil, count: columnCount)
    keys = .allocate(capacity: columnCount)
    keys.initialize(repeating: nil, count: columnCount)
  }

  deinit {
    freeDictionaries()
    codes.deallocate()
    for column in 0..<columnCount {
      places[column]?.deallocate()
      dropKeys(of: column)
    }
    places.deallocate()
    keys.deallocate()
  }

  func dropKeys(of column: Int) {
    keys[column]?.deallocate()
    keys[column] = nil
  }

  /// Calls `body` with every text of a column, its key and how often it stands there, in the order of first appearance.
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
      guard places[column] == nil else { return nil }
      let dictionary = dictionaries[column]
      let (weights, keys) = dictionary.weightsAndKeys()
      return Entries(texts: weights.indices.map { dictionary.text($0).packed }, weights: weights, keys: keys)
    }
    freeDictionaries()
  }

  private func freeDictionaries() {
    guard !isFreed else { return }
    isFreed = true
    for column in 0..<columnCount where places[column] == nil { dictionaries[column].deallocate() }
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

  /// Gives up a dictionary whose texts hardly repeat. `row` is the row being read, not yet stored.
  func switchToPlaces(_ column: Int, before row: Int) {
    let stored = UnsafeMutablePointer<UInt64>.allocate(capacity: rowCapacity)
    let storedKeys = UnsafeMutablePointer<UInt64>.allocate(capacity: rowCapacity)
    let own = codes + column * rowCapacity
    let keysByCode = dictionaries[column].weightsAndKeys().keys
    for earlier in 0..<row {
      let code = Int(own[earlier])
      stored[earlier] = dictionaries[column].text(code).packed
      storedKeys[earlier] = keysByCode[code]
    }
    dictionaries[column].deallocate()
    places[column] = stored
    keys[column] = storedKeys
  }
}
