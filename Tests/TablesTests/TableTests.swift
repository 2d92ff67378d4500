import MynahRandomness
import MynahTables
import Testing

@Suite struct TableTests {
  private func table(_ csv: String, _ options: CSVReader.Options = .init()) throws -> Table {
    try CSVReader(options).read(bytes: Array(csv.utf8)).table
  }

  @Test func matchingAnotherTable() throws {
    let reference = try table("age,job,when\n30,clerk,2020-01-01\n40,baker,2021-01-01\n")
    let other = try CSVReader().read(
      bytes: Array("when,job,age\n2022-02-02,smith,99\n?,clerk,\n".utf8), matching: reference)
    #expect(other.schema == reference.schema)
    #expect(other["age"] == .integer([99, 0], Validity([true, false])))
    #expect(other["job"] == .categorical(codes: [2, 0], levels: ["clerk", "baker", "smith"], nil))
    #expect(other["when"]?.isMissing(1) == true)
  }

  @Test func aLevelIsNoMarkerWhenMatching() throws {
    let reference = try table("c\nNA\nUS\n", .init(overrides: ["c": .init(missing: [])]))
    let other = try CSVReader().read(bytes: Array("c\nUS\nNA\n".utf8), matching: reference)
    #expect(other["c"] == .categorical(codes: [1, 0], levels: ["NA", "US"], nil))
  }

  @Test func notMatching() throws {
    let reference = try table("age,job\n30,clerk\n40,baker\n")
    func message(_ csv: String) -> String {
      do throws(TableError) {
        _ = try CSVReader().read(bytes: Array(csv.utf8), name: "s.csv", matching: reference)
        return "no error"
      } catch {
        return error.description
      }
    }
    #expect(
      message("age,jobb\n1,x\n")
        == "s.csv: the columns differ from those of the training table: the file lacks 'job' and has 'jobb' besides")
    #expect(message("job,age\nx,old\n").hasPrefix("s.csv:2:2: 'old' is not a whole number, but column 'age'"))
    #expect(message("job,age\nx,3.0\n") == "no error")
  }

  @Test func splits() throws {
    var csv = "id,y\n"
    for row in 0..<1000 { csv += "\(row * 3),\(row % 10 == 0 ? "a" : row % 10 < 5 ? "b" : "c")\n" }
    let table = try table(csv)
    var random = RandomSource(seed: 1)
    let (test, train) = try table.split(fraction: 0.2, stratifiedBy: "y", using: &random)
    #expect(test.rowCount == 200 && train.rowCount == 800)
    func count(_ table: Table, _ level: Int32) -> Int {
      guard case .categorical(let codes, _, _) = table.columns[1] else { return -1 }
      return codes.count { $0 == level }
    }
    #expect((0..<3).map { count(test, Int32($0)) } == [20, 80, 100])
    func ids(_ table: Table) -> Set<Int64> {
      guard case .integer(let values, _) = table.columns[0] else { return [] }
      return Set(values)
    }
    #expect(ids(test).isDisjoint(with: ids(train)) && ids(test).union(ids(train)).count == 1000)
    var again = RandomSource(seed: 1)
    #expect(try table.split(fraction: 0.2, stratifiedBy: "y", using: &again).first == test)
    #expect(try table.split(fraction: 0.2, stratifiedBy: "y", using: &again).first != test)
    #expect(ids(table.shuffled(using: &random)) == ids(table) && table.shuffled(using: &random) != table)
    #expect(throws: TableError.self) { try table.split(fraction: 1.5, using: &random) }
    #expect(throws: TableError.self) { try table.split(fraction: 0.5, stratifiedBy: "z", using: &random) }
    #expect(throws: TableError.self) { try table.split(fraction: 0.5, stratifiedBy: "id", using: &random) }
  }

  @Test func aHundredThousandLevels() throws {
    var csv = "c,x\n"
    for row in 0..<100_000 { csv += "level \(row),\(row % 7)\n" }
    let loaded = try CSVReader().read(bytes: Array(csv.utf8))
    guard case .categorical(let codes, let levels, nil) = loaded.table.columns[0] else {
      Issue.record("not categorical")
      return
    }
    #expect(levels.count == 100_000 && levels[99_999] == "level 99999" && codes == Array(0..<100_000))
    #expect(loaded.profiles[0].warnings.map(\.kind) == [.nearlyUnique])
  }

  @Test func rendering() throws {
    let csv =
      "age,job\n" + (0..<40).map { "\($0 * 7 % 30 + 1),\($0 % 4 == 0 ? "clerk" : "baker")\n" }.joined() + "NA,baker\n"
    let text = try CSVReader().profiles(bytes: Array(csv.utf8)).rendered()
    #expect(
      text == """
        41 rows, 2 columns

        column  kind         distinct  missing  values                          why
        age     integer            30    2.4 %  1 … 30                          whole numbers, 30 distinct values
        job     categorical         2      0 %  baker (75.6 %), clerk (24.4 %)  texts, 2 distinct values

        """)
  }
}
