import MynahRandomness
import MynahTables

/// The real and the synthetic rows under one schema, with one list of levels each: what a model can learn from both.
///
/// Identifiers are left out, and so are columns that one table stores as levels and the other as numbers.
struct ComparableTables {
  let real: Table
  let synthetic: Table

  /// - Throws: `TableError` that names the columns the synthetic table lacks.
  init(real: Table, synthetic: Table) throws(TableError) {
    let columns = try alignedColumns(real: real, synthetic: synthetic).filter { $0.mismatch == nil }
    let schema = Schema(columns.map { ColumnSchema(name: $0.name, kind: $0.kind) })
    let pairs = columns.map(Self.alike)
    self.real = try Table(schema: schema, columns: pairs.map(\.real))
    self.synthetic = try Table(schema: schema, columns: pairs.map(\.synthetic))
  }

  private static func alike(_ column: AlignedColumn) -> (real: Column, synthetic: Column) {
    switch (column.real, column.synthetic) {
    case (.categorical(_, let first, _), .categorical(_, let second, _)):
      guard let codes = SharedCodes(levelsOf: column.real, column.synthetic) else { break }
      var seen: Set<String> = []
      let levels = (first + second).filter { seen.insert($0).inserted }
      return (
        categories(codes.real, levels, missing: codes.missing),
        categories(codes.synthetic, levels, missing: codes.missing)
      )
    case (.integer, .continuous), (.continuous, .integer):
      return (continuous(column.real), continuous(column.synthetic))
    default: break
    }
    return (column.real, column.synthetic)
  }

  private static func categories(_ codes: [UInt32], _ levels: [String], missing: UInt32) -> Column {
    .categorical(
      codes: codes.map { $0 == missing ? -1 : Int32($0) }, levels: levels,
      codes.contains(missing) ? Validity(codes.map { $0 != missing }) : nil)
  }

  private static func continuous(_ column: Column) -> Column {
    .continuous(column.numbersWithGaps() ?? [], column.validity)
  }
}

extension Column {
  /// Whether any row has a value that is a level or a finite number.
  var hasValues: Bool {
    guard case .categorical(let codes, _, let validity) = self else {
      return (numbersWithGaps() ?? []).contains(where: \.isFinite)
    }
    return codes.indices.contains { validity?[$0] ?? true }
  }
}

/// All rows of a table, or of a longer one `most` that are drawn at random, in the table's order.
func sampledRows(of count: Int, atMost most: Int, using random: inout RandomSource) -> [Int] {
  count <= most ? Array(0..<count) : random.permutation(count).prefix(max(0, most)).sorted()
}
