import MynahRandomness
import MynahTables
import Testing

/// Every wrong file gives one line that says where, what is wrong and what would be right.
@Suite struct BadInputTests {
  private func message(_ csv: String, _ options: CSVReader.Options = .init()) -> String {
    message(Array(csv.utf8), options)
  }

  private func message(_ bytes: [UInt8], _ options: CSVReader.Options = .init()) -> String {
    do throws(TableError) {
      _ = try CSVReader(options).read(bytes: bytes, name: "t.csv")
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("", "t.csv: the file is empty; it needs a header line and rows"),
    ("\n\n", "t.csv: the file is empty; it needs a header line and rows"),
    ("a,b\n", "t.csv: the file has a header and no rows; it needs at least one row"),
    ("a,b", "t.csv: the file has a header and no rows; it needs at least one row"),
    (
      "a,b\n1,2\n3\n",
      "t.csv:3: the row has 1 field, the header has 2; a field or a closing quote may be missing"
    ),
    (
      "a,b\n1,2\n\"x\ny\",2\n3,4,5\n",
      "t.csv:5: the row has 3 fields, the header has 2; a field that holds the delimiter needs quotes"
    ),
    ("a,b\n1,2\n3,\"x\n4,5\n", "t.csv:3:2: the quote that opens here is never closed; write \" after the text"),
    ("a,\"b\n1,2\n", "t.csv:1: the quote that opens here is never closed; write \" after the text"),
    (
      "a,b\n1,\"x\"y\n",
      "t.csv:2:2: text follows a closing quote; inside a quoted field a quote is written twice (\"\")"
    ),
    ("a,b,a\n1,2,3\n", "t.csv:1:3: column name 'a' stands twice, first in field 1; names must differ"),
    ("a,,b\n1,2,3\n", "t.csv:1:2: the column has no name; the first line must name every column"),
    ("a,b\n1,x\u{0}\n", "t.csv:2:2: a NUL byte: this is no text; save the table as UTF-8"),
  ])
  func brokenFile(_ csv: String, _ expected: String) {
    #expect(message(csv) == expected)
  }

  @Test func encoding() {
    let latin = Array("a,b\n1,x\n2,M".utf8) + [0xfc] + Array("ller\n".utf8)
    #expect(message(latin) == "t.csv:3:2: byte 0xfc is not valid UTF-8; save the table as UTF-8")
    let header = Array("a,".utf8) + [0xc3, 0x28] + Array("\n1,2\n".utf8)
    #expect(message(header) == "t.csv:1:2: byte 0xc3 is not valid UTF-8; save the table as UTF-8")
    #expect(message([0xff, 0xfe, 0x61, 0]) == "t.csv:1:1: the file is UTF-16; save it as UTF-8")
    // Overlong forms, surrogates, beyond U+10FFFF, and a sequence cut by the end of the file.
    for bad: [UInt8] in [
      [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82],
    ] {
      #expect(message(Array("a\n".utf8) + bad).contains("not valid UTF-8"))
    }
    #expect(message(Array("a\n".utf8) + Array("é€𝄞\u{10FFFF}\n".utf8)) == "no error")
  }

  @Test func missingFileAndDirectory() {
    func failure(_ path: String) -> TableError? {
      do throws(TableError) {
        _ = try CSVReader().read(path: path)
        return nil
      } catch {
        return error
      }
    }
    #expect(failure("/no/such/file.csv")?.description == "/no/such/file.csv: no such file")
    #expect(failure("/no/such/file.csv")?.reason == .noSuchFile)
    #expect(failure("/tmp")?.description == "/tmp: this is a directory; name a CSV file in it")
  }

