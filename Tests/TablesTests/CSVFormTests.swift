import MynahParallelism
import MynahRandomness
import MynahTables
import Testing

/// RFC 4180 and what real files do besides.
@Suite struct CSVFormTests {
  private func texts(_ csv: String, delimiter: UInt8? = nil) throws -> [[String]] {
    let overrides = Dictionary(uniqueKeysWithValues: ["a", "b"].map { ($0, ColumnOverride(kind: .categorical)) })
    let names = csv.contains("b") ? ["a", "b"] : ["a"]
    let options = CSVReader.Options(delimiter: delimiter, overrides: overrides.filter { names.contains($0.key) })
    return texts(of: try CSVReader(options).read(bytes: Array(csv.utf8)).table)
  }

  private func texts(of table: Table) -> [[String]] {
    (0..<table.rowCount).map { row in
      table.columns.map { column in
        guard case .categorical(let codes, let levels, _) = column, !column.isMissing(row) else { return "<missing>" }
        return levels[Int(codes[row])]
      }
    }
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["1", "2"]]),
    ("a,b\n1,2", [["1", "2"]]),
    ("a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
    ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
    ("a,b\n1,2\n\n", [["1", "2"]]),
    ("a,b\n1,2\n\n\n3,4\n", [["1", "2"], ["3", "4"]]),
    ("\u{feff}a,b\n1,2\n", [["1", "2"]]),
    ("a, b\n1,  two words \n", [["1", "two words"]]),
    ("a,b\n\"x,y\",\"line\nbreak\"\n", [["x,y", "line\nbreak"]]),
    ("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [["say \"hi\"", "\""]]),
    ("a,b\n\"a\"\"\"\"b\",x\n", [["a\"\"b", "x"]]),
    ("a,b\n \"x\" ,\" y \"\n", [["x", " y "]]),
    ("a,b\n5\" pipe,x\"y\n", [["5\" pipe", "x\"y"]]),
    ("a,b\n,?\nNA,x\n", [["<missing>", "<missing>"], ["<missing>", "x"]]),
    ("a,b\n1,\n", [["1", "<missing>"]]),
    ("a,b\n1,", [["1", "<missing>"]]),
    ("a\n\"\"\nx\n", [["<missing>"], ["x"]]),
    ("a;b\n1,5;2\n", [["1,5", "2"]]),
    ("a\tb\n1\t2\n", [["1", "2"]]),
    ("a|b\n1|2\n", [["1", "2"]]),
    ("a,b\nabcdefg,abcdefgh\nabcdefgh,abcdefghi\n", [["abcdefg", "abcdefgh"], ["abcdefgh", "abcdefghi"]]),
    ("a,b\nZürich,日本語のテキスト\n", [["Zürich", "日本語のテキスト"]]),
  ])
  func form(_ csv: String, _ expected: [[String]]) throws {
    #expect(try texts(csv) == expected)
  }

  /// A quoted line end, comma or quote across a border of chunks must not matter, wherever the border is.
  @Test func chunkBorders() throws {
    let csv = "id,text,n\r\n1,\"a,\"\"b\n\"\"c\",3\r\n\r\n2,\"\n\n\n\",4\n3,plain \"x\" here,5\n4,\"\",6\n5,\"\"\"\",7"
    let whole = try CSVReader().read(bytes: Array(csv.utf8))
    #expect(whole.table.rowCount == 5)
    for size in 1...csv.utf8.count {
      var reader = CSVReader()
      reader.chunkSize = size
      #expect(try reader.read(bytes: Array(csv.utf8)).table == whole.table, "chunks of \(size) bytes")
    }
  }

  @Test func stableUnderThreads() throws {
    var random = RandomSource(seed: 3)
    var csv = "key,amount,kind,note\n"
    for row in 0..<3000 {
      let note = random.next() % 7 == 0 ? "\"line\n\(row)\"" : "n\(random.next() % 50)"
      csv += "C\(100_000 + row * 7),\(Double(random.next() % 100_000) / 100),k\(random.next() % 5),\(note)\n"
    }
    let before = threadCount
    defer { threadCount = before }
    var results: [LoadedTable] = []
    for threads in [1, 2, 3] {
      threadCount = threads
      var reader = CSVReader()
      reader.chunkSize = 4096
      results.append(try reader.read(bytes: Array(csv.utf8)))
    }
    #expect(results[0].table == results[1].table && results[1].table == results[2].table)
    #expect(results[0].profiles == results[1].profiles && results[1].profiles == results[2].profiles)
    #expect(results[0].table.schema.columns.map(\.kind) == [.identifier, .continuous, .categorical, .categorical])
  }

  /// "a,b\n1,2\n" and "3,4\n" as two members of a gzip file.
  private let gzip: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0xd4, 0x49, 0xe2, 0x32, 0xd4,
    0x31, 0xe2, 0x02, 0x00, 0x7b, 0x07, 0x97, 0x0a, 0x08, 0x00, 0x00, 0x00, 0x1f, 0x8b, 0x08, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x33, 0xd6, 0x31, 0xe1, 0x02, 0x00, 0x3e, 0x2d, 0x72, 0xa9,
    0x04, 0x00, 0x00, 0x00,
  ]

  @Test func gzipMembers() throws {
    #expect(
      texts(of: try CSVReader(.init(overrides: bothCategorical)).read(bytes: gzip).table) == [["1", "2"], ["3", "4"]])
  }

  private var bothCategorical: [String: ColumnOverride] {
    ["a": ColumnOverride(kind: .categorical), "b": ColumnOverride(kind: .categorical)]
  }

  /// Cut or changed anywhere, a gzip file gives an error, or the table where the change does not matter.
  @Test func damagedGzip() throws {
    for count in 2..<gzip.count {
      #expect(throws: TableError.self, "cut after \(count) bytes") {
        let table = try CSVReader().read(bytes: Array(gzip.prefix(count))).table
        // Cut exactly between the members it is a whole file.
        if table.rowCount == 1 { throw TableError("one member") }
      }
    }
    for index in gzip.indices {
      var bytes = gzip
      bytes[index] ^= 0x10
      _ = try? CSVReader().read(bytes: bytes)
    }
  }
}
