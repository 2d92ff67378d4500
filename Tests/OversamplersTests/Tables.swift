import MynahRandomness
import MynahTables

/// Small made-up tables.
enum Tables {
  /// Three numbers, classes a, b, c … of so many rows, which overlap.
  static func blobs(_ sizes: [Int], seed: UInt64 = 1) throws -> Table {
    var random = RandomSource(seed: seed)
    var (values, codes): ([[Double]], [Int32]) = ([[], [], []], [])
    for (label, size) in sizes.enumerated() {
      for _ in 0..<size {
        for j in 0..<3 { values[j].append(random.normal() + Double(label) * 1.5) }
        codes.append(Int32(label))
      }
    }
    let order = random.permutation(codes.count)
    let levels = ["a", "b", "c", "d", "e"].prefix(sizes.count)
    return try Table(
      schema: Schema(
        ["x1", "x2", "x3"].map { ColumnSchema(name: $0, kind: .continuous) }
          + [ColumnSchema(name: "y", kind: .categorical)]),
      columns: values.map { .continuous($0, nil) } + [.categorical(codes: codes, levels: Array(levels), nil)]
    ).gathering(order)
  }

  /// A number with missing values, a whole number, a time, a city and its country, an identifier; classes no and yes.
  static func mixed(_ no: Int, _ yes: Int) throws -> Table {
    var random = RandomSource(seed: 2)
    let count = no + yes
    let labels = (0..<count).map { Int32($0 < no ? 0 : 1) }
    let cities = (0..<count).map { _ in Int32(random.index(below: 6)) }
    let amounts = labels.map { random.normal() + Double($0) }
    return try Table(
      schema: Schema([
        ColumnSchema(name: "amount", kind: .continuous), ColumnSchema(name: "visits", kind: .integer),
        ColumnSchema(name: "day", kind: .datetime), ColumnSchema(name: "city", kind: .categorical),
        ColumnSchema(name: "country", kind: .categorical), ColumnSchema(name: "id", kind: .identifier),
        ColumnSchema(name: "y", kind: .boolean),
      ]),
      columns: [
        .continuous(amounts, Validity((0..<count).map { $0 % 7 != 0 })),
        .integer(labels.map { Int64($0) * 3 + Int64(random.index(below: 9)) }, nil),
        .timestamp(labels.map { _ in 1_700_000_000 + Int64(random.index(below: 1_000_000)) }, nil),
        .categorical(codes: cities, levels: ["Bonn", "Köln", "Lyon", "Nice", "Rome", "Bari"], nil),
        .categorical(codes: cities.map { $0 / 2 }, levels: ["DE", "FR", "IT"], nil),
        .categorical(codes: Array(0..<Int32(count)), levels: (0..<count).map { "K\($0)" }, nil),
        .categorical(codes: labels, levels: ["no", "yes"], nil),
      ])
  }
}

extension Table {
  func number(_ name: String, _ row: Int) -> Double { self[name]?.number(at: row) ?? .nan }

  func text(_ name: String, _ row: Int) -> String? {
    guard case .categorical(let codes, let levels, let validity) = self[name], validity?[row] ?? true else {
      return nil
    }
    return levels[Int(codes[row])]
  }

  func label(_ row: Int) -> String? { text("y", row) }
}