  /// One word among 40,000 numbers, far from the start.
  @Test func aWordInANumberColumn() {
    var csv = "id,age\n"
    for row in 0..<40_000 { csv += "x,\(row == 30_000 ? "forty" : String(row % 90))\n" }
    #expect(
      message(csv) == "t.csv:30002:2: 'forty' is not a number, though every other value of column 'age' is; "
        + "correct it, name it as a missing marker, or declare the column categorical")
    #expect(message(csv, .init(missingMarkers: ["forty"])) == "no error")
    #expect(message(csv, .init(overrides: ["age": .init(kind: .categorical)])) == "no error")
    #expect(
      message(csv, .init(overrides: ["age": .init(kind: .integer)]))
        == "t.csv:30002:2: 'forty' is not a whole number, but column 'age' is declared integer; "
        + "correct it, name it as a missing marker, or declare another kind")
  }

  @Test func infiniteNumbers() {
    let csv = "x\n" + (0..<200).map { "\($0).5\n" }.joined() + "inf\n"
    #expect(
      message(csv) == "t.csv:202:1: 'inf' is not a finite number in column 'x'; "
        + "correct it or name it as a missing marker")
    #expect(
      message("x\n1.5\n1e999\n", .init(overrides: ["x": .init(kind: .continuous)])).contains("t.csv:3:1: '1e999'"))
  }

  @Test func unknownNames() {
    let csv = "age,income\n1,2\n"
    #expect(message(csv, .init(target: "incme")) == "t.csv: there is no column 'incme'; did you mean 'income'?")
    #expect(
      message(csv, .init(overrides: ["zzzzzz": .init(kind: .integer)]))
        == "t.csv: there is no column 'zzzzzz'; the columns are age, income")
    #expect(message(csv, .init(overrides: ["age": .init(datetimeFormat: "%Q")])).contains("no datetime format"))
  }

  @Test func declaredKinds() {
    func declared(_ csv: String, _ override: ColumnOverride) -> String {
      message(csv, .init(overrides: ["x": override]))
    }
    #expect(declared("x\n1\n2.5\n", .init(kind: .integer)).hasPrefix("t.csv:3:1: '2.5' is not a whole number"))
    #expect(declared("x\n1\n2.0\n", .init(kind: .integer)) == "no error")
    #expect(
      declared("x\n1\n99999999999999999999\n", .init(kind: .integer)).hasPrefix(
        "t.csv:3:1: '99999999999999999999' is not a whole number of 64 bits"))
    #expect(
      declared("x\n1e30\n", .init(kind: .integer)).hasPrefix("t.csv:2:1: '1e30' is not a whole number of 64 bits"))
    #expect(declared("x\na\nb\nc\n", .init(kind: .boolean)).hasPrefix("t.csv:4:1: 'c' is not one of two values"))
    #expect(
      declared("x\n2020-01-01\n2020-02-30\n", .init(datetimeFormat: "%Y-%m-%d")).hasPrefix(
        "t.csv:3:1: '2020-02-30' is not a date of the form %Y-%m-%d"))
    #expect(declared("x\nsoon\n", .init(kind: .datetime)).hasPrefix("t.csv:2:1: 'soon' is not a date"))
  }

  /// Whatever the bytes, there is a table or a `TableError`, and it does not depend on where the chunks end.
  @Test func mutations() {
    let seeds = [
      "a,b,c\n1,2.50,x\n3,4.25,\"y,z\"\n,NA,?\n-7,1e3,\"q\"\"q\"\n", "d;t\n2020-01-01;1\n2021-12-31;22\n",
      "n\n12345678901234567890\n-0\n007\n1e-400\nnan\n", "x\ty\r\n\"multi\nline\"\tZürich\r\n12:30\t31/12/1999\r\n",
    ]
    let alphabet = Array("\",;\t\r\n 01.e-N?\u{e9}".utf8) + [0, 0xff, 0xc3]
    var random = RandomSource(seed: 11)
    for round in 0..<3000 {
      var bytes = Array(seeds[round % seeds.count].utf8)
      for _ in 0...Int(random.next() % 4) {
        let place = Int(random.next() % UInt64(bytes.count))
        let byte = alphabet[Int(random.next() % UInt64(alphabet.count))]
        switch random.next() % 3 {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
      }
      var small = CSVReader()
      small.chunkSize = 1 + Int(random.next() % 16)
      let whole = outcome(CSVReader(), bytes)
      #expect(whole == outcome(small, bytes), "\(bytes)")
      // What can be read can be written, and reads the same again.
      if case .success(let table) = whole { #expect(!table.csvBytes().isEmpty) }
    }
  }

  private func outcome(_ reader: CSVReader, _ bytes: [UInt8]) -> Result<Table, TableError> {
    do throws(TableError) { return .success(try reader.read(bytes: bytes).table) } catch { return .failure(error) }
  }

  @Test func manyColumns() throws {
    let names = (0..<20_000).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<20_000).map { String($0 % 10) }.joined(separator: ",")
    let table = try CSVReader().read(bytes: Array("\(names)\n\(row)\n\(row)\n".utf8)).table
    #expect(table.columns.count == 20_000 && table.rowCount == 2)
  }
}
