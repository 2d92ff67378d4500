import MynahEncoders
import MynahTables

extension TableMarginals {
  /// What of a column's distribution is kept as text; the counts and the ends of bins are tensors.
  private struct Entry: Codable {
    var levels: [String]?
    var missing: Int64?
    var digits: Int?
    var step: Int64?
    var identifier: FittedIdentifierEncoder?
  }

  private static func path(_ column: Int, _ part: String) -> String { "marginals.\(column).\(part)" }

  func write(to archive: inout ModelArchive) throws {
    var entries: [Entry] = []
    for (index, column) in columns.enumerated() {
      switch column {
      case .levels(let marginal):
        entries.append(Entry(levels: marginal.levels, missing: marginal.missing))
        archive.store(marginal.counts, as: Self.path(index, "counts"))
      case .numbers(let marginal):
        archive.store(marginal.counts, as: Self.path(index, "counts"))
        switch marginal.bins {
        case .real(let bins, let digits):
          entries.append(Entry(missing: marginal.missing, digits: digits))
          archive.store(bins.lows, as: Self.path(index, "lows"))
          archive.store(bins.highs, as: Self.path(index, "highs"))
        case .whole(let bins, let step):
          entries.append(Entry(missing: marginal.missing, step: step))
          archive.store(bins.lows, as: Self.path(index, "lows"))
          archive.store(bins.highs, as: Self.path(index, "highs"))
        }
      case .identifier(let encoder): entries.append(Entry(identifier: encoder))
      }
    }
    try archive.encode(schema, as: "schema")
    try archive.encode(entries, as: "marginals")
  }

  /// - Throws: `SynthesisError` when something is absent or does not fit; the column is named.
  init(from archive: ModelArchive) throws {
    let schema = try archive.decode(Schema.self, "schema")
    let entries = try archive.decode([Entry].self, "marginals")
    guard !entries.isEmpty, entries.count == schema.columns.count else {
      throw SynthesisError("the model file has \(entries.count) distributions for \(schema.columns.count) columns")
    }
    let columns = try entries.enumerated().map { index, entry in
      let described = schema.columns[index]
      guard let column = try Self.column(entry, index, described.kind, archive) else {
        throw SynthesisError("the model file's distribution of column '\(described.name)' is not one")
      }
      return column
    }
    self.init(schema: schema, columns: columns)
  }

  private static func column(
    _ entry: Entry, _ index: Int, _ kind: ColumnKind, _ archive: ModelArchive
  ) throws -> ColumnMarginal? {
    if kind == .identifier { return entry.identifier.map { .identifier($0) } }
    guard let missing = entry.missing, isCount(missing, from: 0) else { return nil }
    let path = path(index, "counts")
    let counts = try archive.int64s(path, count: archive.length(path))
    guard counts.count < Int(Int32.max) - 1, counts.allSatisfy({ isCount($0, from: 1) }), missing > 0 || !counts.isEmpty
    else { return nil }
    switch kind {
    case .categorical, .boolean:
      guard let levels = entry.levels, levels.count == counts.count, Set(levels).count == levels.count else {
        return nil
      }
      return .levels(LevelMarginal(levels: levels, counts: counts, missing: missing))
    case .continuous:
      let bins = NumberBins(
        lows: try archive.doubles(Self.path(index, "lows"), count: counts.count),
        highs: try archive.doubles(Self.path(index, "highs"), count: counts.count), counts: counts)
      guard bins.areAscending, (bins.lows + bins.highs).allSatisfy(\.isFinite),
        entry.digits.map({ (0...15).contains($0) }) ?? true
      else { return nil }
      return .numbers(NumberMarginal(kind: kind, bins: .real(bins, digits: entry.digits), missing: missing))
    case .integer, .datetime:
      let bins = NumberBins(
        lows: try archive.int64s(Self.path(index, "lows"), count: counts.count),
        highs: try archive.int64s(Self.path(index, "highs"), count: counts.count), counts: counts)
      guard bins.areAscending, let step = entry.step, step >= 1 else { return nil }
      return .numbers(NumberMarginal(kind: kind, bins: .whole(bins, step: step), missing: missing))
    case .identifier: return nil
    }
  }

  /// Sums of as many as 2³¹ of them fit 64 bits with room to spare, and each is exact as a double.
  private static func isCount(_ value: Int64, from least: Int64) -> Bool { value >= least && value <= 1 << 31 }
}

extension NumberBins {
  /// Whether each bin's ends are in order, and no bin begins before the last one ends.
  var areAscending: Bool {
    lows.indices.allSatisfy { lows[$0] <= highs[$0] && ($0 == 0 || highs[$0 - 1] <= lows[$0]) }
  }
}
