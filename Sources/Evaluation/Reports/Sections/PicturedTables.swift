import MynahTables

/// The two tables as drawings show them: all rows, or of long tables every so many, which no eye can tell from all.
struct PicturedTables {
  let columns: [AlignedColumn]
  /// Says so where rows were left out.
  let note: String?

  /// - Parameters:
  ///   - real: the training table.
  ///   - synthetic: with its columns; where it has not, there are no drawings.
  ///   - most: rows of either table.
  init(_ real: Table, _ synthetic: Table, most: Int) {
    let tables = [real, synthetic].map { Self.thinned($0, to: max(1, most)) }
    // The scores were computed from these tables, so all columns are there; if not, drawings are all that is lost.
    columns = (try? alignedColumns(real: tables[0], synthetic: tables[1])) ?? []
    let kept = zip(tables, [("training", real), ("synthetic", synthetic)]).compactMap { thinned, whole in
      thinned.rowCount < whole.1.rowCount
        ? "\(thinned.rowCount) of \(whole.1.rowCount) \(whole.0) rows" : nil
    }
    note = kept.isEmpty ? nil : "Drawn from \(kept.joined(separator: " and ")), evenly spaced."
  }

  private static func thinned(_ table: Table, to most: Int) -> Table {
    let count = table.rowCount
    guard count > most else { return table }
    return table.gathering((0..<most).map { $0 * count / most })
  }

  /// Rows of each table for which so many columns are drawn quickly.
  static func rows(cells: Int, columns: Int, least: Int = 20_000) -> Int { max(least, cells / max(1, columns)) }
}
