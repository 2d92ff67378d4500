import Foundation
import MynahEncoders
import MynahRandomness
import MynahTables

/// What every fitted encoder must do with the column it was fitted to. Returns what it does wrong.
///
/// - Parameter tolerance: how far a number may be from what it was; levels and missing values must come back exactly.
func violations(
  of fitted: some FittedColumnEncoder & Equatable, on column: Column, tolerance: Double
) throws -> [String] {
  var found: [String] = []
  var random = RandomSource(seed: 99)
  let blocks = try fitted.encode(column, using: &random)
  if blocks.count != fitted.spans.count { found.append("\(blocks.count) blocks for \(fitted.spans.count) spans") }
  for (block, span) in zip(blocks, fitted.spans) {
    if block.count != column.count { found.append("a block of \(block.count) rows") }
    switch block {
    case .scalars(let values):
      if span.width != 1 || span.head == .softmax { found.append("scalars for \(span)") }
      if span.head == .tanh, !values.allSatisfy({ abs($0) <= 1 }) { found.append("a scalar outside -1...1") }
      if !values.allSatisfy(\.isFinite) { found.append("a scalar that is not finite") }
    case .codes(let codes):
      if codes.cardinality != span.width || span.width < 2 { found.append("\(codes.cardinality) codes for \(span)") }
    }
  }

  let decoded = try fitted.decode(blocks, count: column.count, using: &random)
  found += differences(decoded, column, tolerance: tolerance)

  var again = RandomSource(seed: 99)
  if try fitted.encode(column, using: &again) != blocks { found.append("another encoding with the same seed") }

  let stored = try JSONEncoder().encode(fitted)
  if try JSONDecoder().decode(type(of: fitted), from: stored) != fitted { found.append("JSON does not bring it back") }
  if (try? fitted.decode(blocks + [.scalars([])], count: column.count, using: &random)) != nil {
    found.append("takes a block too many")
  }
  if !blocks.isEmpty, (try? fitted.decode(blocks, count: column.count + 1, using: &random)) != nil {
    found.append("takes blocks of the wrong length")
  }
  return found
}

/// Where two columns differ; numbers may by `tolerance`.
func differences(_ actual: Column, _ expected: Column, tolerance: Double) -> [String] {
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

/// A `Validity` whose rows are missing with the probability `share`; nil when none is.
func someMissing(_ count: Int, share: Double, using random: inout RandomSource) -> Validity? {
  let validity = Validity((0..<count).map { _ in random.uniform() >= share })
  return validity.missingCount == 0 ? nil : validity
}
