import MynahStatistics
import MynahTables

/// What an attacker is taken to know of a person, as classes: rows of all tables that agree in it have the same number.
struct QuasiIdentifiers {
  /// A class by row of `CellCodes`.
  let classes: [Int32]
  let classCount: Int
  /// A group of the sensitive column by row; −1 where it is missing. Empty where there is none.
  let secrets: [Int32]
  let secretCount: Int
  let train: Range<Int>
  let synthetic: Range<Int>
  let holdout: Range<Int>

  /// Numbers are cut into so many groups at quantiles of the training table.
  static let groups = 10

  /// - Parameters:
  ///   - names: the columns known; categorical and boolean ones other than the secret unless given.
  ///   - secret: the sensitive column.
  /// - Throws: `Inapplicable` for unknown columns, and where none is left.
  init(_ tables: PrivacyTables, names: [String]?, secret: String? = nil) throws(Inapplicable) {
    let hidden = try secret.map { name throws(Inapplicable) in try tables.index(of: name) }
    var known: [Int] = []
    if let names {
      for name in names { known.append(try tables.index(of: name)) }
      guard hidden.map({ !known.contains($0) }) ?? true else {
        throw Inapplicable("column '\(secret ?? "")' cannot be known and secret at once")
      }
    } else {
      known = tables.names.indices.filter { tables.train[$0].isDiscrete && $0 != hidden }
    }
    guard !known.isEmpty else {
      throw Inapplicable("there is no categorical column that an attacker could know")
    }
    let cells = CellCodes(tables)
    let grouped = CellCodes(cells, columns: known.map { Self.groups($0, tables, cells) })
    (classes, classCount) = grouped.classes(Array(known.indices))
    (train, synthetic, holdout) = (cells.train, cells.synthetic, cells.holdout)
    let column = hidden.map { Self.groups($0, tables, cells) }
    secrets = column?.codes ?? []
    secretCount = column?.cardinality ?? 0
  }

  /// Levels as they are, numbers in groups.
  private static func groups(
    _ column: Int, _ tables: PrivacyTables, _ cells: CellCodes
  ) -> (codes: [Int32], cardinality: Int) {
    guard let train = tables.train[column].numbersWithGaps() else {
      return (cells.columns[column], cells.cardinalities[column])
    }
    let sorted = train.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty, cells.cardinalities[column] > groups else {
      return (cells.columns[column], cells.cardinalities[column])
    }
    // Order statistics, not values between them: infinite ones have no middle.
    let cuts = (1..<groups).map { sorted[sorted.count * $0 / groups] }
    let others = [tables.synthetic[column], tables.holdout?[column]].compactMap { $0?.numbersWithGaps() }
    let codes = ([train] + others).flatMap { values in
      values.map { value in value.isNaN ? -1 : Int32(cuts.lazy.filter { $0 <= value }.count) }
    }
    return (codes, groups)
  }

  /// How many rows of `range` each class has.
  func sizes(_ range: Range<Int>) -> [Int] {
    var sizes = [Int](repeating: 0, count: classCount)
    for row in range { sizes[Int(classes[row])] += 1 }
    return sizes
  }

  /// How many rows of `range` have each class and group of the secret; a missing secret is a group of its own, the last.
  func joint(_ range: Range<Int>) -> [Int: Int] {
    var joint: [Int: Int] = [:]
    for row in range { joint[cell(row), default: 0] += 1 }
    return joint
  }

  /// Class and group of a row as one number.
  func cell(_ row: Int) -> Int {
    Int(classes[row]) * (secretCount + 1) + (secrets[row] < 0 ? secretCount : Int(secrets[row]))
  }
}
