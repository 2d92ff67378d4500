import Foundation
import MynahRandomness
import MynahTables
import MynahTestSupport

/// What imbalanced-learn 0.14.2 finds; `Golden/make_imblearn.py` writes it.
struct Imblearn: Decodable {
  struct Table: Decodable {
    var target: String
    var drop: [String]?
    var numbers: [String]?
    /// The file's rows that were used.
    var rows: [Int]
    var minority: String
    var counts: [String: Int]
    var smoteDistances: [[Double]]?
    var danger: [Int]?
    var noise: [Int]?
    var adasynNumbers: [Int]?
    var ennRemoved: [Int]?
    var ennModeRemoved: [Int]?
    var tomekRemoved: [Int]?
    var smoteCounts: [String: Int]?
    var halfCounts: [String: Int]?
    /// Of each feature the least and the greatest value of SMOTE's new rows.
    var ranges: [[Double]]?
    var medianStd: Double?
    var smotencDistances: [[Double]]?
    var smotencCounts: [String: Int]?
    var vdmSquared: [[Double]]?
    var smotenCounts: [String: Int]?
  }

  static func table(_ name: String) throws -> Table {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/imblearn.json")
    let all = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Table.self, from: JSONSerialization.data(withJSONObject: all?[name] ?? [:]))
  }

  /// The rows of a real table that the golden values are of.
  static func rows(_ name: String, _ golden: Table) throws -> MynahTables.Table {
    let path = realTable(name) ?? name
    var overrides: [String: ColumnOverride] = [:]
    if let numbers = golden.numbers {
      for column in try CSVReader().read(path: path).table.schema.columns {
        overrides[column.name] = ColumnOverride(kind: numbers.contains(column.name) ? .continuous : .categorical)
      }
    }
    let table = try CSVReader(CSVReader.Options(overrides: overrides, target: golden.target)).read(path: path).table
    let kept = table.schema.columns.indices.filter { !(golden.drop ?? []).contains(table.schema.columns[$0].name) }
    return try MynahTables.Table(
      schema: Schema(kept.map { table.schema.columns[$0] }), columns: kept.map { table.columns[$0] }
    ).gathering(golden.rows)
  }
}

extension MynahTables.Table {
  /// Rows of each class of a categorical column.
  func classCounts(_ target: String) -> [String: Int] {
    guard case .categorical(let codes, let levels, _) = self[target] else { return [:] }
    return codes.reduce(into: [:]) { $0[levels[Int($1)], default: 0] += 1 }
  }

  func rows(of level: String, _ target: String) -> [Int] {
    guard case .categorical(let codes, let levels, _) = self[target] else { return [] }
    return codes.indices.filter { levels[Int(codes[$0])] == level }
  }
}
