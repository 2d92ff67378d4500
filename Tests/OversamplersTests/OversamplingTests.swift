import MynahParallelism
import MynahRandomness
import MynahStatistics
import MynahTables
import Testing

@testable import MynahOversamplers

/// What holds of every method that adds rows.
@Suite struct OversamplingTests {
  static let numeric: [any Resampler.Type] = [
    RandomOversampler.self, SMOTE.self, BorderlineSMOTE.self, SVMSMOTE.self, KMeansSMOTE.self, ADASYN.self,
    SMOTENC.self,
  ]

  @Test(arguments: numeric.map { $0.identifier })
  func realRowsComeFirstAndCountsAreAsAsked(method: String) throws {
    let table = try Tables.blobs([300, 60, 40])
    var random = RandomSource(seed: 3)
    let type = try #require(Self.numeric.first { $0.identifier == method })
    let result = try type.init().resampled(
      table, BalanceRequest(target: "y", strategy: .counts(["b": 151, "c": 77])), using: &random)
    let whole = try result.table()
    #expect(whole.schema == table.schema)
    #expect(whole.gathering(Array(0..<400)) == table)
    #expect(whole.classCounts("y") == ["a": 300, "b": 151, "c": 77])
    #expect(result.kept == Array(0..<400))
    #expect(result.origins.count == result.addedCount && result.addedCount == 128)
    for (row, origin) in result.origins.enumerated() {
      let base = try #require(origin.base)
      #expect(table.label(base) == whole.label(400 + row))
      #expect(origin.method == method)
    }
  }

