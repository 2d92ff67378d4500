import Foundation
import MynahTables
import MynahTestSupport
import Testing

/// The tables of the literature, where they are at hand: in `$MYNAH_DATASETS` or in `../shared/data`.
@Suite struct RealTableTests {
  @Test(.enabled(if: realTable("adult_test.csv") != nil, Comment(rawValue: needsRealTables)))
  func adult() throws {
    let path = try #require(realTable("adult_test.csv"))
    let loaded = try CSVReader(.init(target: "income")).read(path: path)
    #expect(loaded.table.rowCount == 16_281)
    let kinds = Dictionary(uniqueKeysWithValues: loaded.profiles.map { ($0.name, $0.kind) })
    let integers = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"]
    for (name, kind) in kinds { #expect(kind == (integers.contains(name) ? .integer : .categorical), "\(name)") }
    #expect(loaded.profiles[1].missingCount == 963 && loaded.profiles[1].schema.missingMarker == "?")
    #expect(loaded.profiles.allSatisfy { $0.warnings.isEmpty })
    #expect(Data(loaded.table.csvBytes()) == FileManager.default.contents(atPath: path))
  }

  /// The codes that the field treats as categories.
  @Test(.enabled(if: realTable("default_test.csv") != nil, Comment(rawValue: needsRealTables)))
  func creditDefault() throws {
    let path = try #require(realTable("default_test.csv"))
    let loaded = try CSVReader(.init(target: "default payment next month")).read(path: path)
    let discrete = loaded.profiles.filter { $0.schema.isDiscrete }.map(\.name)
    #expect(
      discrete == [
        "SEX", "EDUCATION", "MARRIAGE", "PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6",
        "default payment next month",
      ])
    #expect(Data(loaded.table.csvBytes()) == FileManager.default.contents(atPath: path))
  }
}
