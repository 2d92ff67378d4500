import Foundation
import MynahTables

/// The tables that Golden/make_sdmetrics.py builds, to the last bit.
enum GoldenTables {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  /// One number below 2³² for each row.
  static func hashes(_ rows: Range<Int>, _ column: Int) -> [UInt64] {
    rows.map { row in
      var hash = (UInt64(row) * 2_654_435_761 + UInt64(column) * 40503 + 12345) & 0xFFFF_FFFF
      for _ in 0..<2 { hash = ((hash ^ hash >> 16) * 0x45D9F3B) & 0xFFFF_FFFF }
      return hash ^ hash >> 16
    }
  }

  static func shuffled(_ table: Table) throws -> Table {
    let rows = table.rowCount
    let columns = table.columns.enumerated().map { j, column in
      column.gathering((0..<rows).map { ($0 + 7919 * j) % rows })
    }
    return try Table(schema: table.schema, columns: columns)
  }

  static func noised(_ table: Table) throws -> Table {
    let columns = table.columns.enumerated().map { j, column in
      let hash = hashes(0..<table.rowCount, j)
      if case .categorical(let codes, let levels, let validity) = column {
        return noised(codes, levels, validity, hash)
      }
      return noised(column, hash)
    }
    return try Table(schema: table.schema, columns: columns)
  }

  private static func noised(_ codes: [Int32], _ levels: [String], _ validity: Validity?, _ hash: [UInt64]) -> Column {
    let values: [String?] = codes.indices.map { row in
      if hash[row] % 89 == 0 { return nil }
      if hash[row] % 97 == 0 { return "never seen" }
      let source = hash[row] % 10 < 3 ? Int(hash[row] >> 8) % codes.count : row
      return validity.map { $0[source] } ?? true ? levels[Int(codes[source])] : nil
    }
    // Levels begin with the new one, so that their order is not that of the real column.
    return categories(["never seen"] + levels.reversed(), values)
  }

  private static func noised(_ column: Column, _ hash: [UInt64]) -> Column {
    let values = hash.indices.map { column.number(at: $0) }
    let present = values.compactMap { $0 }
    let amplitude = ((present.max() ?? 0) - (present.min() ?? 0)) / 16
    return numbers(
      zip(values, hash).map { value, hash in
        hash % 17 == 0 ? nil : value.map { $0 + (Double(hash % 2001) - 1000) / 1000 * amplitude }
      })
  }

  static func small(firstRow: Int, scale: Double) throws -> Table {
    let rows = 200
    let h = (0..<8).map { hashes(firstRow..<firstRow + rows, $0) }
    let isReal = scale == 1
    let amount = h[0].map { Double($0 % 10000) / 100 * scale }
    let colours = isReal ? ["red", "green", "blue", "mauve"] : ["mauve", "teal", "red", "green"]
    let withGaps: [Double?] = (0..<rows).map { i in
      if h[7][i] % 29 == 1 { return isReal ? 0.1 + 0.2 : 0.3 }
      return h[7][i] % 13 == 0 ? nil : amount[i]
    }
    let colour: [String?] = (0..<rows).map { i in
      if h[7][i] % 9 == 0 { return nil }
      return colours[Int(h[1][i] % 4 == 0 ? h[2][i] % 4 : UInt64(amount[i] / 30) % 4)]
    }
    let flag = (0..<rows).map { i -> String? in (amount[i] > 40) != (h[3][i] % 7 == 0) ? "true" : "false" }
    let seconds = (0..<rows).map { 1_600_000_000 + 86_400 * (Int64(amount[$0]) + Int64(h[4][$0] % 60)) }
    let dated = Validity(h[5].map { $0 % 11 != 0 })
    let columns: [(String, ColumnKind, Column)] = [
      ("amount", .continuous, numbers(withGaps)),
      ("count", .integer, .integer((0..<rows).map { Int64(amount[$0] / 5) + Int64(h[6][$0] % 3) }, nil)),
      ("flat", .continuous, numbers(Array(repeating: 3.5, count: rows))),
      ("colour", .categorical, categories(colours.sorted(), colour)),
      ("flag", .boolean, categories(isReal ? ["false", "true"] : ["true", "false"], flag)),
      ("when", .datetime, .timestamp(seconds, dated)),
      ("blank", .continuous, numbers(Array(repeating: nil, count: rows))),
      ("void", .categorical, categories([], Array(repeating: nil, count: rows))),
      ("same", .categorical, categories(["one"], Array(repeating: "one", count: rows))),
    ]
    return try table(columns)
  }

  static func table(_ columns: [(String, ColumnKind, Column)]) throws -> Table {
    try Table(schema: Schema(columns.map { ColumnSchema(name: $0.0, kind: $0.1) }), columns: columns.map(\.2))
  }

  static func numbers(_ values: [Double?]) -> Column {
    .continuous(values.map { $0 ?? 0 }, values.contains(nil) ? Validity(values.map { $0 != nil }) : nil)
  }

  static func categories(_ levels: [String], _ values: [String?]) -> Column {
    let codes = Dictionary(uniqueKeysWithValues: zip(levels, Int32(0)...))
    return .categorical(
      codes: values.map { $0.flatMap { codes[$0] } ?? -1 }, levels: levels,
      values.contains(nil) ? Validity(values.map { $0 != nil }) : nil)
  }
}

/// The tables of the published benchmark, which are not part of this repository.
enum RealTables {
  static let discrete: [String: Set<String>] = [
    "adult": [
      "workclass", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex",
      "native-country", "income",
    ],
    "default": [
      "SEX", "EDUCATION", "MARRIAGE", "PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6",
      "default payment next month",
    ],
    "shoppers": [
      "Month", "OperatingSystems", "Browser", "Region", "TrafficType", "VisitorType", "Weekend", "Revenue",
    ],
  ]

  /// Reads a table with the kinds that make_sdmetrics.py gives its columns.
  static func read(_ name: String, _ path: String) throws -> Table {
    let names = try CSVReader().profiles(path: path).columns.map(\.schema.name)
    let kinds = names.map { column in
      (column, ColumnOverride(kind: discrete[name, default: []].contains(column) ? .categorical : .continuous))
    }
    return try CSVReader(.init(overrides: Dictionary(uniqueKeysWithValues: kinds))).read(path: path).table
  }

  /// What CTGAN made of the table: Golden/make_peer.py says how.
  static func peer(_ name: String) throws -> Table {
    try read(name, GoldenTables.folder.appending(path: "peer_\(name).csv.gz").path)
  }
}
