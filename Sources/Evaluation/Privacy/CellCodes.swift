import MynahParallelism
import MynahTables

/// The cells of all tables as codes, the tables one after another: within a column, equal codes mean equal cells.
struct CellCodes {
  /// By column; −1 where a value is missing.
  let columns: [[Int32]]
  /// Codes of a column are below this.
  let cardinalities: [Int]
  /// The rows of each table.
  let train: Range<Int>
  let synthetic: Range<Int>
  /// Empty where there is no holdout.
  let holdout: Range<Int>

  init(_ tables: PrivacyTables) {
    let coded = parallelMap(tables.names.count) { j in
      Self.codes(of: [tables.train[j], tables.synthetic[j]] + (tables.holdout.map { [$0[j]] } ?? []))
    }
    columns = coded.map(\.codes)
    cardinalities = coded.map(\.cardinality)
    train = 0..<tables.trainRows
    synthetic = train.upperBound..<train.upperBound + tables.syntheticRows
    holdout = synthetic.upperBound..<synthetic.upperBound + tables.holdoutRows
  }

  /// Other columns for the same rows.
  init(_ other: CellCodes, columns: [(codes: [Int32], cardinality: Int)]) {
    self.columns = columns.map(\.codes)
    cardinalities = columns.map(\.cardinality)
    (train, synthetic, holdout) = (other.train, other.synthetic, other.holdout)
  }

  /// The cells of columns of one kind, one after another. Levels are matched by name; 0 and −0 are the same number.
  static func codes(of columns: [Column]) -> (codes: [Int32], cardinality: Int) {
    var codes: [Int32] = []
    codes.reserveCapacity(columns.reduce(0) { $0 + $1.count })
    var levels: [String: Int32] = [:]
    var numbers: [UInt64: Int32] = [:]
    let isWhole = columns.allSatisfy { $0.wholeNumbers != nil }
    for column in columns {
      if isWhole, let values = column.wholeNumbers {
        // Beyond 2⁵³ different whole numbers are the same double.
        let validity = column.validity
        for (row, value) in values.enumerated() {
          codes.append(validity?[row] ?? true ? numbers.number(UInt64(bitPattern: value)) : -1)
        }
      } else if case .categorical(let own, let names, let validity) = column {
        let shared = names.map { levels.number($0) }
        for (row, code) in own.enumerated() {
          let isThere = UInt32(bitPattern: code) < UInt32(shared.count) && validity?[row] ?? true
          codes.append(isThere ? shared[Int(code)] : -1)
        }
      } else if let values = column.numbersWithGaps() {
        for value in values {
          guard !value.isNaN else {
            codes.append(-1)
            continue
          }
          codes.append(numbers.number((value + 0).bitPattern))
        }
      }
    }
    return (codes, max(levels.count, numbers.count))
  }

  /// A number for every row: equal for rows that agree in all of `chosen`, and below `count`.
  func classes(_ chosen: [Int], rows: Range<Int>? = nil) -> (ids: [Int32], count: Int) {
    let rows = rows ?? 0..<(columns.first?.count ?? 0)
    var ids = [Int32](repeating: 0, count: rows.count)
    var count = rows.isEmpty ? 0 : 1
    for column in chosen {
      let cells = columns[column]
      let width = cardinalities[column] + 1
      var known = CodePairs(count, width, rows: rows.count)
      for (place, row) in rows.enumerated() { ids[place] = known.id(Int(ids[place]), Int(cells[row]) + 1) }
      count = known.count
    }
    return (ids, count)
  }

  /// Whether every cell of the row is missing.
  func isBlank(_ row: Int) -> Bool { columns.allSatisfy { $0[row] < 0 } }
}

/// Numbers pairs of codes in the order in which they are first seen: by a table where that is small, else by hashing.
struct CodePairs {
  private let width: Int
  private var direct: [Int32]
  private var hashed: [Int: Int32] = [:]
  private(set) var count = 0

  init(_ first: Int, _ second: Int, rows: Int) {
    width = second
    let (size, isTooLarge) = first.multipliedReportingOverflow(by: second)
    direct = isTooLarge || size > max(4096, 4 * rows) ? [] : [Int32](repeating: -1, count: size)
  }

  mutating func id(_ first: Int, _ second: Int) -> Int32 {
    let key = first * width + second
    if direct.isEmpty {
      let known = hashed.number(key)
      count = hashed.count
      return known
    }
    if direct[key] >= 0 { return direct[key] }
    direct[key] = Int32(count)
    count += 1
    return direct[key]
  }
}

extension Dictionary where Value == Int32 {
  /// The number of `key`: the next one where it has none yet.
  fileprivate mutating func number(_ key: Key) -> Int32 {
    if let known = self[key] { return known }
    let next = Int32(count)
    self[key] = next
    return next
  }
}

extension Column {
  fileprivate var wholeNumbers: [Int64]? {
    switch self {
    case .integer(let values, _), .timestamp(let values, _): values
    case .continuous, .categorical: nil
    }
  }
}
