import MynahRandomness
import MynahTables

/// What resamplers are tried on.
enum ResamplerTables {
  /// 60 rows of "no" and 24 of "yes", which overlap; three numbers.
  static func numbers() throws -> Table {
    var random = RandomSource(seed: 9)
    let labels = (0..<84).map { Int32($0 % 7 < 2 ? 1 : 0) }
    let columns = (0..<3).map { j in
      Column.continuous(labels.map { Double($0) * (j == 0 ? 1.5 : 0.5) + random.normal() }, nil)
    }
    return try table(columns, .categorical(codes: labels, levels: ["no", "yes"], nil))
  }

  static func broken() throws -> [(name: String, table: Table)] {
    let numbers = [Column.continuous((0..<20).map(Double.init), nil)]
    let label = Column.categorical(codes: (0..<20).map { $0 % 2 }, levels: ["no", "yes"], nil)
    var gaps = Validity(count: 20)
    gaps[3] = false
    let gappy = Column.categorical(
      codes: (0..<20).map { $0 == 3 ? -1 : $0 % 2 }, levels: ["no", "yes"], gaps)
    let single = Column.categorical(codes: Array(repeating: 0, count: 20), levels: ["no", "yes"], nil)
    return [
      ("of one class", try table(numbers, single)), ("whose target has missing values", try table(numbers, gappy)),
      ("without rows", try table(numbers, label).gathering([])),
    ]
  }

  private static func table(_ numbers: [Column], _ label: Column) throws -> Table {
    let names = (1...numbers.count).map { ColumnSchema(name: "x\($0)", kind: .continuous) }
    return try Table(
      schema: Schema(names + [ColumnSchema(name: "class", kind: .categorical)]), columns: numbers + [label])
  }
}
