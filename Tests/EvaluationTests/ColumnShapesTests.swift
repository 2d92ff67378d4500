import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite("Column shapes")
struct ColumnShapesTests {
  private func table(_ columns: [(String, ColumnKind, Column)]) throws -> Table { try GoldenTables.table(columns) }
  private func numbers(_ values: [Double?]) -> Column { GoldenTables.numbers(values) }

  private func shape(_ real: Column, _ synthetic: Column) throws -> ColumnShape {
    let kind: ColumnKind = real.isDiscrete ? .categorical : .continuous
    return try ColumnShapes().report(table([("x", kind, synthetic)]), against: table([("x", kind, real)])).columns[0]
  }

  @Test("The Kolmogorov–Smirnov statistic of samples worked out by hand") func kolmogorovSmirnov() {
    // After 1 and 2 all of the first sample is passed and none of the second.
    #expect(MynahEvaluation.kolmogorovSmirnov(sorted: [1, 2], [3, 4, 5]) == 1)
    // Ties are passed together: F and G are 1/2 and 1/4 after 1, 1 and 3/4 after 2.
    #expect(MynahEvaluation.kolmogorovSmirnov(sorted: [1, 2], [1, 2, 2, 3]) == 0.25)
    #expect(MynahEvaluation.kolmogorovSmirnov(sorted: [5], [5]) == 0)
    // The greatest distance lies after the last value of the shorter sample: 1 against 1/4.
    #expect(MynahEvaluation.kolmogorovSmirnov(sorted: [1], [0, 2, 3, 4]) == 0.75)
  }

  @Test("Total variation of counts worked out by hand") func totalVariation() {
    #expect(MynahEvaluation.totalVariation([3, 1, 0], [1, 1, 2]) == 0.5)
    #expect(MynahEvaluation.totalVariation([1, 0], [0, 7]) == 1)
    #expect(MynahEvaluation.totalVariation([2, 4], [1, 2]) == 0)
  }

  @Test("Missing values are left out, on both sides") func missing() throws {
    let real = numbers([1, nil, 2, nil, 3, 4])
    #expect(try shape(real, numbers([4, 3, nil, 2, 1])).score == 1)
    let levels = GoldenTables.categories(["a", "b"], ["a", nil, "b", nil])
    #expect(try shape(levels, GoldenTables.categories(["b", "a"], ["a", "b"])).score == 1)
    // NaN without a validity bit is a missing value all the same.
    #expect(try shape(.continuous([1, .nan, 2], nil), numbers([1, 2])).score == 1)
  }

  @Test("Levels are matched by name, and a level never seen takes its share away") func levels() throws {
    let real = GoldenTables.categories(["a", "b"], ["a", "a", "b", "b"])
    let synthetic = GoldenTables.categories(["c", "b", "a"], ["a", "a", "b", "c"])
    #expect(try shape(real, synthetic).score == 0.75)
  }

  @Test("What arithmetic leaves behind in the last bits is no difference") func rounding() throws {
    #expect(try shape(numbers([0.1 + 0.2, -0.1 - 0.2]), numbers([0.3, -0.3])).score == 1)
    #expect(try shape(numbers([1e15, 1e300]), numbers([1e15 + 1, 1e300])).score == 0.5)
  }

  @Test("What cannot be computed says why") func reasons() throws {
    let empty = numbers([])
    #expect(try shape(empty, numbers([1])).reason == "the real column has no values")
    #expect(try shape(numbers([1]), numbers([nil])).reason == "the synthetic column has no values")
    let word = GoldenTables.categories(["a"], ["a"])
    #expect(try shape(numbers([1]), word).reason == "the real column is continuous, the synthetic one categorical")
    #expect(try shape(.integer([1, 2], nil), numbers([1, 2])).score == 1)
    #expect(try shape(numbers([.infinity, 1, -.infinity]), numbers([.infinity, 1, -.infinity])).score == 1)
    // A code outside its levels counts as missing.
    #expect(try shape(word, .categorical(codes: [0, 7, -5], levels: ["a"], nil)).score == 1)
  }

  @Test("A table that lacks columns is refused, with their names") func absentColumns() throws {
    let real = try table([("age", .continuous, numbers([1])), ("income", .continuous, numbers([1]))])
    let synthetic = try table([("agee", .continuous, numbers([1])), ("income", .continuous, numbers([1]))])
    let expected = TableError(
      "the synthetic table lacks the column 'age' of the real table; did you rename it 'agee'?")
    #expect(throws: expected) { try ColumnShapes().report(synthetic, against: real) }
    #expect(throws: expected) { try QualityReport(comparing: synthetic, with: real) }
    // The other way round there is one column too many, which nobody asks about.
    let short = try table([("income", .continuous, numbers([1]))])
    #expect(try ColumnShapes().report(real, against: short).columns.map(\.name) == ["income"])
  }

  @Test("Columns are found by name, whatever their order; identifiers are left out") func order() throws {
    let real = try table([
      ("id", .identifier, .integer([1, 2], nil)), ("x", .continuous, numbers([1, 2])),
      ("y", .continuous, numbers([5, 6])),
    ])
    let synthetic = try table([
      ("y", .continuous, numbers([5, 6])), ("id", .identifier, .integer([8, 9], nil)),
      ("x", .continuous, numbers([1, 2])),
    ])
    let report = try ColumnShapes().report(synthetic, against: real)
    #expect(report.columns.map(\.name) == ["x", "y"])
    #expect(report.score == 1)
  }

  @Test("As a metric: the mean, with the columns as details") func metric() throws {
    var random = RandomSource(seed: 1)
    let real = try table([("x", .continuous, numbers([1, 2])), ("y", .continuous, numbers([1, 2]))])
    let synthetic = try table([("x", .continuous, numbers([1, 2])), ("y", .continuous, numbers([3, 4]))])
    let score = try ColumnShapes().score(synthetic, against: RealData(train: real), using: &random)
    #expect(score == .value(0.5, details: ["x": 1, "y": 0]))
    let empty = try ColumnShapes().score(real.gathering([]), against: RealData(train: real), using: &random)
    #expect(empty == .notApplicable(reason: "no column has values in both tables that can be compared"))
  }
}
