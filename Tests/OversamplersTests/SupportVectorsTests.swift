import Foundation
import MynahTestSupport
import Testing

@testable import MynahOversamplers

@Suite struct SupportVectorsTests {
  private struct Golden: Decodable {
    struct Table: Decodable {
      let numbers: [[Double]]
      let labels: [Int]
      let support: [Int]
    }
    let tool: String
    let tables: [String: Table]
    /// Every `step`-th row of mammography.csv.
    let step: Int
    let mammography: [Int]
  }

  private func golden() throws -> Golden {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    return try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: folder.appending(path: "support-vectors.json")))
  }

  @Test(arguments: ["two classes", "three classes", "zeros and constants", "first class last"])
  func agreesWithScikitLearn(name: String) throws {
    let table = try #require(try golden().tables[name])
    let found = try supportVectors(
      table.numbers.flatMap { $0 }, labels: table.labels, dimensions: table.numbers[0].count)
    #expect(found == table.support)
    #expect(found.count < table.labels.count)
  }

  @Test(.enabled(if: realTable("mammography.csv") != nil, Comment(rawValue: needsRealTables)))
  func agreesWithScikitLearnOnMammography() throws {
    let golden = try golden()
    let text = try String(contentsOfFile: #require(realTable("mammography.csv")), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).dropFirst()
    let rows = lines.enumerated().filter { $0.offset % golden.step == 0 }.map { line in
      line.element.split(separator: ",").compactMap { Double($0.trimmingCharacters(in: ["'", " "])) }
    }
    let found = try supportVectors(
      rows.flatMap { $0.dropLast() }, labels: rows.map { Int($0[6]) }, dimensions: 6)
    #expect(found == golden.mammography)
  }

  @Test func saysWhatIsWrong() {
    #expect(throws: ResamplingError("support vectors need rows of at least two classes, there are rows of 1")) {
      try supportVectors([1, 2, 3], labels: [4, 4, 4], dimensions: 1)
    }
    #expect(throws: ResamplingError.self) { try supportVectors([1, .nan], labels: [0, 1], dimensions: 1) }
    #expect(throws: ResamplingError.self) { try supportVectors([], labels: [], dimensions: 2) }
  }
}
