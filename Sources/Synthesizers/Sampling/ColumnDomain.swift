import MynahEncoders
import MynahTables

/// What a model's column can hold, as far as that is known before rows are drawn: a condition outside it is refused at
/// once instead of being searched for.
public struct ColumnDomain: Sendable, Equatable {
  /// The levels of a discrete column; nil where they are not known.
  public var levels: [String]?
  /// Whether a row can be without a value; nil where it is not known.
  public var canBeMissing: Bool?

  public init(levels: [String]? = nil, canBeMissing: Bool? = nil) {
    self.levels = levels
    self.canBeMissing = canBeMissing
  }

  /// The values of a column of real rows.
  public init(of column: Column) {
    self.init(levelsOf: column)
    canBeMissing = column.missingCount > 0
  }

  /// The levels of a column that a model has made, of any number of rows.
  init(levelsOf column: Column) {
    if case .categorical(_, let levels, _) = column { self.levels = levels }
  }
}

extension FittedTableEncoder {
  /// What decoded columns can hold.
  var domains: [ColumnDomain] {
    columns.map { ColumnDomain(levels: $0.knownLevels, canBeMissing: $0.canBeMissing) }
  }
}
