import MynahRandomness
import MynahTables
import Synchronization
import Testing

@testable import MynahSynthesizers

/// A user's model that knows no conditions: decoded tables are all there is of it.
@Suite struct RejectionSamplingTests {
  private static let days: [Int64] = [0, 86_400, 172_800]

  private static let schema: Schema = {
    var amount = ColumnSchema(name: "amount", kind: .continuous)
    (amount.fractionDigits, amount.minimum, amount.maximum) = (1, 0, 2)
    var day = ColumnSchema(name: "day", kind: .datetime)
    (day.datetimeFormat, day.minimum, day.maximum) = ("%d/%m/%Y", 0, 172_800)
    return Schema([
      ColumnSchema(name: "key", kind: .identifier), ColumnSchema(name: "name", kind: .identifier), amount, day,
      ColumnSchema(name: "count", kind: .integer), ColumnSchema(name: "colour", kind: .categorical),
    ])
  }()

  /// Rows whose levels come in another order every time, as a careless model's may, and whose numbers are not rounded.
  private static func draw(_ count: Int, firstRow: Int, using random: inout RandomSource) throws -> Table {
    let levels = ["red", "green", "blue", "never"].shuffled(using: &random)
    let names = (0..<count).map { "row-\(firstRow + $0)" }
    return try Table(
      schema: schema,
      columns: [
        .integer((0..<count).map { Int64(firstRow + $0) }, nil),
        .categorical(codes: Array(0..<Int32(count)), levels: names, nil),
        .continuous((0..<count).map { _ in 2 * random.uniform() }, nil),
        .timestamp((0..<count).map { _ in days[random.index(below: 3)] }, nil),
        .integer(
          (0..<count).map { _ in Int64(random.index(below: 4)) },
          Validity((0..<count).map { _ in random.uniform() < 0.5 })),
        .categorical(
          codes: (0..<count).map { _ in
            let level = ["red", "green", "blue"][random.index(below: 3)]
            return Int32(levels.firstIndex(of: level) ?? 0)
          }, levels: levels, nil),
      ])
  }

  private final class Tally: SamplingObserver {
    let calls = Mutex<[(Int, Int)]>([])
    func rejectionEnded(drawn: Int, accepted: Int) { calls.withLock { $0.append((drawn, accepted)) } }
  }

  private func sample(
    _ count: Int, _ conditions: [(String, String)], firstRow: Int = 0, patience: Int = 200_000,
    _ tally: Tally = Tally(), seed: UInt64 = 1, drawn: (Int) -> Void = { _ in }
  ) throws -> Table {
    var random = RandomSource(seed: seed)
    let request = SamplingRequest(
      count, given: conditions.map { Condition(column: $0.0, value: $0.1) }, firstRow: firstRow, patience: patience,
      observer: tally)
    return try rejectionSampled(request, schema: Self.schema, using: &random) { count, random in
      drawn(count)
      return try Self.draw(count, firstRow: request.firstRow, using: &random)
    }
  }

  @Test func everyKindOfColumnCanBeAskedFor() throws {
    let tally = Tally()
    let rows = try sample(
      300, [("amount", "0.5"), ("day", "02/01/1970"), ("count", ""), ("colour", "green")], firstRow: 40, tally)
    #expect(rows.rowCount == 300 && rows.schema == Self.schema)
    #expect(rows["amount"] == .continuous(Array(repeating: 0.5, count: 300), nil))
    #expect(rows["day"] == .timestamp(Array(repeating: 86_400, count: 300), nil))
    #expect(rows["count"]?.missingCount == 300)
    guard case .categorical(let codes, let levels, nil)? = rows["colour"] else {
      Issue.record("expected levels")
      return
    }
    #expect(codes.allSatisfy { levels[Int($0)] == "green" })
    // Rows are numbered one after another, whichever draw they come from.
    #expect(rows["key"] == .integer(Array(40..<340), nil))
    #expect(rows["name"] == .categorical(codes: Array(0..<300), levels: (40..<340).map { "row-\($0)" }, nil))
    let calls = tally.calls.withLock { $0 }
    #expect(calls.count == 1)
    // One in 20 · 3 · 2 · 3; five standard errors.
    let rate = Double(calls[0].1) / Double(calls[0].0)
    #expect(abs(rate - 1.0 / 360) < 5 * (rate / Double(calls[0].0)).squareRoot())
  }

