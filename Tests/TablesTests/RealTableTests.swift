import Foundation
import MynahTables
import Testing

/// The tables of the literature, where they are at hand: in `$MYNAH_DATASETS` or in `../shared/data`.
@Suite struct RealTableTests {
  private func path(_ name: String) -> String? {
    let package = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../").standardized.path
    let folders = [ProcessInfo.processInfo.environment["MYNAH_DATASETS"], package + "/../shared/data"]
    for folder in folders.compactMap({ $0 }) where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    print("skipped: \(name) is neither in $MYNAH_DATASETS nor in ../shared/data")
    return nil
  }

  @Test func adult() throws {
    guard let path = path("adult_test.csv") else { return }
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
  @Test func creditDefault() throws {
    guard let path = path("default_test.csv") else { return }
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
