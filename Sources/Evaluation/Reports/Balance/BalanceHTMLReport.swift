import Mustache

/// One self-contained HTML page about balancing: the rows of each method, and what its trial found. As `HTMLReport` it needs
/// no network and no script, and shows names from data as text and nothing else.
///
/// ```swift
/// let page = BalanceHTMLReport(title: "creditcard-balance", methods: rows, trial: report).render()
/// ```
public struct BalanceHTMLReport: Sendable {
  /// A balanced table: what made it and how many rows it has.
  public struct Method: Sendable {
    public var name: String
    /// Rows of each class after balancing, in one line; why there is none, where it failed.
    public var rows: String
    public var hasFailed: Bool

    public init(name: String, rows: String, hasFailed: Bool = false) {
      (self.name, self.rows, self.hasFailed) = (name, rows, hasFailed)
    }
  }

  public var title: String
  /// Shown at the top, in order: table, rows, target.
  public var facts: [(String, String)]
  public var methods: [Method]
  /// Nil where no trial was made.
  public var trial: BalanceReport?
  /// Shown at the bottom, in order: hashes, seeds, versions.
  public var provenance: [(String, String)]

  public init(
    title: String, facts: [(String, String)] = [], methods: [Method] = [], trial: BalanceReport? = nil,
    provenance: [(String, String)] = []
  ) {
    self.title = title
    self.facts = facts
    self.methods = methods
    self.trial = trial
    self.provenance = provenance
  }

  /// The page. The same report gives the same bytes.
  public func render() -> String { Self.template.render(BalancePage(self)) }

  private static let template = MustacheTemplate(vetted: balanceTemplate, of: "BalanceHTMLReport")
}
