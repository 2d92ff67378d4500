import MynahTables

/// The shares of a categorical column's levels: a pair of bars each for the six commonest real levels, for all other
/// levels together, and for missing values where there are any.
struct LevelsPicture {
  static let width = 320.0
  private static let shown = 6
  /// A level that fewer real rows have may name a person.
  private static let leastRows = 5
  private static let rowHeight = 18.0
  private static let barsBegin = 120.0
  private static let barsWidth = 105.0

  let bars: [Bars]
  let height: String
  /// The figures for who cannot see the bars.
  let spokenBars: String

  struct Bars {
    let label: String
    /// The label as far as it fits.
    let shortLabel: String
    let textY: String
    let realY: String
    let syntheticY: String
    let realWidth: String
    let syntheticWidth: String
    let figures: String
  }

  /// - Parameters:
  ///   - column: of levels, or there is nothing to draw.
  ///   - hidesRare: levels that few real rows have, and no synthetic one, are not named.
  init?(_ column: AlignedColumn, hidesRare: Bool = false) {
    guard let codes = SharedCodes(levelsOf: column.real, column.synthetic), !codes.real.isEmpty,
      !codes.synthetic.isEmpty, case .categorical(_, let realLevels, _) = column.real,
      case .categorical(_, let syntheticLevels, _) = column.synthetic
    else { return nil }
    let real = Self.shares(codes.real, codes.cardinality)
    let synthetic = Self.shares(codes.synthetic, codes.cardinality)
    let missing = codes.cardinality - 1
    var seen: Set<String> = []
    let names = (realLevels + syntheticLevels).filter { seen.insert($0).inserted }
    let order = (0..<missing).filter { real[$0] + synthetic[$0] > 0 }.sorted {
      (real[$0], synthetic[$0], names[$1]) > (real[$1], synthetic[$1], names[$0])
    }
    let known = order.filter { level in
      !hidesRare || synthetic[level] > 0 || real[level] * Double(codes.real.count) >= Double(Self.leastRows) - 0.5
    }
    let kept = order.count <= Self.shown + 1 ? known.count : min(Self.shown, known.count)
    var rows = known.prefix(kept).map { (names[$0], real[$0], synthetic[$0]) }
    let named = Set(known.prefix(kept))
    let others = order.filter { !named.contains($0) }
    if !others.isEmpty {
      rows.append(
        (
          "\(others.count) other\(others.count == 1 ? "" : "s")", others.reduce(0) { $0 + real[$1] },
          others.reduce(0) { $0 + synthetic[$1] }
        ))
    }
    if real[missing] + synthetic[missing] > 0 { rows.append(("(missing)", real[missing], synthetic[missing])) }
    let peak = rows.map { max($0.1, $0.2) }.max() ?? 1
    bars = rows.enumerated().map { Self.bars($1, at: Double($0) * Self.rowHeight, peak: peak) }
    height = Figures.point(Double(rows.count) * Self.rowHeight)
    spokenBars = bars.map { "\($0.label) \($0.figures)" }.joined(separator: ", ")
  }

  private static func shares(_ codes: [UInt32], _ cardinality: Int) -> [Double] {
    SharedCodes.counts(of: codes, cardinality: cardinality).map { Double($0) / Double(codes.count) }
  }

  private static func bars(_ row: (name: String, real: Double, synthetic: Double), at y: Double, peak: Double) -> Bars {
    Bars(
      label: row.name, shortLabel: row.name.count > 18 ? row.name.prefix(17) + "…" : row.name,
      textY: Figures.point(y + 12), realY: Figures.point(y + 2), syntheticY: Figures.point(y + 9),
      realWidth: Figures.point(row.real / peak * barsWidth),
      syntheticWidth: Figures.point(row.synthetic / peak * barsWidth),
      figures: "\(Figures.fixed(100 * row.real, 1)) / \(Figures.percent(row.synthetic))")
  }
}
