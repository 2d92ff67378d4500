import Foundation
import MynahOversamplers
import MynahParallelism
import MynahRandomness
import MynahTables

/// What a resampler does with rows, and hence what it promises.
public enum ResamplerRole: Sendable {
  /// It adds rows and keeps every real one.
  case adds
  /// It removes rows, as many as asked for, and makes none.
  case removes
  /// It removes the rows that it finds fault with, however many they are, and makes none.
  case cleans
  /// It adds rows, then removes those that it finds fault with, real ones too.
  case addsAndCleans

  /// Whether classes have as many rows as asked for.
  var meetsCounts: Bool { self == .adds || self == .removes }
}

/// Holds a resampler to everything that `Resampler` promises.
///
/// ```swift
/// @Test func conforms() { #expect(checkResampler(MyOversampler()) == []) }
/// ```
///
/// - real rows that are kept come first, unchanged and in their order; the schema stays;
/// - classes have as many rows as asked for, by default, by ratio and by counts;
/// - every new row says by which method and of which real rows it was made, and parents are of the table;
/// - the same seed gives the same rows, with one thread and with two, at once and in pieces;
/// - hyperparameters come back from JSON as they were, and those said to be impossible are refused by name;
/// - a table of one class or without rows, a target that is absent or has missing values, and unknown classes are refused
///   with a `ResamplingError` of one line.
///
/// - Parameters:
///   - resampler: with the hyperparameters to try.
///   - role: what it does with rows.
///   - impossible: with hyperparameters that `validate` must refuse.
///   - table: with two classes, one of them smaller; three numbers and two classes unless given.
///   - target: the column of the classes.
/// - Returns: the broken promises; none for a resampler that conforms.
public func checkResampler<R: Resampler>(
  _ resampler: R, role: ResamplerRole = .adds, impossible: [R] = [], on table: Table? = nil, target: String = "class"
) -> [ConformanceFailure] {
  do {
    var check = ResamplerCheck(
      resampler, role, try table ?? ResamplerTables.numbers(), try ResamplerTables.broken(), target)
    try check.hyperparameters(impossible)
    try check.counts()
    try check.repetition()
    try check.refusals()
    return check.failures
  } catch {
    return [ConformanceFailure("nothing unforeseen is thrown", of: R.identifier, seen: "\(error)")]
  }
}

/// The state of a check: what was found so far.
private struct ResamplerCheck<R: Resampler> {
  let resampler: R
  let role: ResamplerRole
  let table: Table
  let broken: [(name: String, table: Table)]
  let target: String
  private(set) var failures: [ConformanceFailure] = []

  init(
    _ resampler: R, _ role: ResamplerRole, _ table: Table, _ broken: [(name: String, table: Table)], _ target: String
  ) {
    (self.resampler, self.role, self.table, self.broken, self.target) = (resampler, role, table, broken, target)
  }

  mutating func hyperparameters(_ impossible: [R]) throws {
    expect(!R.identifier.isEmpty, "the identifier is not empty")
    let json = try JSONEncoder().encode(resampler)
    let sorted = JSONEncoder()
    sorted.outputFormatting = .sortedKeys
    let copy = try JSONDecoder().decode(R.self, from: json)
    expect(
      try sorted.encode(copy) == sorted.encode(resampler), "hyperparameters come back from JSON as they were")
    expect(try balanced(copy).table() == balanced(resampler).table(), "what comes back from JSON makes the same rows")
    for wrong in impossible {
      do {
        try wrong.validate()
        expect(false, "impossible hyperparameters are refused", seen: "no error")
      } catch {
        expect(error.hyperparameter != nil, "the hyperparameter that is wrong is named", seen: error.description)
      }
    }
  }

  mutating func counts() throws {
    let present = try rows(of: table)
    guard let most = present.values.max(), let least = present.values.min(),
      let rare = present.first(where: { $0.value == least })?.key,
      let common = present.first(where: { $0.key != rare })?.key, present.count == 2
    else { return expect(false, "the table of the check has two classes") }
    try check(.auto, wanted: role == .adds ? [rare: most, common: most] : [rare: least, common: least], "by default")
    guard role.meetsCounts else { return }
    let ratio = 0.75
    let wanted =
      role == .adds
      ? [rare: Int(Double(most) * ratio), common: most] : [rare: least, common: Int(Double(least) / ratio)]
    try check(.ratio(ratio), wanted: wanted, "a ratio")
    let count = role == .adds ? [rare: least + 3] : [common: most - 3]
    try check(.counts(count), wanted: present.merging(count) { $1 }, "counts")
  }

