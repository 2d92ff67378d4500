import MynahTables

/// The classes of a target column and every row's.
public struct ClassLabels: Sendable, Equatable {
  /// In the order of the column's levels; whole numbers ascending.
  public let names: [String]
  /// A place in `names` by row, −1 where the target is missing.
  public let codes: [Int32]

  /// Whole numbers of more values than this are a quantity, not classes.
  public static let mostNumbers = 100

  /// Levels, or whole numbers of few values.
  ///
  /// - Throws: `TableError` when there is no such column or it is continuous.
  public init(of target: String, in table: Table) throws(TableError) {
    guard let column = table[target] else {
      let hint = table.schema.nearestName(to: target).map { "; did you mean '\($0)'?" } ?? ""
      throw TableError("there is no column '\(target)'\(hint)")
    }
    switch column {
    case .categorical(let codes, let levels, let validity):
      names = levels
      self.codes = codes.indices.map { validity?[$0] ?? true ? codes[$0] : -1 }
    case .integer(let numbers, let validity):
      let values = Set(numbers.indices.lazy.filter { validity?[$0] ?? true }.map { numbers[$0] }).sorted()
      guard values.count <= Self.mostNumbers else {
        throw TableError(
          "column '\(target)' holds \(values.count) different whole numbers; a target of classes has at most "
            + "\(Self.mostNumbers), or is declared categorical")
      }
      let places = Dictionary(uniqueKeysWithValues: zip(values, Int32(0)...))
      names = values.map(String.init)
      codes = numbers.indices.map { row in validity?[row] ?? true ? places[numbers[row]] ?? -1 : -1 }
    case .continuous, .timestamp:
      throw TableError("column '\(target)' is continuous; a target of classes is categorical")
    }
  }

  /// Rows by class.
  public var counts: [Int] {
    var counts = Array(repeating: 0, count: names.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }
}
