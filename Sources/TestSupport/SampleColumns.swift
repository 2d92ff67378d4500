import Foundation
import MynahEncoders
import MynahRandomness
import MynahTables

/// Small columns of every kind, usual ones and the edges that data have.
enum SampleColumns {
  struct Sample: Sendable {
    var title: String
    var kind: ColumnKind
    var column: Column
  }

  static let all: [Sample] = ColumnKind.allCases.flatMap { kind in
    shapes.map { Sample(title: "\($0.title) \(kind.rawValue) values", kind: kind, column: column(kind, $0)) }
  }

  /// Usual columns that are stored as none of the kinds, and numbers that are none.
  static func foreign(to kinds: Set<ColumnKind>) -> [Sample] {
    let usual = all.filter { $0.title.hasPrefix("usual") }
    // Identifiers are stored as texts or as whole numbers.
    let own = usual.filter { kinds.contains($0.kind) || (kinds.contains(.identifier) && $0.kind == .integer) }
    let others = usual.filter { sample in !own.contains { $0.column.isStored(as: sample.column) } }
    guard kinds.contains(.continuous) else { return others }
    return others
      + [Double.nan, .infinity].map {
        Sample(title: "a column with \($0)", kind: .continuous, column: .continuous([1, 2, $0], nil))
      }
  }

  private struct Shape {
    var title: String
    var rows: Int
    var missing: Double = 0
    var isConstant = false
  }

  private static let shapes = [
    Shape(title: "usual", rows: 500), Shape(title: "some missing", rows: 300, missing: 0.2),
    Shape(title: "constant", rows: 20, isConstant: true),
    Shape(title: "constant or missing", rows: 50, missing: 0.5, isConstant: true),
    Shape(title: "all missing", rows: 10, missing: 1), Shape(title: "one of", rows: 1), Shape(title: "no", rows: 0),
  ]

  private static func column(_ kind: ColumnKind, _ shape: Shape) -> Column {
    var random = RandomSource(seed: 7)
    var present: [Bool] = []
    let numbers = (0..<shape.rows).map { _ in
      present.append(random.uniform() >= shape.missing)
      return shape.isConstant ? 3 : 2 + abs(random.normal())
    }
    let validity = Validity(present)
    let missing = validity.missingCount == 0 ? nil : validity
    switch kind {
    case .continuous: return .continuous(numbers, missing)
    case .integer: return .integer(numbers.map { Int64(20 * $0) }, missing)
    case .datetime: return .timestamp(numbers.map { 86_400 * Int64(100 * $0) }, missing)
    case .boolean: return levels(numbers.map { $0 < 2.5 ? "no" : "yes" }, missing)
    case .categorical: return levels(numbers.map { "level \(Int(3 * $0))" }, missing)
    case .identifier: return levels((0..<shape.rows).map { "id-\(10_000 + 7 * $0)" }, missing)
    }
  }

  private static func levels(_ texts: [String], _ missing: Validity?) -> Column {
    var places: [String: Int32] = [:]
    var names: [String] = []
    let codes = texts.enumerated().map { row, text -> Int32 in
      if let missing, !missing[row] { return -1 }
      if let place = places[text] { return place }
      places[text] = Int32(names.count)
      names.append(text)
      return Int32(names.count - 1)
    }
    return .categorical(codes: codes, levels: names, missing)
  }
}

extension Column {
  /// Whether two columns hold values of one type.
  func isStored(as other: Column) -> Bool {
    switch (self, other) {
    case (.continuous, .continuous), (.integer, .integer), (.timestamp, .timestamp), (.categorical, .categorical): true
    default: false
    }
  }
}

/// Whether an encoder's parameters come back from the form that files have.
func keepsItsParameters<Encoder: ColumnEncoder>(_ encoder: Encoder) -> Bool {
  var registry = EncoderRegistry.standard
  registry.register(Encoder.self)
  let decoder = JSONDecoder()
  decoder.userInfo[.encoders] = registry
  guard let stored = try? JSONEncoder().encode([EncoderChoice(encoder)]),
    let read = try? decoder.decode([EncoderChoice].self, from: stored)
  else { return false }
  return read == [EncoderChoice(encoder)]
}