  private mutating func check(_ strategy: SamplingStrategy, wanted: [String: Int], _ asked: String) throws {
    let result = try balanced(resampler, strategy)
    let whole = try result.table()
    expect(whole.schema == table.schema && result.schema == table.schema, "the schema stays")
    expect(whole.rowCount == result.rowCount, "\(asked): the table has as many rows as it says")
    expect(result.kept == result.kept.sorted(), "\(asked): kept rows are in their order")
    expect(role != .adds || result.kept.count == table.rowCount, "\(asked): every real row is kept")
    expect(role == .adds || role == .addsAndCleans || result.addedCount == 0, "\(asked): no row is made")
    let real = whole.gathering(Array(0..<result.realCount))
    expect(real.sameValues(as: table.gathering(result.kept)), "\(asked): real rows come first, unchanged")
    if role.meetsCounts {
      let counts = try rows(of: whole)
      expect(counts == wanted, "\(asked): classes have the rows asked for", seen: "\(counts), asked for \(wanted)")
    }
    for row in 0..<result.addedCount {
      let origin = result.origin(row)
      let parents = [origin.base, origin.neighbor].compactMap { $0 }
      guard origin.method.isEmpty || !parents.allSatisfy({ (0..<table.rowCount).contains($0) }) else { continue }
      return expect(false, "\(asked): a new row names its method and its parents", seen: "\(origin)")
    }
  }

  mutating func repetition() throws {
    let rows = try balanced(resampler).table()
    let before = threadCount
    defer { threadCount = before }
    for threads in [1, 2] {
      threadCount = threads
      expect(try balanced(resampler).table() == rows, "\(threads) threads give the same rows")
    }
    var pieces = 0
    var start = 0
    try balanced(resampler).forEachBlock(of: 7) { piece in
      let same = rows.gathering(Array(start..<min(rows.rowCount, start + piece.rowCount)))
      if !piece.sameValues(as: same) { pieces += 1 }
      start += piece.rowCount
    }
    expect(pieces == 0 && start == rows.rowCount, "pieces are the same rows as the whole", seen: "\(pieces) differ")
  }

  mutating func refusals() throws {
    for (name, table) in broken { refuses("a table \(name)", BalanceRequest(target: "class"), table) }
    refuses("a target that is not there", BalanceRequest(target: target + "?"), table)
    guard role.meetsCounts else { return }
    refuses(
      "a class that is not there", BalanceRequest(target: target, strategy: .counts(["no such class": 5])), table)
    refuses("a ratio of 0", BalanceRequest(target: target, strategy: .ratio(0)), table)
  }

  private mutating func refuses(_ what: String, _ request: BalanceRequest, _ table: Table) {
    do {
      var random = RandomSource(seed: 1)
      _ = try resampler.resampled(table, request, using: &random)
      expect(false, "\(what) is refused", seen: "no error")
    } catch let error as ResamplingError {
      let isLine = !error.description.isEmpty && !error.description.contains("\n")
      expect(isLine, "\(what) is refused in one line", seen: error.description)
    } catch {
      expect(false, "\(what) is refused with a ResamplingError", seen: "\(type(of: error)): \(error)")
    }
  }

  private func balanced(
    _ resampler: R, _ strategy: SamplingStrategy = .auto
  ) throws -> ResampledTable {
    var random = RandomSource(seed: 4)
    return try resampler.resampled(table, BalanceRequest(target: target, strategy: strategy), using: &random)
  }

  private func rows(of table: Table) throws -> [String: Int] {
    guard case .categorical(let codes, let levels, _) = table[target] else { return [:] }
    return Dictionary(codes.map { (levels[Int($0)], 1) }, uniquingKeysWith: +)
  }

  private mutating func expect(_ holds: Bool, _ promise: String, seen: String = "") {
    if !holds { failures.append(ConformanceFailure(promise, of: R.identifier, seen: seen)) }
  }
}

extension Table {
  /// Equal up to the numbers of levels, and to what stands in the place of a missing value.
  fileprivate func sameValues(as other: Table) -> Bool { csvBytes() == other.csvBytes() }
}
