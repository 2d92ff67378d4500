/// The figures behind a score: tables of those that belong together, and a list of the others.
struct DetailGrids {
  let count: Int
  let grids: [Grid]
  let figures: [Figure]
  /// Where the list is cut.
  let figuresNote: String?

  struct Grid {
    let caption: String
    let head: [String]
    let lines: [Line]
  }
  struct Line {
    let lineName: String
    let cells: [String]
  }
  struct Figure {
    let figureName: String
    let figureValue: String
  }

  private static let shown = 80

  /// Nil where there are none, or where a section of its own has them: single columns, pairs of columns.
  init?(_ metric: ScoredMetric) {
    guard let details = metric.score.details, !details.isEmpty,
      !["shape", "trend", "correlation"].contains(metric.name)
    else { return nil }
    var grids: [Grid] = []
    var rest = details
    switch metric.name {
    case "detection": grids += [Self.gains(&rest)].compactMap(\.self)
    case "utility": grids += [Self.models(&rest)].compactMap(\.self)
    case "fairness": grids += [Self.groups(&rest)].compactMap(\.self)
    default: break
    }
    let sorted = rest.sorted { $0.key < $1.key }
    figures = sorted.prefix(Self.shown).map {
      Figure(figureName: $0.key, figureValue: Figures.significant($0.value))
    }
    figuresNote = sorted.count > Self.shown ? "The first \(Self.shown) of \(sorted.count) figures." : nil
    self.grids = grids
    count = details.count
  }

  /// By which columns a classifier tells the rows apart, the most telling first.
  private static func gains(_ details: inout [String: Double]) -> Grid? {
    let gains = DetailFigures.gains(details)
    details = details.filter { !$0.key.hasPrefix(DetailFigures.gainPrefix) }
    guard !gains.isEmpty else { return nil }
    let lines = gains.prefix(15).map { Line(lineName: $0.column, cells: [Figures.percent($0.share)]) }
    return Grid(
      caption: "Columns by which boosted trees tell the rows apart, the most telling first",
      head: ["Column", "Share of the gain"], lines: Array(lines))
  }

  /// `MODEL.SOURCE.FIGURE` as a row for each model and figure.
  private static func models(_ details: inout [String: Double]) -> Grid? {
    let sources = ["synthetic", "real", "augmented"]
    var values: [String: [String: Double]] = [:]
    for (key, value) in details {
      let parts = key.split(separator: ".").map(String.init)
      guard parts.count == 3, sources.contains(parts[1]) else { continue }
      values["\(parts[0]), \(parts[2])", default: [:]][parts[1]] = value
      details[key] = nil
    }
    guard !values.isEmpty else { return nil }
    return Grid(
      caption: "What models reach on unseen real rows, by what they learned from",
      head: ["Model", "Synthetic rows", "Real rows", "Both"],
      lines: values.sorted { $0.key < $1.key }.map { name, found in
        Line(lineName: name, cells: sources.map { found[$0].map(Figures.score) ?? "–" })
      })
  }

  /// How each group is treated by models that learned from either.
  private static func groups(_ details: inout [String: Double]) -> Grid? {
    let prefix = "synthetic.positive."
    let names = details.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
    guard !names.isEmpty else { return nil }
    let figures = ["rows.", prefix, "real.positive.", "synthetic.auc.", "real.auc."]
    let lines = names.map { name in
      Line(
        lineName: name,
        cells: figures.map { figure in
          details.removeValue(forKey: figure + name).map { figure == "rows." ? Figures.axis($0) : Figures.score($0) }
            ?? "–"
        })
    }
    return Grid(
      caption: "Groups of people as models treat them that learned from synthetic and from real rows",
      head: [
        "Group", "Test rows", "Called positive, synthetic", "Called positive, real", "AUC, synthetic", "AUC, real",
      ],
      lines: lines)
  }
}

/// Figures that several parts of a report read from details.
enum DetailFigures {
  static let gainPrefix = "gain."

  /// The columns that give a table away to a classifier, the most telling first.
  static func gains(_ details: [String: Double]?) -> [(column: String, share: Double)] {
    (details ?? [:]).filter { $0.key.hasPrefix(gainPrefix) }
      .map { (column: String($0.key.dropFirst(gainPrefix.count)), share: $0.value) }
      .sorted { ($1.share, $0.column) < ($0.share, $1.column) }
  }
}
