import MynahTables

/// A column read as levels; the values of whole numbers are their texts, ascending.
struct LevelColumn {
  let codes: [Int32]
  let levels: [String]
  let validity: Validity?
  let isInteger: Bool

  var missingCount: Int { validity?.missingCount ?? 0 }

  init(_ column: Column) throws(TableError) {
    validity = column.validity
    try checkLength(of: validity, rows: column.count)
    switch column {
    case .categorical(let codes, let levels, _):
      (self.codes, self.levels, isInteger) = (codes, levels, false)
    case .integer(let numbers, let validity):
      let values = Self.values(of: numbers, validity)
      let places = Dictionary(zip(values, Int32(0)...), uniquingKeysWith: { first, _ in first })
      // What stands in place of a missing value may be a value too; its code is not looked at.
      codes = numbers.map { places[$0] ?? -1 }
      (levels, isInteger) = (values.map(String.init), true)
    case .continuous, .timestamp:
      throw TableError("holds numbers, one-hot encoding takes levels")
    }
  }

  private static func values(of numbers: [Int64], _ validity: Validity?) -> [Int64] {
    var seen: Set<Int64> = []
    for row in numbers.indices where validity.map({ $0[row] }) ?? true { seen.insert(numbers[row]) }
    return seen.sorted()
  }
}
