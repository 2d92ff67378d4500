import Foundation
import MynahEvaluation
import MynahRandomness
import MynahTables

/// What becomes of a generator's rows: whether they pass the gates, under which name they are left in the run folder, and
/// their card.
struct Release {
  /// What rows are called that no gate stops, and what others are.
  static let released = "synthetic.csv"
  static let withheld = "withheld.csv"
  static let card = "card.json"

  /// Whether a file of that name is one of a run's findings.
  static func isFindings(_ name: String) -> Bool { name.hasPrefix("gate-") && name.hasSuffix(".csv") }

  let configuration: ExperimentConfiguration
  let review: Review?
  let folder: RunFolder
  /// The generator's sub-folder, with a slash.
  let prefix: String

  /// Holds the rows against the gates, and writes what breaks them.
  func outcomes(
    _ evaluation: TableEvaluation, of synthetic: Table, against real: RealData, using random: RandomSource
  ) throws -> [GateOutcome] {
    let gates = configuration.release.gates
    let check = GateCheck(gates, metrics: configuration.metrics, review: review)
    let results = try check.results(evaluation, of: synthetic, against: real, using: random)
    return try zip(gates, results).map { gate, result in
      var outcome = result.outcome
      if let findings = result.findings {
        let name = gate.findingsName
        try folder.write(findings.csv, to: prefix + name)
        outcome.findings = name
      }
      return outcome
    }
  }

  /// Renames rows that a gate has stopped.
  ///
  /// - Returns: The file's name in the generator's sub-folder.
  func settle(_ outcomes: [GateOutcome]) throws -> String {
    guard outcomes.contains(where: { !$0.passed }) else { return Self.released }
    let (from, to) = (try folder.place(for: prefix + Self.released), try folder.place(for: prefix + Self.withheld))
    guard rename(from, to) == 0 else { throw RunFolder.failure(errno, folder.path) }
    return Self.withheld
  }
}
