import Foundation
import MynahParallelism
import MynahRandomness
import MynahTables
import Testing

@Suite struct CSVWriterTests {
  /// A folder that is gone when the test ends.
  final class Folder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-\(UUID().uuidString)").path
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    var entries: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
  }

  /// What is read is written with the same bytes.
  @Test(arguments: [
    "age,job,wage,when,ok\n39,State-gov,27.0,2020-01-31,True\n?,\"a, b\",0.125,1999-12-01,False\n50,?,-3.25,?,True\n",
    "x\n1.50\n-0.25\n12345678.10\n", "x\n0.0986979012610507\n-1.3598071336738\n2.0\n",
    "x,y\n9223372036854775807,a\n-5,b\n",
    "x\n9007199254740993\n-9007199254740993\n5\n", "t\n2020-01-01T10:00:00.000Z\n", "x\n0.00001234567890123456\n12.5\n",
    "\"a,b\",c\n\"line\nbreak\",\" padded \"\n\"say \"\"hi\"\"\",x\n", "x\n\"\"\n7\n",
    "d,t\n31/12/1999 23:59,12:30:05\n",
    "z\n007\n010\n", "ä\nZürich\n日本\n", "x\n100000000000000000000000\n0.5\n",
  ])
  func roundTrip(_ csv: String) throws {
    let table = try CSVReader().read(bytes: Array(csv.utf8)).table
    #expect(String(decoding: table.csvBytes(), as: UTF8.self) == csv)
  }

  @Test func columnsKeepTheirForm() throws {
    var schema = try CSVReader().read(bytes: Array("n,x,d\n10,1.5,2020-05-01\n20,2.25,2020-06-01\n".utf8)).table.schema
    schema.columns[1].missingMarker = "NA"
    let table = try Table(
      schema: schema,
      columns: [
        .integer([5, 15, 99], nil), .continuous([1.234567, 1e9, .nan], nil),
        .timestamp([0, 1_590_000_000, .max], Validity([true, true, false])),
      ])
    #expect(
      String(decoding: table.csvBytes(), as: UTF8.self) == "n,x,d\n10,1.5,2020-05-01\n15,2.25,2020-05-20\n20,NA,\n")
  }

  /// New identifiers lie beyond the range seen.
  @Test func identifiersAreNotHeldInTheRangeSeen() throws {
    var key = ColumnSchema(name: "key", kind: .identifier)
    (key.minimum, key.maximum) = (1, 20)
    let table = try Table(schema: Schema([key]), columns: [.integer([21, 22, .max], nil)])
    #expect(String(decoding: table.csvBytes(), as: UTF8.self) == "key\n21\n22\n9223372036854775807\n")
  }

  @Test func decimals() throws {
    func text(_ value: Double, _ digits: Int?, _ minimum: Int? = nil) throws -> String {
      var column = ColumnSchema(name: "x", kind: .continuous)
      (column.fractionDigits, column.minimumFractionDigits) = (digits, minimum)
      let table = try Table(schema: Schema([column]), columns: [.continuous([value], nil)])
      return String(decoding: table.csvBytes().dropFirst(2).dropLast(), as: UTF8.self)
    }
    #expect(try text(2.5, 2) == "2.5")
    #expect(try text(2.5, 2, 2) == "2.50")
    #expect(try text(-0.001, 2, 1) == "0.0")
    #expect(try text(0.285, 1) == "0.3")
    #expect(try text(1e20, 2, 1) == "100000000000000000000.0")
    #expect(try text(1.5e-7, nil) == "0.00000015")
    #expect(try text(-1.5e300, nil).count == 302)
    #expect(try text(0.1 + 0.2, nil) == "0.30000000000000004")
    #expect(try text(0.1 + 0.2, 16) == "0.3000000000000000")
    #expect(try text(5, nil) == "5")
    #expect(try text(123456789012.345, 5) == "123456789012.345")
  }

  /// Texts are copied in blocks of 16 bytes: lengths around them, and more rows than are formatted at a time.
  @Test func textsOfAnyLength() throws {
    let levels = [0, 1, 15, 16, 17, 31, 32, 33, 100].map { String(repeating: "x", count: $0) }
    let count = 2_500
    let schema = Schema(["a", "b", "c"].map { ColumnSchema(name: $0, kind: $0 == "b" ? .integer : .categorical) })
    let codes = (0..<count).map { Int32($0 * $0 % levels.count) }
    let numbers = (0..<count).map { Int64($0 * 37 - 5_000) }
    let table = try Table(
      schema: schema,
      columns: [
        .categorical(codes: codes, levels: levels, nil), .integer(numbers, nil),
        .categorical(codes: codes.reversed(), levels: levels, nil),
      ])
    let lines = (0..<count).map { "\(levels[Int(codes[$0])]),\(numbers[$0]),\(levels[Int(codes[count - 1 - $0])])" }
    #expect(String(decoding: table.csvBytes(), as: UTF8.self) == (["a,b,c"] + lines).joined(separator: "\n") + "\n")
  }

  @Test func sameBytesWithAnyNumberOfThreads() throws {
    var csv = "a,b,c\n"
    for row in 0..<9000 { csv += "\(row * 7919 % 1000),\(Double(row % 37) / 4),level \(row % 5)\n" }
    let table = try CSVReader().read(bytes: Array(csv.utf8)).table
    let folder = try Folder()
    let before = threadCount
    defer { threadCount = before }
    var files: [Data?] = []
    for threads in [1, 2] {
      threadCount = threads
      try table.writeCSV(to: "\(folder.path)/\(threads).csv")
      files.append(FileManager.default.contents(atPath: "\(folder.path)/\(threads).csv"))
    }
    #expect(files[0] == files[1] && files[0] == Data(table.csvBytes()))
    #expect(try CSVReader().read(path: "\(folder.path)/1.csv").table == table)
  }

  @Test func unwritable() throws {
    let folder = try Folder()
    func failure(_ path: String) -> TableError? {
      do throws(TableError) {
        let file = try AtomicFile(path: path)
        try file.write(Array(repeating: 65, count: 100_000))
        try file.commit()
        return nil
      } catch {
        return error
      }
    }
    #expect(failure("\(folder.path)/no/x.csv")?.message == "cannot be written: the folder does not exist")
    #expect(failure("\(folder.path)/no/x.csv")?.reason == .cannotWrite)
    #expect(failure(folder.path)?.message == "this is a directory; name a file in it")
    #if os(Linux)
      #expect(failure("/dev/full")?.message == "cannot be written: No space left on device")
    #endif
    #expect(failure("/dev/null") == nil)
    #expect(folder.entries.isEmpty)
  }

  @Test func nothingAppearsBeforeCommit() throws {
    let folder = try Folder()
    let path = "\(folder.path)/out.csv"
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    do {
      let file = try AtomicFile(path: path)
      try file.write("new")
      #expect(FileManager.default.contents(atPath: path) == Data("old".utf8))
    }
    #expect(folder.entries == ["out.csv"])
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: path)
    let file = try AtomicFile(path: "\(folder.path)/link")
    try file.write("new")
    try file.commit()
    #expect(FileManager.default.contents(atPath: path) == Data("new".utf8))
    #expect(folder.entries.sorted() == ["link", "out.csv"])
  }
}
