import MynahTables
import Testing

@testable import MynahClassifiers

@Suite struct FeatureDesignTests {
  private static func table(_ columns: [(String, ColumnKind, Column)]) throws -> Table {
    try Table(schema: Schema(columns.map { ColumnSchema(name: $0.0, kind: $0.1) }), columns: columns.map { $0.2 })
  }

  private static func levels(_ texts: [String?]) -> Column {
    var levels: [String] = []
    let codes = texts.map { text -> Int32 in
      guard let text else { return -1 }
      if let place = levels.firstIndex(of: text) { return Int32(place) }
      levels.append(text)
      return Int32(levels.count - 1)
    }
    return .categorical(
      codes: codes, levels: levels, texts.contains { $0 == nil } ? Validity(texts.map { $0 != nil }) : nil)
  }

  private static func dense(_ matrix: DesignMatrix) -> [[Float?]] {
    (0..<matrix.rowCount).map { row in
      var cells = [Float?](repeating: nil, count: matrix.columnCount)
      for place in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
        cells[Int(matrix.indices[place])] = matrix.values[place]
      }
      return cells
    }
  }

  private static func training() throws -> Table {
    try table([
      ("key", .identifier, .integer([1, 2, 3, 4], nil)),
      ("x", .continuous, .continuous([0, 2, 0, 4], Validity([true, true, false, true]))),
      ("when", .datetime, .timestamp([1_700_000_001, 1_700_000_000, 1_700_000_001, 1_700_000_000], nil)),
      ("colour", .categorical, levels(["red", nil, "blue", "blue"])),
      ("y", .boolean, levels(["no", "no", "yes", "no"])),
    ])
  }

  @Test func treesSeeNumbersAsTheyAre() throws {
    let table = try Self.training()
    let design = try FeatureDesign(fittedTo: table, target: "y")
    #expect(design.names == ["x", "when", "colour=blue", "colour=red", "colour is missing"])
    let matrix = try design.matrix(of: table, as: .trees)
    #expect(
      Self.dense(matrix) == [[0, 1, nil, 1, nil], [2, 0, nil, nil, 1], [nil, 1, 1, nil, nil], [4, 0, 1, nil, nil]])
  }

  @Test func linearModelsSeeThemStandardised() throws {
    let table = try Self.training()
    let matrix = try FeatureDesign(fittedTo: table, target: "y").matrix(of: table, as: .linear)
    let x = Self.dense(matrix).map { $0[0] }
    let high = Float(2 / (8.0 / 3).squareRoot())
    #expect(x == [-high, 0, nil, high])
    #expect(Self.dense(matrix).map { $0[1] } == [1, -1, 1, -1])
  }

  @Test func otherTablesAreReadByNameAndLevel() throws {
    let design = try FeatureDesign(fittedTo: try Self.training(), target: "y")
    let other = try Self.table([
      ("colour", .categorical, Self.levels(["green", "red", nil])),
      ("when", .datetime, .timestamp([1_700_000_009, 0, 0], nil)),
      ("x", .integer, .integer([7, 8, 9], nil)),
    ])
    let rows = Self.dense(try design.matrix(of: other, as: .trees))
    #expect(rows[0] == [7, 9, nil, nil, nil])
    #expect(rows[1][3] == 1 && rows[2][4] == 1)
    let without = try Self.table([("x", .continuous, .continuous([1], nil))])
    #expect(throws: TableError("there is no column 'when', which the training table has")) {
      try design.matrix(of: without, as: .trees)
    }
    let turned = try Self.table([("x", .categorical, Self.levels(["a"]))])
    #expect(throws: TableError("column 'x' holds levels here and numbers in the training table")) {
      try design.matrix(of: turned, as: .trees)
    }
  }

  @Test func aHundredLevelsHaveAFeature() throws {
    // Level k occurs k + 1 times, so the first twenty of 120 are the rarest.
    let texts = (0..<120).flatMap { level in Array(repeating: "l\(level)", count: level + 1) }
    let table = try Self.table([
      ("c", .categorical, Self.levels(texts)), ("y", .boolean, Self.levels(texts.map { _ in "a" })),
    ])
    let design = try FeatureDesign(fittedTo: table, target: "y")
    #expect(design.columnCount == 100 && !design.names.contains("c=l19") && design.names.contains("c=l20"))
    let matrix = try design.matrix(of: table, as: .linear)
    #expect(matrix.values.count == texts.count - 20 * 21 / 2)
  }

  @Test func constantsAndUndefinedNumbersDoNoHarm() throws {
    let table = try Self.table([
      ("c", .continuous, .continuous([0.1, 0.1, 0.1], nil)),
      ("n", .continuous, .continuous([.nan, 1, .infinity], nil)),
      ("y", .boolean, Self.levels(["a", "b", "a"])),
    ])
    let design = try FeatureDesign(fittedTo: table, target: "y")
    let linear = Self.dense(try design.matrix(of: table, as: .linear))
    #expect(linear.allSatisfy { abs($0[0] ?? 0) < 1e-6 })
    #expect(linear.map { $0[1] } == [nil, 0, nil])
  }

  @Test func aTableOfTheTargetAloneIsAnError() throws {
    let table = try Self.table([("y", .boolean, Self.levels(["a", "b"])), ("id", .identifier, .integer([1, 2], nil))])
    #expect(throws: TableError.self) { try FeatureDesign(fittedTo: table, target: "y") }
  }

  @Test func classesAreLevelsOrFewWholeNumbers() throws {
    let table = try Self.table([
      ("n", .integer, .integer([3, 1, 3, 7], Validity([true, true, true, false]))),
      ("x", .continuous, .continuous([1, 2, 3, 4], nil)), ("c", .categorical, Self.levels(["b", "a", nil, "b"])),
    ])
    let numbers = try ClassLabels(of: "n", in: table)
    #expect(numbers.names == ["1", "3"] && numbers.codes == [1, 0, 1, -1] && numbers.counts == [1, 2])
    #expect(try ClassLabels(of: "c", in: table).codes == [0, 1, -1, 0])
    #expect(throws: TableError("column 'x' is continuous; a target of classes is categorical")) {
      try ClassLabels(of: "x", in: table)
    }
    #expect(throws: TableError("there is no column 'nn'; did you mean 'n'?")) { try ClassLabels(of: "nn", in: table) }
  }
}
