import Foundation
import Mynah
import MynahTestSupport

// Everything that is promised of a metric, on tables of every make-up.
print("broken promises:", checkMetric(MissingShares()).count)

// Registered, it can be named in experiment files.
var registry = Registry.standard
registry.register(metric: MissingShares.self)
print("metrics:", registry.metrics.joined(separator: ", "))

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-example-\(UUID().uuidString)")
defer { try? FileManager.default.removeItem(at: folder) }
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
try TransactionsGenerator(rowCount: 500).table().writeCSV(to: folder.path + "/transactions.csv")
let experiment = """
  dataset: \(folder.path)/transactions.csv
  generators: [{kind: marginals}]
  evaluation: [shape, missing-shares]
  output: \(folder.path)/run
  """
let configuration = try ExperimentConfiguration(yaml: experiment, file: "experiment.yaml", registry: registry)
let summary = try ExperimentRunner(configuration).run()
for result in summary.metrics.generators {
  print(result.name, result.evaluation.scores?["missing-shares"]?.value ?? -1)
}