  @Test(arguments: ["smote", "adasyn", "borderline-smote", "kmeans-smote"])
  func rowsLieBetweenTwoRowsOfTheClass(method: String) throws {
    let table = try Tables.blobs([400, 50])
    var random = RandomSource(seed: 8)
    let type = try #require(Self.numeric.first { $0.identifier == method })
    let result = try type.init().resampled(table, BalanceRequest(target: "y"), using: &random)
    let whole = try result.table()
    for (row, origin) in result.origins.enumerated() {
      let (base, partner) = (try #require(origin.base), try #require(origin.neighbor))
      #expect(base != partner && table.label(base) == "b" && table.label(partner) == "b")
      var step: Double?
      for name in ["x1", "x2", "x3"] {
        let (a, b) = (table.number(name, base), table.number(name, partner))
        let own = (whole.number(name, 450 + row) - a) / (b - a)
        #expect(own >= -1e-12 && own < 1 + 1e-12)
        // One step for all columns.
        if let step { #expect(abs(own - step) < 1e-6) }
        step = own
      }
    }
  }

  /// Outwards from safe support vectors, inwards from those in danger.
  @Test func svmRowsGoInwardsOrHalfAsFarOutwards() throws {
    let table = try Tables.blobs([400, 80])
    var random = RandomSource(seed: 8)
    let result = try SVMSMOTE().resampled(table, BalanceRequest(target: "y"), using: &random)
    let whole = try result.table()
    var (inwards, outwards) = (0, 0)
    for (row, origin) in result.origins.enumerated() {
      let (base, partner) = (try #require(origin.base), try #require(origin.neighbor))
      let step =
        (whole.number("x1", 480 + row) - table.number("x1", base))
        / (table.number("x1", partner) - table.number("x1", base))
      #expect(step >= -0.5 - 1e-9 && step <= 1)
      if step > 0 { inwards += 1 } else { outwards += 1 }
    }
    #expect(inwards > 0 && outwards > 0)
  }

  @Test func borderline2GoesAtMostHalfwayToOtherClasses() throws {
    let table = try Tables.blobs([400, 80])
    var method = BorderlineSMOTE()
    method.variant = .borderline2
    var random = RandomSource(seed: 8)
    let result = try method.resampled(table, BalanceRequest(target: "y"), using: &random)
    let whole = try result.table()
    var others = 0
    for (row, origin) in result.origins.enumerated() {
      let (base, partner) = (try #require(origin.base), try #require(origin.neighbor))
      guard table.label(partner) == "a" else { continue }
      others += 1
      let step =
        (whole.number("x1", 480 + row) - table.number("x1", base))
        / (table.number("x1", partner) - table.number("x1", base))
      #expect(step < 0.5 + 1e-9)
    }
    #expect(others > 0)
  }

  /// u is uniform: the mean of n steps lies within 5 standard errors, 5 / √(12 n), of a half.
  @Test func stepsAreUniform() throws {
    let table = try Tables.blobs([3000, 30])
    var random = RandomSource(seed: 4)
    let result = try SMOTE().resampled(table, BalanceRequest(target: "y"), using: &random)
    let steps = try #require(result.added as? RecipeRows).segments.flatMap(\.steps)
    let n = Double(steps.count)
    #expect(steps.allSatisfy { (0..<1).contains($0) })
    #expect(abs(steps.reduce(0, +) / n - 0.5) < 5 / (12 * n).squareRoot())
  }

  /// Noise of standard deviation shrinkage · h · σ: its mean square lies within 5 standard errors, √(2/n), of 1.
  @Test func smoothedBootstrapHasItsBandwidth() throws {
    let table = try Tables.blobs([4000, 40])
    var method = RandomOversampler()
    method.shrinkage = 0.5
    var random = RandomSource(seed: 4)
    let result = try method.resampled(table, BalanceRequest(target: "y"), using: &random)
    let whole = try result.table()
    let bases = result.origins.compactMap(\.base)
    let deviation = table.columns[0].populationDeviation(Array(Set(table.rows(of: "b", "y"))))
    // 3 numbers, 40 rows: h = (4 / (5 · 40))^(1/7).
    let expected = 0.5 * 0.571894 * deviation
    let range = try #require(table.columns[0].range)
    let squares = bases.enumerated().compactMap { row, base -> Double? in
      let value = whole.number("x1", 4040 + row)
      guard value > range.lowerBound, value < range.upperBound else { return nil }
      let noise = (value - table.number("x1", base)) / expected
      return noise * noise
    }
    let n = Double(squares.count)
    #expect(abs(squares.reduce(0, +) / n - 1) < 5 * (2 / n).squareRoot())
  }

  /// Rows are what is written: decimals have as many digits as the file's.
  @Test func decimalsHaveTheFilesDigits() throws {
    let blobs = try Tables.blobs([200, 40])
    var schema = blobs.schema
    for index in 0..<3 { schema.columns[index].fractionDigits = 1 }
    let table = try Table(schema: schema, columns: blobs.columns)
    var random = RandomSource(seed: 2)
    let whole = try SMOTE().resampled(table, balancing: "y", using: &random)
    for row in 240..<400 {
      let tenths = whole.number("x1", row) * 10
      #expect(abs(tenths - tenths.rounded()) < 1e-9)
    }
  }

  /// imbalanced-learn takes the bandwidth from all rows: noise is smaller by (40 / 4040)^(1/7) there.
  @Test func bandwidthFollowsTheReference() throws {
    let table = try Tables.blobs([4000, 40])
    var method = RandomOversampler()
    method.shrinkage = 1
    func noise(_ follows: Bool) throws -> Double {
      var random = RandomSource(seed: 4)
      let result = try method.resampled(
        table, BalanceRequest(target: "y", followsReference: follows), using: &random)
      return try #require(result.added as? RecipeRows).noise[0][0] ?? 0
    }
    #expect(abs(try noise(true) / noise(false) - 0.517212) < 1e-4)
  }

  @Test(arguments: numeric.map { $0.identifier })
  func threadsAndPiecesDoNotMatter(method: String) throws {
    let table = try Tables.mixed(300, 60)
    let type = try #require(Self.numeric.first { $0.identifier == method })
    var request = BalanceRequest(target: "y")
    request.ignoring = method == "smote-nc" ? [] : ["city", "country"]
    func resampled() throws -> ResampledTable {
      var random = RandomSource(seed: 11)
      if method == KMeansSMOTE.identifier {
        var kMeans = KMeansSMOTE()
        // No cluster of this table is half of the class, which the default asks for.
        kMeans.clusterBalanceThreshold = 0.1
        return try kMeans.resampled(table, request, using: &random)
      }
      return try type.init().resampled(table, request, using: &random)
    }
    let before = threadCount
    defer { threadCount = before }
    threadCount = 1
    let one = try resampled().table()
    threadCount = 2
    let result = try resampled()
    #expect(try result.table() == one)
    // As written: pieces have levels of their own.
    func lines(_ table: Table) -> [Substring] {
      String(decoding: table.csvBytes(), as: UTF8.self).split(separator: "\n")
    }
    var written: [Substring] = []
    try result.forEachBlock(of: 37) { written += lines($0).dropFirst() }
    #expect(written == Array(lines(one).dropFirst()))
  }
}
