import MynahRandomness
import MynahTables

/// Gates held against a synthetic table, with the rows that break them.
public struct GateCheck: Sendable {
  /// A gate's outcome and, where it is not passed, what breaks it as a CSV file.
  public struct Result: Sendable {
    public var outcome: GateOutcome
    public var findings: FindingsTable?
  }

  private let gates: [Gate]
  private let metrics: [any Metric]
  private let review: Review?

  /// - Parameters:
  ///   - gates: in the order of the results.
  ///   - metrics: those that the evaluation was made by.
  ///   - review: rows that a person has accepted are left out of the figures of metrics that name rows.
  public init(_ gates: [Gate], metrics: [any Metric], review: Review? = nil) {
    self.gates = gates
    self.metrics = metrics
    self.review = review
  }

  /// - Parameters:
  ///   - evaluation: of the same tables by the same metrics.
  ///   - synthetic: with the columns of `real.train`.
  ///   - real: the rows to compare with.
  ///   - random: that of the evaluation.
  /// - Throws: what a metric throws.
  public func results(
    _ evaluation: TableEvaluation, of synthetic: Table, against real: RealData, using random: RandomSource
  ) throws -> [Result] {
    try gates.map { try result($0, evaluation, synthetic, real, random) }
  }

  private func result(
    _ gate: Gate, _ evaluation: TableEvaluation, _ synthetic: Table, _ real: RealData, _ random: RandomSource
  ) throws -> Result {
    var outcome = gate.outcome(evaluation)
    guard !outcome.passed else { return Result(outcome: outcome) }
    guard let metric = metrics.first(where: { type(of: $0).identifier == gate.metric }) as? any RowFindingMetric else {
      return Result(outcome: outcome, findings: FindingsTable(figuresOf: evaluation.score(for: gate)))
    }
    var (table, places) = (synthetic, Array(0..<synthetic.rowCount))
    if let accepted = review?.rows(.accepted, in: synthetic), !accepted.isEmpty {
      places = places.filter { !accepted.contains($0) }
      guard !places.isEmpty else {
        // Nothing is left that anybody could object to.
        return Result(
          outcome: GateOutcome(gate: gate.text, passed: true, acceptedRows: accepted.count))
      }
      table = synthetic.gathering(places)
      var own = random
      let old = evaluation.score(for: gate)
      let score = MetricScore(
        try metric.score(table, against: real, using: &own), goal: metric.goal, unseen: old?.unseen,
        marginals: old?.marginals)
      var without = evaluation
      without.scores?[gate.metric] = score
      outcome = gate.outcome(without)
      outcome.acceptedRows = accepted.count
      guard !outcome.passed else { return Result(outcome: outcome) }
    }
    var own = random
    let findings = try metric.findings(table, against: real, using: &own).map { finding in
      var finding = finding
      finding.row = places[finding.row]
      return finding
    }
    guard !findings.isEmpty else {
      return Result(outcome: outcome, findings: FindingsTable(figuresOf: evaluation.score(for: gate)))
    }
    outcome.rows = findings.count
    return Result(outcome: outcome, findings: FindingsTable(findings, in: synthetic))
  }
}
