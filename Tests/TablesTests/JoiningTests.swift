import MynahTables
import Testing

@Suite struct JoiningTests {
  private func table(_ x: [Double], _ codes: [Int32], _ levels: [String], present: [Bool]) throws -> Table {
    try Table(
      schema: Schema([ColumnSchema(name: "x", kind: .continuous), ColumnSchema(name: "k", kind: .categorical)]),
      columns: [.continuous(x, nil), .categorical(codes: codes, levels: levels, Validity(present))])
  }

  @Test func levelsAreMatchedByText() throws {
    let first = try table([1, 2], [0, 1], ["a", "b"], present: [true, true])
    let second = try table([3, 4, 5], [1, -1, 0], ["c", "b"], present: [true, false, true])
    let joined = try first.joining([second, first])
    #expect(joined.rowCount == 7)
    #expect(joined.columns[0] == .continuous([1, 2, 3, 4, 5, 1, 2], nil))
    #expect(
      joined.columns[1]
        == .categorical(
          codes: [0, 1, 1, -1, 2, 0, 1], levels: ["a", "b", "c"],
          Validity([true, true, true, false, true, true, true])))
    #expect(try first.joining([]) == first)
  }

  @Test func otherKindsAreAnError() throws {
    let numbers = try Table(
      schema: Schema([ColumnSchema(name: "x", kind: .continuous)]), columns: [.continuous([1], nil)])
    let texts = try Table(
      schema: Schema([ColumnSchema(name: "x", kind: .categorical)]),
      columns: [.categorical(codes: [0], levels: ["a"], nil)])
    #expect(throws: TableError.self) { try numbers.joining([texts]) }
  }
}
