import MynahEncoders
import MynahRandomness
import MynahTables

/// One column's own distribution, as cells: levels or bins of numbers, and after them, where the column has any, the
/// missing values. Identifiers have none: they are made anew.
enum ColumnMarginal: Sendable, Equatable {
  case levels(LevelMarginal)
  case numbers(NumberMarginal)
  case identifier(FittedIdentifierEncoder)

  /// - Throws: `SynthesisError` or `TableError` for a column that is not stored as its kind demands, or holds NaN.
  init(_ column: Column, _ schema: ColumnSchema, using random: inout RandomSource) throws {
    switch (column, schema.kind) {
    case (_, .identifier): self = .identifier(try IdentifierEncoder().fitted(to: column, using: &random))
    case (.categorical(let codes, let levels, let validity), .categorical),
      (.categorical(let codes, let levels, let validity), .boolean):
      self = .levels(try LevelMarginal(codes: codes, levels: levels, validity: validity))
    default: self = .numbers(try NumberMarginal(column, schema))
    }
  }

  /// Rows without a value.
  var missing: Int64 {
    switch self {
    case .levels(let marginal): marginal.missing
    case .numbers(let marginal): marginal.missing
    case .identifier: 0
    }
  }

  /// Rows by cell, missing values last.
  var cellCounts: [Int64] {
    switch self {
    case .levels(let marginal): marginal.counts + (marginal.missing > 0 ? [marginal.missing] : [])
    case .numbers(let marginal): marginal.counts + (marginal.missing > 0 ? [marginal.missing] : [])
    case .identifier: []
    }
  }

  var domain: ColumnDomain {
    switch self {
    case .levels(let marginal): ColumnDomain(levels: marginal.levels, canBeMissing: marginal.missing > 0)
    case .numbers(let marginal): ColumnDomain(canBeMissing: marginal.missing > 0)
    case .identifier: ColumnDomain()
    }
  }

  /// The column of drawn cells; `places` say where between a bin's ends a number lies, in 0 ..< 1.
  ///
  /// - Parameter rows: the numbers of the rows in the whole sampled table; identifiers depend on them.
  func column(
    rows: Range<Int>, using random: inout RandomSource, cells: () -> [Int32], places: (Int) -> Double
  ) throws -> Column {
    switch self {
    case .levels(let marginal): marginal.column(cells: cells())
    case .numbers(let marginal): marginal.column(cells: cells(), places: places)
    case .identifier(let encoder): try encoder.decode([], rows: rows, using: &random)
    }
  }

  /// `count` rows that all hold what a condition demands.
  func column(of test: ValueTest, count: Int) -> Column {
    switch (self, test) {
    case (.levels(let marginal), .level(let level)):
      marginal.column(cells: Array(repeating: Int32(marginal.levels.firstIndex(of: level) ?? 0), count: count))
    case (.levels(let marginal), _):
      marginal.column(cells: Array(repeating: Int32(marginal.levels.count), count: count))
    case (.numbers(let marginal), _): marginal.column(of: test, count: count)
    case (.identifier, _): .categorical(codes: [], levels: [], nil)
    }
  }
}

extension NumberMarginal {
  /// `count` rows that all hold what a condition demands.
  func column(of test: ValueTest, count: Int) -> Column {
    let (real, whole): (Double, Int64) =
      switch test {
      case .real(let number, _): (number, 0)
      case .whole(let number): (0, number)
      case .missing, .level: (0, 0)
      }
    let validity = test == .missing ? Validity(count: count, allPresent: false) : nil
    return switch kind {
    case .continuous: .continuous(Array(repeating: real, count: count), validity)
    case .datetime: .timestamp(Array(repeating: whole, count: count), validity)
    default: .integer(Array(repeating: whole, count: count), validity)
    }
  }
}
