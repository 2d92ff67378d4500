import MynahTables

/// The scores of a family of metrics with their yardsticks.
struct ScoreTable {
  struct Line {
    let title: String
    let meaning: String
    let value: String
    let interval: String?
    let unseen: String
    let marginals: String
    let best: String
    let reason: String?
  }
  let family: String
  let lines: [Line]

  /// A table for each family that has a score or a reason why there is none.
  static func tables(_ evaluation: TableEvaluation, _ metrics: [any Metric]) -> [ScoreTable] {
    let scores = evaluation.allScores
    return MetricFamily.allCases.compactMap { family in
      let lines = metrics.filter { type(of: $0).family == family }.compactMap { metric in
        scores[type(of: metric).identifier].map { line($0, of: metric) }
      }
      return lines.isEmpty ? nil : ScoreTable(family: family.rawValue.capitalized, lines: lines)
    }
  }

  private static func line(_ score: MetricScore, of metric: any Metric) -> Line {
    let figure = { (value: Double?) in value.map { Figures.fixed($0, 4) } ?? "–" }
    return Line(
      title: type(of: metric).title, meaning: type(of: metric).meaning, value: figure(score.value),
      interval: score.interval.map { "\(Figures.fixed($0.low, 4)) … \(Figures.fixed($0.high, 4))" },
      unseen: figure(score.unseen), marginals: figure(score.marginals),
      best: score.goal == .maximize ? "more" : "less", reason: score.reason)
  }
}

/// A synthetic row beside the training row nearest to it.
struct PairTable {
  struct Cell {
    let column: String
    let synthetic: String
    let real: String?
    let differs: Bool
  }
  let title: String
  let cells: [Cell]

  private static let shown = 10

  /// The nearest pairs; real values only where they may be shown.
  static func tables(_ report: HTMLReport) -> [PairTable] {
    var pairs: [RowPair] = []
    for case .pairs(let found) in report.exhibits.sorted(by: { $0.key < $1.key }).flatMap(\.value) { pairs += found }
    let (train, synthetic) = (report.real.train, report.synthetic)
    let possible = pairs.filter { $0.train < train.rowCount && $0.synthetic < synthetic.rowCount }.prefix(shown)
    let made = synthetic.texts(ofRows: possible.map(\.synthetic))
    let real = train.texts(ofRows: possible.map(\.train))
    return possible.enumerated().map { place, pair in
      let cells = synthetic.schema.columns.enumerated().compactMap { index, column -> Cell? in
        guard let other = train.schema.index(of: column.name) else { return nil }
        let (own, theirs) = (made[place][index], real[place][other])
        return Cell(
          column: column.name, synthetic: own, real: report.showsRealRows ? theirs : nil, differs: own != theirs)
      }
      return PairTable(
        title: "Synthetic row \(pair.synthetic + 1), training row \(pair.train + 1), distance "
          + Figures.significant(pair.distance), cells: cells)
    }
  }
}
