import Mustache

/// One self-contained HTML page that holds several synthetic tables of the same real one side by side: every metric of each,
/// with the yardsticks, sortable by any of them.
public struct ComparisonHTMLReport: Sendable {
  /// One of the tables.
  public struct Entry: Sendable {
    public var name: String
    /// The table's own report, relative to this page; nil where there is none.
    public var link: String?
    public var evaluation: TableEvaluation
    public var gates: [GateOutcome]
    /// What else there is to compare, by name: epochs, seconds to fit.
    public var facts: [(String, String)]

    public init(
      name: String, link: String? = nil, evaluation: TableEvaluation, gates: [GateOutcome] = [],
      facts: [(String, String)] = []
    ) {
      (self.name, self.link, self.evaluation, self.gates, self.facts) = (name, link, evaluation, gates, facts)
    }
  }

  public var title: String
  /// Shown at the top.
  public var facts: [(String, String)]
  public var entries: [Entry]
  /// Those of the evaluations: their titles, meanings and order.
  public var metrics: [any Metric]
  /// Shown at the bottom.
  public var provenance: [(String, String)]

  public init(
    title: String, facts: [(String, String)] = [], entries: [Entry], metrics: [any Metric],
    provenance: [(String, String)] = []
  ) {
    self.title = title
    self.facts = facts
    self.entries = entries
    self.metrics = metrics
    self.provenance = provenance
  }

  /// The page. The same report gives the same bytes.
  public func render() -> String { Self.template.render(ComparisonPage(self)) }

  private static let template = MustacheTemplate(vetted: comparisonTemplate, of: "ComparisonHTMLReport")
}
