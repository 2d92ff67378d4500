import MynahParallelism
import MynahRandomness
import MynahTables
import Testing

/// Columns that are held as numbers while they are scanned hold what they would hold otherwise.
@Suite struct NumberColumnTests {
  private func read(
    _ csv: String, chunkSize: Int?, _ options: CSVReader.Options = .init()
  ) throws(TableError) -> LoadedTable {
    var reader = CSVReader(options)
    reader.chunkSize = chunkSize
    return try reader.read(bytes: Array(csv.utf8))
  }

  /// Rows of eleven columns that hardly repeat, some of them with surprises near the end.
  private func csv(_ rows: Int, seed: UInt64) -> String {
    var random = RandomSource(seed: seed)
    var csv = "row,decimal,large,late,gaps,names,words,code,huge,quoted,target\n"
    for row in 0..<rows {
      let number = random.next() % 10_000_000
      let isLate = row > rows - 50
      let fields = [
        "\(row + 7)", "\(Double(number) / 1000)", "\(Int64(bitPattern: random.next() >> 2))",
        isLate ? "\(number).5" : "\(number)",
        number % 11 == 0 ? (number % 2 == 0 ? "" : "nan") : "\(Double(number) / 64)",
        isLate ? "00\(number)" : "\(number)", isLate && number % 2 == 0 ? "w\(number % 9)" : "k\(number)",
        "\(number % 40)", isLate ? "\(random.next())\(number)" : "\(number)",
        number % 5 == 0 ? "\" \(number)\"" : "  \(number).25 ", "\(number % 2)",
      ]
      csv += fields.joined(separator: ",") + "\n"
    }
    return csv
  }

  /// Chunks of 6,000 bytes are too small for any column to be held as numbers.
  @Test func sameAsTexts() throws {
    let csv = csv(6_000, seed: 21)
    let texts = try read(csv, chunkSize: 6_000)
    for size in [nil, 150_000, 200_001] {
      let numbers = try read(csv, chunkSize: size)
      #expect(numbers.table == texts.table)
      #expect(numbers.profiles == texts.profiles)
    }
    #expect(
      texts.table.schema.columns.map(\.kind) == [
        .identifier, .continuous, .integer, .continuous, .continuous, .identifier, .identifier, .categorical,
        .continuous,
        .categorical, .boolean,
      ])
    #expect(String(decoding: texts.table.csvBytes(), as: UTF8.self).hasPrefix("row,decimal"))
  }

  @Test func sameWithTargetAndThreads() throws {
    let csv = csv(5_000, seed: 22)
    let before = threadCount
    defer { threadCount = before }
    var results: [LoadedTable] = []
    for threads in [1, 2, 3] {
      threadCount = threads
      results.append(try read(csv, chunkSize: 150_000, .init(target: "target")))
    }
    #expect(results[0].table == results[1].table && results[1].table == results[2].table)
    #expect(results[0].profiles == results[1].profiles && results[1].profiles == results[2].profiles)
  }

  /// What was declared, and what a missing marker is, holds for numbers too.
  @Test func declared() throws {
    var csv = "a,b\n"
    for row in 0..<4_000 { csv += "\(row * 7 % 3_989),\(row % 3 == 0 ? "-999" : "\(row).0")\n" }
    let options = CSVReader.Options(
      missingMarkers: ["-999"],
      overrides: ["a": ColumnOverride(kind: .categorical), "b": ColumnOverride(kind: .integer)])
    let (numbers, texts) = (try read(csv, chunkSize: nil, options), try read(csv, chunkSize: 4_000, options))
    #expect(numbers.table == texts.table && numbers.profiles == texts.profiles)
    #expect(numbers.profiles[1].missingCount == 1_334 && numbers.profiles[0].schema.kind == .categorical)
    // A whole number beyond 2⁵³ stays exact beside "1.0".
    let wide = "c,d\n" + (0..<3_000).map { "\(9_007_199_254_740_993 + $0),x\n" }.joined() + "1.0,x\n"
    let declared = CSVReader.Options(overrides: ["c": ColumnOverride(kind: .integer)])
    guard case .integer(let values, nil) = try read(wide, chunkSize: nil, declared).table.columns[0] else {
      Issue.record("the column is not integer")
      return
    }
    #expect(values == (0..<3_000).map { 9_007_199_254_740_993 + $0 } + [1])
  }

  @Test func misfitsAreFoundAtTheirPlace() {
    let csv = "a,b\n" + (0..<4_000).map { "\($0 * 3).5,x\n" }.joined() + "oops,x\n1.5,x\n"
    do throws(TableError) {
      _ = try read(csv, chunkSize: nil)
      Issue.record("no error")
    } catch {
      #expect(error.line == 4_002 && error.message.hasPrefix("'oops' is not a number"))
    }
  }

  /// Loading estimates, looking counts.
  @Test func distinctNumbers() throws {
    let csv = "x,y\n" + (0..<60_000).map { "\(Double($0 * 7_919 % 50_000) / 100),\($0 % 900)\n" }.joined()
    let loaded = try read(csv, chunkSize: nil).profiles
    let counted = try CSVReader().profiles(bytes: Array(csv.utf8)).columns
    #expect(counted[0].distinctCount == 50_000 && !counted[0].distinctIsEstimate)
    #expect(counted[0].mostFrequent.map(\.value) == ["0.0", "79.19", "158.38", "237.57", "316.76"])
    #expect(loaded[0].distinctIsEstimate && abs(loaded[0].distinctCount - 50_000) < 2_500)
    #expect(loaded[1].distinctCount == 900 && loaded[1] == counted[1])
    #expect(loaded.map(\.schema) == counted.map(\.schema))
  }
}
