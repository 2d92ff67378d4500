import Foundation
import MynahEncoders
import MynahParallelism
import MynahRandomness
import MynahTables

/// Holds a fitted encoder to what `FittedColumnEncoder` promises about the column it was fitted to.
///
/// - Parameters:
///   - fitted: the encoder.
///   - column: what it was fitted to.
///   - tolerance: how far a number may be from what it was; nil where values are made anew, as identifiers are.
/// - Returns: The broken promises.
public func checkFitted<Fitted: FittedColumnEncoder>(
  _ fitted: Fitted, on column: Column, tolerance: Double?
) -> [ConformanceFailure] {
  let check = FittedCheck(fitted: fitted, column: column)
  var messages: [String] = []
  do {
    let blocks = try check.encoded()
    messages += check.spans(blocks)
    let decoded = try check.decoded(blocks)
    if let tolerance { messages += differences(decoded, column, tolerance: tolerance) }
    messages += try check.threads(blocks, decoded)
    messages += try check.storage()
    messages += check.misfits(blocks)
    messages += try check.outputs()
    messages += try check.levels()
  } catch {
    messages.append("\(error)")
  }
  return messages.map { ConformanceFailure($0, of: "\(Fitted.self)") }
}

/// Where two columns differ; numbers may by `tolerance`.
package func differences(_ actual: Column, _ expected: Column, tolerance: Double) -> [String] {
  guard actual.count == expected.count else { return ["\(actual.count) rows, expected \(expected.count)"] }
  for row in 0..<actual.count {
    guard actual.isMissing(row) == expected.isMissing(row) else { return ["row \(row): missing or not"] }
    if expected.isMissing(row) { continue }
    switch (actual, expected) {
    case (.categorical(let a, let names, _), .categorical(let b, let expectedNames, _)):
      if names[Int(a[row])] != expectedNames[Int(b[row])] { return ["row \(row): \(names[Int(a[row])])"] }
    case (.continuous, .continuous), (.integer, .integer), (.timestamp, .timestamp):
      guard let a = actual.number(at: row), let b = expected.number(at: row) else { return ["row \(row): no number"] }
      if !(abs(a - b) <= tolerance) { return ["row \(row): \(a), expected \(b)"] }
    default: return ["another kind of column"]
    }
  }
  return []
}

private struct FittedCheck<Fitted: FittedColumnEncoder> {
  let fitted: Fitted
  let column: Column

  func encoded() throws -> [EncodedBlock] {
    var random = RandomSource(seed: 99)
    return try fitted.encode(column, using: &random)
  }

  func decoded(_ blocks: [EncodedBlock], count: Int? = nil) throws -> Column {
    var random = RandomSource(seed: 98)
    return try fitted.decode(blocks, count: count ?? column.count, using: &random)
  }

  func spans(_ blocks: [EncodedBlock]) -> [String] {
    var found: [String] = []
    if blocks.count != fitted.spans.count { found.append("\(blocks.count) blocks for \(fitted.spans.count) spans") }
    for (block, span) in zip(blocks, fitted.spans) {
      if block.count != column.count { found.append("a block of \(block.count) rows, the column has \(column.count)") }
      switch block {
      case .scalars(let values):
        if span.width != 1 || span.head == .softmax { found.append("scalars for \(span)") }
        if span.head == .tanh, !values.allSatisfy({ abs($0) <= 1 }) { found.append("a tanh scalar outside -1...1") }
        if !values.allSatisfy(\.isFinite) { found.append("a scalar that is not finite") }
      case .codes(let codes):
        if span.head != .softmax || codes.cardinality != span.width || span.width < 2 {
          found.append("codes of \(codes.cardinality) levels for \(span)")
        }
      }
    }
    return found
  }

  func threads(_ blocks: [EncodedBlock], _ column: Column) throws -> [String] {
    let before = threadCount
    defer { threadCount = before }
    threadCount = before == 1 ? 3 : 1
    let same = try encoded() == blocks && decoded(blocks) == column
    return same ? [] : ["another encoding or column with another number of threads"]
  }

  func storage() throws -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let stored = try encoder.encode(fitted)
    let again = try JSONDecoder().decode(Fitted.self, from: stored)
    guard again == fitted, try encoder.encode(again) == stored else { return ["JSON does not bring it back"] }
    return []
  }

  func misfits(_ blocks: [EncodedBlock]) -> [String] {
    var found: [String] = []
    func expectRefusal(_ what: String, _ body: () throws -> Void) { if !isRefused(body) { found.append(what) } }
    expectRefusal("takes a block too many") { _ = try decoded(blocks + [.scalars([])]) }
    guard !blocks.isEmpty else { return found }
    expectRefusal("takes blocks of the wrong length") { _ = try decoded(blocks, count: column.count + 1) }
    expectRefusal("takes a block too few") { _ = try decoded(Array(blocks.dropLast())) }
    for sample in SampleColumns.all where !sample.column.isStored(as: column) && sample.title.hasPrefix("usual") {
      expectRefusal("encodes a column of \(sample.kind.rawValue) values") {
        var random = RandomSource(seed: 1)
        _ = try fitted.encode(sample.column, using: &random)
      }
    }
    return found
  }

  /// Whatever a model makes is legal: all codes with scalars that are too large, or no numbers.
  func outputs() throws -> [String] {
    guard !fitted.spans.isEmpty else { return [] }
    let numbers = (0..<column.count).compactMap { column.number(at: $0) }
    let present = Set(levelNames(column))
    let most = fitted.spans.map(\.width).max() ?? 1
    for scalar in [-Float.infinity, -1e30, -1, 0, 0.3, 1, 1e30, .infinity, .nan] {
      let blocks = fitted.spans.map { span in
        span.head == .softmax
          ? EncodedBlock.codes(CompactCodes((0..<Int32(most)).map { $0 % Int32(span.width) }, cardinality: span.width))
          : .scalars(Array(repeating: scalar, count: most))
      }
      let made = try decoded(blocks, count: most)
      guard made.isStored(as: column) else { return ["decodes to another kind of column"] }
      guard made.count == most else { return ["decodes \(most) rows to \(made.count)"] }
      for row in 0..<most {
        guard let number = made.number(at: row) else { continue }
        // Where nothing was seen, any number will do.
        let (low, high) = (numbers.min() ?? -.greatestFiniteMagnitude, numbers.max() ?? .greatestFiniteMagnitude)
        guard (low...high).contains(number) else {
          return ["the scalar \(scalar) decodes to \(number), outside of the column's range"]
        }
      }
      guard present.isSuperset(of: levelNames(made)) else { return ["decodes to a level that the column has not"] }
    }
    return []
  }

  /// Levels that conditions can name have codes.
  func levels() throws -> [String] {
    guard fitted.isDiscrete, let span = fitted.spans.last else { return [] }
    guard span.head == .softmax else { return ["is discrete, and its last span is none of codes"] }
    for level in Set(levelNames(column)).union(fitted.knownLevels ?? []) {
      guard let place = fitted.place(of: level), (0..<span.width).contains(place.code) else {
        return ["the level '\(level)' has no code"]
      }
    }
    return fitted.missingCode.map { (0..<span.width).contains($0) } ?? true
      ? [] : ["missing values have an impossible code"]
  }

  /// The levels of the rows; none for numbers.
  private func levelNames(_ column: Column) -> [String] {
    guard case .categorical(let codes, let levels, _) = column else { return [] }
    return codes.indices.filter { !column.isMissing($0) }.map { levels[Int(codes[$0])] }
  }
}