  @Test func otherColumnsKeepTheirDistribution() throws {
    let rows = try sample(3_000, [("colour", "blue"), ("count", "2")])
    guard case .timestamp(let days, nil)? = rows["day"] else {
      Issue.record("expected times")
      return
    }
    for day in Self.days {
      #expect(abs(days.count { $0 == day } - 1_000) < 5 * Int((3_000.0 * 2 / 9).squareRoot()))
    }
  }

  @Test(arguments: [
    ([("colur", "red")], "there is no column 'colur'; did you mean 'colour'?"),
    ([("colour", "gren")], "no level 'gren'; did you mean 'green'?"),
    ([("colour", "red"), ("colour", "blue")], "column 'colour' cannot be both 'red' and 'blue'"),
    ([("amount", "3")], "column 'amount' lies between 0.0 and 2.0; no row can have 3"),
    ([("amount", "0.55")], "column 'amount' has 1 digit after the point; no row can have 0.55"),
    ([("amount", "much")], "column 'amount' holds numbers, not 'much'"),
    ([("amount", "nan")], "column 'amount' holds numbers, not 'nan'"),
    ([("count", "1.5")], "column 'count' holds whole numbers, not '1.5'"),
    ([("count", "1e300")], "column 'count' holds whole numbers, not '1e300'"),
    ([("day", "1970-01-02")], "column 'day' holds times of the form %d/%m/%Y, such as 01/01/1970, not '1970-01-02'"),
    ([("day", "04/01/1970")], "column 'day' lies between 01/01/1970 and 03/01/1970; no row can have 04/01/1970"),
    ([("key", "5")], "column 'key' is an identifier; its values are made anew and cannot be asked for"),
  ])
  func impossibleConditionsAreRefusedBeforeDrawing(_ conditions: [(String, String)], _ message: String) throws {
    var drawn = 0
    let error = #expect(throws: SynthesisError.self) { _ = try sample(5, conditions, drawn: { drawn += $0 }) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(drawn == 0)
  }

  @Test func theSameConditionTwiceIsOne() throws {
    #expect(try sample(5, [("count", "1"), ("count", "1.0"), ("amount", "1"), ("amount", "1.0")]).rowCount == 5)
  }

  @Test func givesUpWithTheRateAndNeverShort() throws {
    var drawn = 0
    let error = #expect(throws: SynthesisError.self) {
      _ = try sample(7, [("colour", "never"), ("count", "3")], patience: 5_000) { drawn += $0 }
    }
    #expect(drawn == 5_000)
    #expect(
      error?.description
        == "0 of 5000 drawn rows meet the conditions colour=never, count=3, 7 were asked for; fewer conditions would do"
    )
    // One in 72 meets both, and 40 draws for each row wanted are not enough.
    let short = #expect(throws: SynthesisError.self) {
      _ = try sample(1_000, [("colour", "red"), ("count", "3"), ("day", "01/01/1970")], patience: 800)
    }
    #expect(short?.description.contains("1000 were asked for") == true)
  }

  @Test func noConditionsDrawOnce() throws {
    var draws: [Int] = []
    #expect(try sample(12, []) { draws.append($0) }.rowCount == 12)
    #expect(draws == [12])
    #expect(try sample(0, [("colour", "red")]).rowCount == 0)
  }

  /// However many rows are wanted, a draw stays within bounds.
  @Test func drawsAreBounded() throws {
    var greatest = 0
    _ = try sample(8_000, [("colour", "red"), ("day", "01/01/1970")]) { greatest = max(greatest, $0) }
    #expect(greatest <= 65_536)
  }
}
