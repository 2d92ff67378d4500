/// What the template of `HTMLReport` shows, a part for each section; nil where a report has nothing to show there.
struct ReportPage {
  let title: String
  let facts: [PageRow]
  let isConfidentialPage: Bool
  let links: [PageLink]
  let verdict: VerdictSection
  let gateSection: GatesSection?
  let scoreSection: ScoresSection
  let columnSection: ColumnsSection
  let dependenceSection: DependenceSection?
  let pairSection: PairsSection
  let distanceSection: DistancesSection?
  let curveSection: CurvesSection?
  let reviewSection: ReviewSection?
  let trainingSection: TrainingSection?
  let cardSection: CardSection?
  let hasProvenance: Bool
  let provenance: [PageRow]

  init(_ report: HTMLReport) {
    title = report.title
    facts = report.facts.map(PageRow.init)
    verdict = VerdictSection(
      Verdict(
        report.evaluation, holdoutRows: report.real.holdout?.rowCount, gates: report.gates, card: report.card))
    gateSection = GatesSection(report.gates)
    scoreSection = ScoresSection(report)
    columnSection = ColumnsSection(report)
    dependenceSection = DependenceSection(report)
    pairSection = PairsSection(report)
    distanceSection = DistancesSection(report)
    curveSection = CurvesSection(report)
    reviewSection = ReviewSection(report)
    trainingSection = TrainingSection(report)
    cardSection = report.card.map(CardSection.init)
    provenance = report.provenance.map(PageRow.init)
    hasProvenance = !provenance.isEmpty
    isConfidentialPage = reviewSection?.isConfidential ?? false
    let parts: [(String, String, Bool)] = [
      ("verdict", "Verdict", true), ("gates", "Gates", gateSection != nil), ("scores", "Scores", true),
      ("columns", "Columns", true), ("dependences", "Dependences", dependenceSection != nil), ("pairs", "Pairs", true),
      ("distances", "Distances", distanceSection != nil), ("curves", "Curves", curveSection != nil),
      ("rows", "Rows to look at", reviewSection != nil), ("training", "Training", trainingSection != nil),
      ("card", "Card", cardSection != nil), ("provenance", "Provenance", hasProvenance),
    ]
    links = parts.filter(\.2).map { PageLink(anchor: $0.0, text: $0.1) }
  }
}
