import Foundation
import MynahTables
import Testing

@testable import MynahDatasets

@Suite struct DatasetLocatorTests {
  /// The order of places, without touching the file system.
  @Test func placesInOrder() {
    #expect(
      DatasetLocator.candidates(
        for: "data/a.csv", relativeTo: "Experiments", environment: ["MYNAH_DATASETS": "/srv/tables"])
        == [
          "data/a.csv", "Experiments/data/a.csv", "Datasets/a.csv", "/srv/tables/data/a.csv", "/srv/tables/a.csv",
        ])
    #expect(
      DatasetLocator.candidates(for: "Datasets/a.csv", relativeTo: "/repo/Experiments/", environment: [:])
        == ["Datasets/a.csv", "/repo/Experiments/Datasets/a.csv", "/repo/Datasets/a.csv"])
    #expect(
      DatasetLocator.candidates(for: "a.csv", relativeTo: ".", environment: [:])
        == ["a.csv", "../a.csv", "Datasets/a.csv", "../Datasets/a.csv"])
    #expect(
      DatasetLocator.candidates(for: "/data/a.csv", relativeTo: nil, environment: ["MYNAH_DATASETS": "t/"])
        == ["/data/a.csv", "Datasets/a.csv", "t/a.csv"])
  }

  @Test func findsWhatIsThere() throws {
    let folder = try TemporaryFolder()
    try folder.write("Experiments/beside.csv")
    try folder.write("Datasets/embedded.csv")
    try folder.write("shared/adult_train.csv")
    let experiments = folder.path + "/Experiments"
    let environment = ["MYNAH_DATASETS": folder.path + "/shared"]
    func resolve(_ path: String) throws -> String {
      try DatasetLocator.resolve(path, relativeTo: experiments, environment: environment)
    }
    #expect(try resolve("beside.csv") == experiments + "/beside.csv")
    #expect(try resolve("Datasets/embedded.csv") == folder.path + "/Datasets/embedded.csv")
    #expect(try resolve("Datasets/adult_train.csv") == folder.path + "/shared/adult_train.csv")
    #expect(try resolve(folder.path + "/shared/adult_train.csv") == folder.path + "/shared/adult_train.csv")
    #expect(try resolve("-") == "-")
  }

  @Test func saysWhereItLooked() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: TableError.self) {
      try DatasetLocator.resolve("no/adult_test.csv", relativeTo: folder.path, environment: [:])
    }
    let shown = try #require(error)
    #expect(shown.reason == .noSuchFile)
    #expect(shown.description.hasPrefix("no/adult_test.csv: no such file; looked for no/adult_test.csv, "))
    #expect(shown.description.contains("MYNAH_DATASETS, which can name a folder of tables, is not set"))
    #expect(shown.description.contains("Datasets/README.md says how to get Adult"))
    #expect(!shown.description.contains("\n"))
  }

  @Test func aFolderIsNotATable() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: TableError.self) { try DatasetLocator.resolve(folder.path, environment: [:]) }
    #expect(error?.description == folder.path + ": is a folder, not a table; name a CSV file")
    #expect(throws: TableError("the path of a table is empty", reason: .noSuchFile)) {
      try DatasetLocator.resolve("")
    }
  }
}

/// A folder of its own for one test, removed with it.
private final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/mynah-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("a\n1\n".utf8).write(to: file)
  }
}
