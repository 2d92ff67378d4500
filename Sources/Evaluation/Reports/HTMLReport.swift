import Mustache
import MynahTables

/// One self-contained HTML page about a synthetic table: its scores, every column's distribution over the real one's
/// (worst first), the worst pairs, the training curve and where everything came from.
///
/// The page needs no network and no script, and says so to the browser (a content security policy forbids both). Names
/// and levels come from data that nobody has vetted; they are shown as text and nothing else.
///
/// ```swift
/// let page = HTMLReport(
///   title: "adult-ctgan", facts: [("Model", "ctgan"), ("Training rows", "32,561")],
///   quality: try QualityReport(comparing: synthetic, with: real), real: real, synthetic: synthetic,
///   training: epochs.map { ($0.epoch, $0.losses) }, provenance: [("seed", "1")]
/// ).render()
/// ```
public struct HTMLReport: Sendable {
  public var title: String
  /// Shown at the top, in order: model, rows, time taken.
  public var facts: [(String, String)]
  public var quality: QualityReport
  public var real: Table
  public var synthetic: Table
  /// Losses by name for each epoch.
  public var training: [(epoch: Int, losses: [String: Double])]
  /// Scores of sampled rows against held-out ones by name, for each epoch that was scored.
  public var scores: [(epoch: Int, scores: [String: Double])]
  /// Shown at the bottom, in order: hashes, seeds, versions, hyperparameters.
  public var provenance: [(String, String)]

  public init(
    title: String, facts: [(String, String)], quality: QualityReport, real: Table, synthetic: Table,
    training: [(epoch: Int, losses: [String: Double])] = [], scores: [(epoch: Int, scores: [String: Double])] = [],
    provenance: [(String, String)] = []
  ) {
    self.title = title
    self.facts = facts
    self.quality = quality
    self.real = real
    self.synthetic = synthetic
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
