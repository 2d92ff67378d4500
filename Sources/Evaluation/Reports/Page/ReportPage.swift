import MynahParallelism
import MynahTables

/// What the template shows, by the names it uses.
struct ReportPage {
  private static let pairsShown = 20

  let title: String
  let facts: [Row]
  let provenance: [Row]
  let hasProvenance: Bool
  let scores: [Headline]
  let headline: String
  let verdict: [Verdict.Sentence]
  let hasGates: Bool
  let gates: [String]
  let scoreTables: [ScoreTable]
  let hasRowPairs: Bool
  let rowPairs: [PairTable]
  let rowsNote: String
  let columns: [ColumnRow]
  let hasPairs: Bool
  let pairs: [PairRow]
  let pairsNote: String
  let hasCurves: Bool
  let curves: [Curves]
  let histogramWidth = Figures.fixed(HistogramPicture.width, 0)
  let histogramHeight = Figures.fixed(HistogramPicture.height, 0)

  struct Curves {
    let label: String
    let note: String
    let chart: LossChart
  }
  struct Row {
    let label: String
    let value: String
  }
  struct Headline {
    let label: String
    let figure: String
    let meaning: String
  }
  struct ColumnRow {
    let name: String
    let kind: String
    let measure: String
    let score: String?
    let reason: String?
    let missing: String?
    let histogram: HistogramPicture?
    let levels: LevelsPicture?
  }
  struct PairRow {
    let first: String
    let second: String
    let measure: String
    let score: String
    let dependence: String
  }

  init(_ report: HTMLReport) {
    title = report.title
    facts = report.facts.map(Row.init)
    provenance = report.provenance.map(Row.init)
    hasProvenance = !provenance.isEmpty
    let verdict = Verdict(
      report.evaluation, gates: report.gates, guarantee: report.card?.privacyGuarantee,
      holdoutRows: report.real.holdout?.rowCount ?? 0)
    (headline, self.verdict) = (verdict.headline, verdict.sentences)
    gates = report.gates.map(\.text)
    hasGates = !gates.isEmpty
    scoreTables = ScoreTable.tables(report.evaluation, report.metrics)
    rowPairs = PairTable.tables(report)
    hasRowPairs = !rowPairs.isEmpty
    rowsNote =
      report.showsRealRows
      ? "The synthetic rows nearest to training rows. Real records are shown: this page is as confidential as they are."
      : "The synthetic rows nearest to training rows; real values are left out."
    let quality = report.evaluation.quality
    let (columns, pairs) = (quality.shapes.columns, quality.trends.pairs)
    scores = [
      Headline(label: "Quality", figure: Self.percent(quality.quality), meaning: "the mean of the two"),
      Headline(
        label: "Column shapes", figure: Self.percent(quality.shape),
        meaning: "single columns, \(columns.count { $0.score != nil }) of \(columns.count)"),
      Headline(
        label: "Pair trends", figure: Self.percent(quality.trend),
        meaning: "dependences between two, \(pairs.count { $0.score != nil }) of \(pairs.count)"),
    ]
    self.columns = Self.columnRows(report)
    let worst = pairs.compactMap { pair in pair.score.map { (pair, $0) } }.sorted { $0.1 < $1.1 }
    self.pairs = worst.prefix(Self.pairsShown).map { Self.pairRow($0, score: $1) }
    hasPairs = !worst.isEmpty
    pairsNote = Self.note(counted: worst.count, of: pairs.count)
    let losses = LossChart(report.training).map {
      Curves(
        label: "Losses by epoch", note: "The mean of each loss over the steps of an epoch, against the epoch.",
        chart: $0)
    }
    let scores = LossChart(report.scores.map { ($0.epoch, $0.scores) }).map {
      Curves(
        label: "Scores by epoch",
        note: "How near sampled rows were to rows held out from training, against the epoch; 1 is best.", chart: $0)
    }
    curves = [losses, scores].compactMap(\.self)
    hasCurves = !curves.isEmpty
  }

  private static func percent(_ score: Double?) -> String { score.map { Figures.percent($0) } ?? "none" }

  private static func note(counted: Int, of all: Int) -> String {
    if counted == 0 { return "No two columns depend on each other strongly enough in the real table to count." }
    let which = counted > pairsShown ? "The \(pairsShown) worst of them" : "They"
    return "Of \(all) pairs, \(counted) depend on each other strongly enough in the real table to count. "
      + "\(which) are shown, worst first."
  }

  /// Worst first; columns without a score come last.
  private static func columnRows(_ report: HTMLReport) -> [ColumnRow] {
    // The scores were computed from these tables, so all columns are there; if not, pictures are all that is lost.
    let aligned = (try? alignedColumns(real: report.real.train, synthetic: report.synthetic)) ?? []
    let byName = Dictionary(aligned.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = report.evaluation.quality.shapes.columns.enumerated().sorted {
      ($0.element.score ?? 2, $0.offset) < ($1.element.score ?? 2, $1.offset)
    }.map(\.element)
    return parallelMap(sorted.count) { index in
      let (shape, column) = (sorted[index], byName[sorted[index].name])
      return ColumnRow(
        name: shape.name, kind: column?.kind.rawValue ?? "", measure: shape.metric.rawValue,
        score: shape.score.map { Figures.fixed($0, 4) }, reason: shape.reason,
        missing: column.flatMap(missingShares),
        histogram: column.flatMap(HistogramPicture.init), levels: column.flatMap(LevelsPicture.init))
    }
  }

  private static func missingShares(_ column: AlignedColumn) -> String? {
    let shares = [column.real, column.synthetic].map { column in
      column.count == 0 ? 0 : Double(column.missingCount) / Double(column.count)
    }
    return shares == [0, 0] ? nil : "\(Figures.fixed(100 * shares[0], 1)) / \(Figures.percent(shares[1]))"
  }

  private static func pairRow(_ pair: PairTrend, score: Double) -> PairRow {
    var dependence = ""
    if let real = pair.realCorrelation, let synthetic = pair.syntheticCorrelation {
      dependence = "r = \(Figures.fixed(real, 2)), synthetic \(Figures.fixed(synthetic, 2))"
    } else if let association = pair.realAssociation {
      dependence = "V = \(Figures.fixed(association, 2))"
    }
    return PairRow(
      first: pair.first, second: pair.second, measure: pair.metric.rawValue, score: Figures.fixed(score, 4),
      dependence: dependence)
  }
}
