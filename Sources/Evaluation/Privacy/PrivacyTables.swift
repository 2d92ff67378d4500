import MynahRandomness
import MynahTables

/// The columns that a metric of privacy compares, of each table in the order of the training table: all but identifiers and
/// those that one table stores as levels and another as numbers.
struct PrivacyTables {
  let names: [String]
  let kinds: [ColumnKind]
  let train: [Column]
  let synthetic: [Column]
  /// nil where there is no holdout.
  let holdout: [Column]?
  let trainRows: Int
  let syntheticRows: Int
  let holdoutRows: Int
  /// Where the synthetic rows are in the table that was given; nil where that is the table.
  private let places: [Int]?

  /// Where a metric holds the table against the holdout and the holdout itself is the table, every other row of it is the
  /// table and the others the holdout: rows that are their own control would say nothing.
  ///
  /// - Throws: `TableError` when a table lacks a column of the training table; `Inapplicable` where nothing can be compared.
  init(_ given: Table, _ real: RealData, needsHoldout: Bool = false) throws {
    let count = given.rowCount
    let isHalved = needsHoldout && count > 1 && given == real.holdout && given != real.train
    places = isHalved ? Array(stride(from: 0, to: count, by: 2)) : nil
    let synthetic = places.map(given.gathering) ?? given
    let unseen = isHalved ? given.gathering(Array(stride(from: 1, to: count, by: 2))) : real.holdout
    let aligned = try alignedColumns(real: real.train, synthetic: synthetic)
    var kept: [(AlignedColumn, Column?)] = []
    for column in aligned where column.mismatch == nil {
      guard let holdout = unseen else {
        kept.append((column, nil))
        continue
      }
      guard let control = holdout[column.name] else {
        throw TableError("the holdout lacks the column '\(column.name)' of the real table")
      }
      let pair = AlignedColumn(name: column.name, kind: column.kind, real: column.real, synthetic: control)
      if pair.mismatch == nil { kept.append((column, control)) }
    }
    names = kept.map(\.0.name)
    kinds = kept.map(\.0.kind)
    train = kept.map(\.0.real)
    self.synthetic = kept.map(\.0.synthetic)
    holdout = unseen == nil ? nil : kept.compactMap(\.1)
    trainRows = real.train.rowCount
    syntheticRows = synthetic.rowCount
    holdoutRows = unseen?.rowCount ?? 0

    guard !kept.isEmpty else { throw Inapplicable("no column can be compared") }
    try Self.expectValues(train, trainRows, "the real table")
    try Self.expectValues(self.synthetic, syntheticRows, "the synthetic table")
    if let holdout {
      try Self.expectValues(holdout, holdoutRows, "the holdout")
    } else if needsHoldout {
      throw Inapplicable(
        "there is no holdout: without rows that the model has not seen, there is nothing to hold it against")
    }
  }

  /// The place in the table that was given of a synthetic row.
  func place(ofSynthetic row: Int) -> Int { places?[row] ?? row }

  private static func expectValues(_ columns: [Column], _ rows: Int, _ table: String) throws(Inapplicable) {
    guard rows > 0 else { throw Inapplicable("\(table) has no rows") }
    guard columns.contains(where: { $0.missingCount < rows }) else {
      throw Inapplicable("\(table) has nothing but missing values")
    }
  }

  /// The place of a column among those compared.
  ///
  /// - Throws: `Inapplicable` that names the nearest one.
  func index(of name: String) throws(Inapplicable) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    let hint = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    throw Inapplicable("there is no column '\(name)' to compare\(hint)")
  }
}

/// All of `count` rows in order, or `most` of them drawn without replacement, in order.
func sampledRows(_ count: Int, most: Int, using random: inout RandomSource) -> [Int] {
  count <= most ? Array(0..<count) : random.permutation(count).prefix(max(0, most)).sorted()
}
