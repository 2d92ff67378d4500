import ArgumentParser
import Mynah

/// By what a table is judged, and what it has to reach.
struct JudgementOptions: ParsableArguments {
  @Option(
    name: .customLong("metric"),
    help: ArgumentHelp(
      "A metric, a family (fidelity, detection, utility, privacy) or all; may be given several times. (default: all)",
      valueName: "name"))
  var names: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A metric's parameter: --set fairness.sensitive=sex --set 'k-anonymity.known=[age, sex]'.",
      valueName: "metric.key=value"))
  var settings: [String] = []

  @Option(
    name: .customLong("gate"),
    help: ArgumentHelp(
      "What a table has to reach: --gate 'copies<=0', --gate 'shape>=holdout-0.02'. May be given several times. Where one is "
        + "not passed the exit status is 2.", valueName: "condition"),
    transform: { text in try Gate(text) })
  var gates: [Gate] = []

  @Option(
    help: ArgumentHelp(
      "Where the rows that break a gate go, a CSV file for each. (default: beside the report, else here)",
      valueName: "dir"))
  var findings: String?

  @Option(
    help: ArgumentHelp(
      "A review file that a report has exported: accepted rows break no gate.", valueName: "file"))
  var review: String?

  func metrics() throws -> [any Metric] {
    let registry = MynahProgram.registry
    let changes = try settings.map { text throws(ExperimentError) in try SettingOverride(text) }
    let gated = gates.flatMap(\.metrics)
    // Before anything is computed: a mistyped gate would be one that nothing passes.
    for name in gated { _ = try registry.metric(name, at: Place("--gate")) }
    return try registry.metrics((names.isEmpty ? ["all"] : names) + (names.isEmpty ? [] : gated), settings: changes)
  }
}
