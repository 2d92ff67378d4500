import MynahTables
import Testing

/// RFC 4180 and what real files do besides.
@Suite struct CSVFormTests {
  private func texts(_ csv: String, delimiter: UInt8? = nil) throws -> [[String]] {
    let overrides = Dictionary(uniqueKeysWithValues: ["a", "b", "c"].map { ($0, ColumnOverride(kind: .categorical)) })
    let names = ["a", "b", "c"].filter { csv.contains($0) }
    let options = CSVReader.Options(delimiter: delimiter, overrides: overrides.filter { names.contains($0.key) })
    let table = try CSVReader(options).read(bytes: Array(csv.utf8)).table
    return (0..<table.rowCount).map { row in
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
}
