import MynahTables
import Testing

@Suite struct KindInferenceTests {
  private func profile(_ values: [String], _ options: CSVReader.Options = .init()) throws -> ColumnProfile {
    try profile("x", values, options)
  }

  private func profile(
    _ name: String, _ values: [String], _ options: CSVReader.Options = .init()
  ) throws -> ColumnProfile {
    let csv = "\(name)\n" + values.map { $0.isEmpty ? "\"\"\n" : "\($0)\n" }.joined()
    return try #require(try CSVReader(options).profiles(bytes: Array(csv.utf8)).columns.first)
  }

  private func numbers(_ count: Int, _ value: (Int) -> String) -> [String] { (0..<count).map(value) }

  @Test func numericKinds() throws {
    #expect(try profile(numbers(1000) { "\($0 * 7 % 73)" }).kind == .integer)
    #expect(try profile(numbers(1000) { "\($0 * 7 % 73)" }).reason == "whole numbers, 73 distinct values")
    #expect(try profile(numbers(1000) { "\($0 * 7 % 73).25" }).kind == .continuous)
    #expect(try profile(numbers(1000) { "\($0 % 2)" }).kind == .boolean)
    #expect(try profile(numbers(1200) { "\($0 % 12)" }).kind == .categorical)
    #expect(try profile(numbers(1199) { "\($0 % 12)" }).kind == .integer)
    #expect(try profile(numbers(1300) { "\($0 % 13)" }).kind == .integer)
    #expect(try profile(numbers(100) { _ in "0" }).kind == .integer)
    #expect(try profile("admission_type_id", numbers(2000) { "\($0 % 30)" }).kind == .categorical)
    #expect(try profile(numbers(200) { "00\($0 % 50 + 10)" }).kind == .categorical)
    #expect(try profile(["1", "2", "99999999999999999999"]).kind == .continuous)
  }

  @Test func identifiers() throws {
    #expect(try profile(numbers(50) { "\(1000 + $0)" }).kind == .identifier)
    #expect(try profile(numbers(49) { "\(1000 + $0)" }).kind == .integer)
    #expect(try profile(numbers(500) { "\($0 * $0)" }).kind == .integer)
    #expect(try profile("encounter_id", numbers(500) { "\($0 * $0)" }).kind == .identifier)
    #expect(try profile("number_of_visits", numbers(500) { "\($0 * $0)" }).kind == .integer)
    #expect(try profile("customerId", numbers(500) { "\($0 * $0)" }).kind == .identifier)
    #expect(try profile("solid", numbers(500) { "\($0 * $0)" }).kind == .integer)
    #expect(try profile("patient_nbr", numbers(2000) { "\($0 * 7 % 1500 * 3)" }).kind == .identifier)
    #expect(try profile(numbers(100) { "C\(1_491_813_860 + $0 * 31)" }).kind == .identifier)
    #expect(try profile(numbers(200) { $0 == 7 ? "C57" : "C\(1_491_813_860 + $0 % 150)" }).kind == .identifier)
    #expect(try profile(numbers(200) { $0 < 7 ? "C5\($0)" : "C\(1_491_813_860 + $0 % 150)" }).kind == .categorical)
    #expect(try profile(numbers(100) { "some words \($0)" }).kind == .categorical)
    #expect(try profile(numbers(100) { "\(1000 + $0)" }, .init(target: "x")).kind == .integer)
    #expect(try profile(numbers(50) { "\(1000 + $0)" }).warnings.map(\.kind) == [.identifierLike])
  }

  @Test func targets() throws {
    #expect(try profile(numbers(100) { "\($0 % 20)" }, .init(target: "x")).kind == .categorical)
    #expect(try profile(numbers(100) { "\($0 % 20)" }).kind == .integer)
    #expect(try profile(numbers(100) { "\($0 % 2).0" }, .init(target: "x")).kind == .boolean)
  }

  @Test func words() throws {
    #expect(try profile(["yes", "no", "yes"]).kind == .boolean)
    #expect(try profile(["True", "False", "True"]).kind == .boolean)
    #expect(try profile(["red", "blue", "red"]).kind == .categorical)
    let mixed = try profile(numbers(1000) { $0 % 20 == 0 ? "V\($0 % 60)" : "\($0 % 300)" })
    #expect(mixed.kind == .categorical)
    #expect(mixed.warnings.map(\.kind) == [.mixed])
  }

