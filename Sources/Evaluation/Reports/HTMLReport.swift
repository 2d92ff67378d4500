import Mustache
import MynahTables

/// One self-contained HTML page about a synthetic table: a verdict in words, gates, scores beside their yardsticks, every
/// column's distribution over the real one's (worst first), dependences, distances, curves, rows to look at by hand, the
/// training curve, the card and where everything came from.
///
/// The page needs no network, and can be read without script. A content security policy forbids everything but the page's own
/// style and one script, which it knows by its hash: it makes the review file of the rows that a reader ticks. Names and levels
/// come from data that nobody has vetted; they are shown as text and nothing else.
///
/// ```swift
/// let (evaluation, exhibits) = try TableEvaluation.exhibiting(synthetic, against: real, metrics: metrics, using: random)
/// let page = HTMLReport(
///   title: "adult-ctgan", facts: [("Model", "ctgan")], evaluation: evaluation, exhibits: exhibits, metrics: metrics,
///   real: real, synthetic: synthetic, provenance: [("seed", "1")]
/// ).render()
/// ```
public struct HTMLReport: Sendable {
  public var title: String
  /// Shown at the top, in order: model, rows, time taken.
  public var facts: [(String, String)]
  public var evaluation: TableEvaluation
  /// What metrics have to show, by their names.
  public var exhibits: [String: [Exhibit]]
  /// Those of the evaluation: their titles, meanings and order.
  public var metrics: [any Metric]
  public var real: RealData
  public var synthetic: Table
  /// Conditions of release.
  public var gates: [GateOutcome]
  public var card: Card?
  /// The hashes of the tables' files, without which rows cannot be reviewed.
  public var review: ReviewSubject?
  /// Whether real rows are shown beside the synthetic ones nearest to them; the page is then as confidential as they are.
  public var showsRealRows: Bool
  /// Losses by name for each epoch.
  public var training: [(epoch: Int, losses: [String: Double])]
  /// Scores of sampled rows against held-out ones by name, for each epoch that was scored.
  public var scores: [(epoch: Int, scores: [String: Double])]
  /// Shown at the bottom, in order: hashes, seeds, versions, hyperparameters.
  public var provenance: [(String, String)]

  public init(
    title: String, facts: [(String, String)], evaluation: TableEvaluation, exhibits: [String: [Exhibit]] = [:],
    metrics: [any Metric] = [ColumnShapes(), ColumnPairTrends()], real: RealData, synthetic: Table,
    gates: [GateOutcome] = [], card: Card? = nil, review: ReviewSubject? = nil, showsRealRows: Bool = true,
    training: [(epoch: Int, losses: [String: Double])] = [], scores: [(epoch: Int, scores: [String: Double])] = [],
    provenance: [(String, String)] = []
  ) {
    self.title = title
    self.facts = facts
    self.evaluation = evaluation
    self.exhibits = exhibits
    self.metrics = metrics
    self.real = real
    self.synthetic = synthetic
    self.gates = gates
    self.card = card
    self.review = review
    self.showsRealRows = showsRealRows
    self.training = training
    self.scores = scores
    self.provenance = provenance
  }

  /// The page. The same report gives the same bytes.
  public func render() -> String { Self.template.render(ReportPage(self)) }

  private static let template = MustacheTemplate(vetted: reportTemplate, of: "HTMLReport")
}

extension MustacheTemplate {
  /// A template of ours, whose tags are escaped as `UnvettedText` does it.
  init(vetted text: String, of owner: String) {
    MustacheContentTypes.register(UnvettedText(), named: UnvettedText.name)
    do {
      try self.init(string: "{{% CONTENT_TYPE:\(UnvettedText.name)}}" + text)
    } catch {
      preconditionFailure("\(owner): the template does not parse: \(error)")
    }
  }
}
