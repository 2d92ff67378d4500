import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahSynthesizers

@Suite struct BootstrapTests {
  /// The table comes back from the file as it was, but for identifiers.
  @Test func theTableSurvivesTheFile() throws {
    let table = try ConformanceTables.mixed()
    var random = RandomSource(seed: 1)
    let model = try Bootstrap().fitted(to: table, using: &random, observer: SilentObserver())
    var archive = ModelArchive()
    try model.write(to: &archive)
    let copy = try FittedBootstrap(from: archive)
    #expect(copy.table == model.table)
    for (index, described) in table.schema.columns.enumerated() where described.kind != .identifier {
      #expect(copy.table.columns[index] == table.columns[index])
    }
    #expect(
      copy.table.columns[0].missingCount == table.rowCount && copy.table.columns[1].missingCount == table.rowCount)
  }

  @Test func rowsAreRealRowsEachAsOftenAsAnother() throws {
    let schema = Schema([ColumnSchema(name: "a", kind: .integer), ColumnSchema(name: "b", kind: .integer)])
    let table = try Table(
      schema: schema, columns: [.integer(Array(0..<50), nil), .integer((0..<50).map { 3 * $0 }, nil)])
    var random = RandomSource(seed: 1)
    let model = try Bootstrap().fitted(to: table, using: &random, observer: SilentObserver())
    guard case .integer(let a, nil)? = try model.sample(20_000, given: [], using: &random)["a"] else { return }
    // χ² with 49 degrees of freedom: mean 49, variance 98; five standard deviations.
    let counts = (0..<50).map { value in Double(a.count { $0 == Int64(value) }) }
    let chi = counts.reduce(0) { $0 + ($1 - 400) * ($1 - 400) / 400 }
    #expect(chi < 49 + 5 * 98.0.squareRoot())
    let rows = try model.sample(100, given: [], using: &random)
    guard case .integer(let x, nil)? = rows["a"], case .integer(let y, nil)? = rows["b"] else { return }
    #expect(zip(x, y).allSatisfy { 3 * $0 == $1 })
  }

  @Test func conditionsThatNoRowMeetsSaySo() throws {
    let table = try ConformanceTables.mixed()
    var random = RandomSource(seed: 1)
    let model = try Bootstrap().fitted(to: table, using: &random, observer: SilentObserver())
    let error = #expect(throws: SynthesisError.self) {
      try model.sample(
        1, given: [Condition(column: "price", value: "0.5"), Condition(column: "label", value: "yes")], using: &random)
    }
    #expect(
      error?.description
        == "no row of the 160 learned meets the conditions price=0.5, label=yes; fewer conditions would do")
  }

  @Test func codesThatPointNowhereAreRefused() throws {
    let table = try ConformanceTables.mixed()
    var random = RandomSource(seed: 1)
    var archive = ModelArchive()
    try Bootstrap().fitted(to: table, using: &random, observer: SilentObserver()).write(to: &archive)
    let index = try #require(table.schema.index(of: "label"))
    archive.store(bytes: Array(repeating: 9, count: table.rowCount), as: "table.\(index).codes")
    let error = #expect(throws: SynthesisError.self) { _ = try FittedBootstrap(from: archive) }
    #expect(error?.description.contains("'label'") == true)
  }
}