  @Test func datetimes() throws {
    func format(_ values: [String]) throws -> String? { try profile(values).schema.datetimeFormat }
    #expect(try format(["2020-01-31", "1999-12-01"]) == "%Y-%m-%d")
    #expect(try format(["2020-01-31T10:20:30Z"]) == "%Y-%m-%dT%H:%M:%SZ")
    #expect(try format(["2020-01-31 10:20:30.123456"]) == "%Y-%m-%d %H:%M:%S.%6f")
    #expect(try format(["31/01/2020", "01/02/2020"]) == "%d/%m/%Y")
    #expect(try format(["01/31/2020", "01/02/2020"]) == "%m/%d/%Y")
    #expect(try format(["1/2/2020", "11/30/2020 "]) == "%-m/%-d/%Y")
    #expect(try format(["31.1.2020"]) == "%-d.%-m.%Y")
    #expect(try format(["12:30", "00:05"]) == "%H:%M")
    #expect(try profile(["2020-02-30", "2020-01-01"]).kind == .categorical)
    let ambiguous = try profile(["01/02/2020", "03/04/2020"])
    #expect(ambiguous.reason == "dates of the form %m/%d/%Y; %d/%m/%Y would fit too")
    let range = try profile(["1970-01-02", "NA", "1969-12-31"])
    #expect(range.minimum == -86_400 && range.maximum == 86_400)
  }

  @Test func missingValues() throws {
    let profile = try profile(["1.5", "", "NaN", "?", "-9", "?"], .init(missingMarkers: ["-9"]))
    #expect(profile.missingCount == 5 && profile.distinctCount == 1)
    #expect(profile.schema.missingMarker == "?")
    #expect(try self.profile(["NA", "x"], .init(overrides: ["x": .init(missing: ["x"])])).missingCount == 1)
    let empty = try self.profile(["", "NA", ""])
    #expect(empty.kind == .categorical && empty.warnings.map(\.kind) == [.allMissing] && empty.missingShare == 1)
  }

  @Test func rangeAndDigits() throws {
    let decimals = try profile(["1.50", "-2.125", "27.0", "1e-4"]).schema
    #expect(decimals.minimum == -2.125 && decimals.maximum == 27)
    #expect(decimals.fractionDigits == 4 && decimals.minimumFractionDigits == 1)
  }

  @Test func frequencies() throws {
    let profile = try profile(["b", "a", "a", "", "c", "b", "a"])
    #expect(profile.mostFrequent.map(\.value) == ["a", "b", "c"])
    #expect(profile.mostFrequent[0].share == 0.5)
    #expect(profile.missingShare == 1.0 / 7)
  }

  /// A number that lies above a threshold exactly where the target holds, and ones that only tend to.
  @Test func numbersThatGiveTheTargetAway() throws {
    var csv = "label,leak,late,tends,noise,often\n"
    for row in 0..<2000 {
      let isBad = row * 37 % 10 < 3
      let noise = Double(row * 7919 % 2000) / 1000
      csv += "\(isBad ? "bad" : "good"),\(isBad ? 5 + noise : noise),"
      csv += "\(isBad ? "2021" : "2020")-0\(row % 9 + 1)-\(row % 19 + 10) 10:\(row % 50 + 10):\(row % 49 + 10),"
      csv += "\(isBad ? 1.5 + noise : noise),\(noise),\(row % 3 == 0 ? 0 : noise)\n"
    }
    let columns = try CSVReader(.init(target: "label")).profiles(bytes: Array(csv.utf8)).columns
    #expect(columns.map(\.kind) == [.categorical, .continuous, .datetime, .continuous, .continuous, .continuous])
    #expect(columns.map { $0.warnings.map(\.kind) } == [[], [.leaksTarget], [.leaksTarget], [], [], []])
    #expect(columns[1].warnings.first?.message == "tells the target in 100 % of rows")
  }

  @Test func warnings() throws {
    var csv = "label,leak,honest,noise,same,name\n"
    for row in 0..<1000 {
      let label = row * 37 % 10 < 3
      csv +=
        "\(label ? "bad" : "good"),\(label ? 4 : 7 + row % 2),\(row * 13 % 7),\(row * 31 % 1000),k,some person \(row)\n"
    }
    let columns = try CSVReader(.init(target: "label")).profiles(bytes: Array(csv.utf8)).columns
    #expect(
      columns.map { $0.warnings.map(\.kind) } == [
        [], [.leaksTarget], [], [.identifierLike], [.constant], [.identifierLike],
      ])
  }
}
