import Foundation
import Testing

@Suite struct RunCommandTests {
  private static let experiment = """
    name: first
    seed: 7
    dataset: {path: data.csv, holdout: {fraction: 0.2}, target: income}
    generators:
      - {kind: ctgan, epochs: 1, batch_size: 20, generator_dimensions: [8], discriminator_dimensions: [8]}
    sample: {rows: 50, where: {color: red}}
    """

  private static let files = [
    "card.json", "configuration.yaml", "manifest.json", "metrics.json", "model.safetensors", "report.html",
    "synthetic.csv",
    "training.jsonl",
  ]

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.write(Self.experiment, to: "first.yaml")
    return sandbox
  }

  @Test func leavesARunFolder() throws {
    let sandbox = try sandbox()
    let result = try sandbox.run(["run", "first.yaml"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("shape    0.") && result.output.hasSuffix("run folder: runs/first\n"))
    #expect(
      sandbox.contents == ["data.csv", "first.yaml", "runs", "runs/first"] + Self.files.map { "runs/first/\($0)" })
    let rows = try sandbox.text("runs/first/synthetic.csv").split(separator: "\n")
    #expect(rows.count == 51 && rows.dropFirst().allSatisfy { $0.contains(",red,") })
    #expect(try sandbox.text("runs/first/training.jsonl").hasPrefix("{\"epoch\":1,\"epochs\":1,\"gradient_norms\":{"))
    #expect(try sandbox.text("runs/first/configuration.yaml").contains("learning_rate: 0.0005"))

    let manifest = try #require(
      try JSONSerialization.jsonObject(with: sandbox.data("runs/first/manifest.json")) as? [String: Any])
    let outputs = try #require(manifest["outputs"] as? [[String: Any]])
    #expect(outputs.compactMap { $0["name"] as? String } == Self.files.filter { $0 != "manifest.json" })
    #expect(manifest["seed"] as? Int == 7 && manifest["interrupted"] as? Bool == false)
    #expect(try !sandbox.text("runs/first/manifest.json").contains(NSUserName() + "/"))
  }

  @Test func theResolvedConfigurationRepeatsTheRun() throws {
    let sandbox = try sandbox()
    try sandbox.run(["run", "first.yaml", "--quiet", "--threads", "1"])
    let again = try sandbox.run([
      "run", "runs/first/configuration.yaml", "--quiet", "--threads", "2", "-o", "again",
    ])
    #expect(again.status == 0, "\(again.error)")
    for name in ["model.safetensors", "synthetic.csv", "metrics.json"] {
      #expect(try sandbox.data("runs/first/\(name)") == sandbox.data("again/\(name)"), "\(name)")
    }
  }

  @Test func severalGeneratorsHaveFoldersOfTheirOwn() throws {
    let sandbox = try sandbox()
    let twice = Self.experiment.replacing(
      "sample:", with: "  - {kind: ctgan, name: small, epochs: 1, batch_size: 10, generator_dimensions: [4]}\nsample:")
    try sandbox.write(twice, to: "two.yaml")
    let result = try sandbox.run(["run", "two.yaml", "-q", "-o", "out", "--set", "discriminator_dimensions=[4]"])
    #expect(result.status == 0 && result.output.isEmpty, "\(result.error)")
    let own = ["card.json", "model.safetensors", "report.html", "synthetic.csv", "training.jsonl"]
    let expected =
      ["configuration.yaml", "ctgan"] + own.map { "ctgan/\($0)" } + [
        "manifest.json", "metrics.json", "report.html", "small",
      ]
      + own.map { "small/\($0)" }
    #expect(sandbox.contents.filter { $0.hasPrefix("out/") } == expected.map { "out/\($0)" })
  }

  @Test func replacesAnEarlierRunAndNothingElse() throws {
    let sandbox = try sandbox()
    try sandbox.run(["run", "first.yaml", "-q", "-o", "out"])
    let before = try sandbox.data("out/model.safetensors")
    let again = try sandbox.run(["run", "first.yaml", "-q", "-o", "out", "--seed", "8"])
    #expect(again.status == 0, "\(again.error)")
    #expect(try sandbox.data("out/model.safetensors") != before)
    #expect(sandbox.contents.filter { $0.hasPrefix("out/") } == Self.files.map { "out/\($0)" })

    try sandbox.write("mine", to: "out/notes.txt")
    let refused = try sandbox.run(["run", "first.yaml", "-q", "-o", "out"])
    #expect(refused.status == 73)
    #expect(refused.error.hasPrefix("mynah: out: holds 'notes.txt', which is not of a run, and is left alone"))
    #expect(try sandbox.text("out/notes.txt") == "mine")
  }

  @Test func aFailureLeavesTheEarlierRunWhole() throws {
    let sandbox = try sandbox()
    try sandbox.run(["run", "first.yaml", "-q", "-o", "out"])
    let before = sandbox.contents
    let failed = try sandbox.run(["run", "first.yaml", "-q", "-o", "out", "--set", "dataset.target=incom"])
    #expect(failed.status == 65)
    #expect(failed.error == "mynah: data.csv: there is no column 'incom'; did you mean 'income'?\n")
    #expect(sandbox.contents == before)
  }

  @Test(arguments: [
    ("epohcs: 3", 65, "first.yaml:8:1: unknown key 'epohcs' in an experiment file; the keys are name, seed"),
    ("sede: 3", 65, "first.yaml:8:1: unknown key 'sede' in an experiment file; did you mean 'seed'?"),
    ("threads: two", 65, "first.yaml:8:10: threads: must be a positive whole number, got 'two'"),
    ("evaluation: [shaep]", 65, "first.yaml:8:14: unknown metric 'shaep'; did you mean 'shape'?"),
    ("name: again", 65, "first.yaml:8:1: 'name' stands there twice"),
    ("output: data.csv", 73, "data.csv: is a file; a run needs a folder"),
    ("output: data.csv/out", 73, "data.csv/out: cannot be written: Not a directory"),
    ("output: /proc/none", 73, "/proc/none: cannot be written: No such file or directory"),
  ]) func refusesAnExperiment(_ line: String, _ status: Int32, _ message: String) throws {
    let sandbox = try sandbox()
    try sandbox.write(Self.experiment + "\n\n" + line, to: "first.yaml")
    let result = try sandbox.run(["run", "first.yaml"])
    #expect(result.status == status)
    #expect(result.error.split(separator: "\n").last?.hasPrefix("mynah: \(message)") == true, "\(result.error)")
    #expect(sandbox.contents == ["data.csv", "first.yaml"])
  }

  @Test(arguments: [
    (
      "sample.where={color: rot}",
      "--set sample.where={color: rot}: where: column 'color' has no level 'rot'; did you mean 'red'?"
    ),
    (
      "sample.where={colour: red}",
      "--set sample.where={colour: red}: where: there is no column 'colour'; did you mean 'color'?"
    ),
    ("dataset.holdout={fraction: 0.001}", "data.csv: 60 rows are too few to hold out a share of 0.001"),
    ("generators.0.kind=ctgam", "--set generators.0.kind=ctgam: unknown model 'ctgam'; did you mean 'ctgan'?"),
    ("epochs=0", "--set epochs=0: epochs must be a positive whole number, got 0"),
    ("batch_size=21", "--set batch_size=21: batch_size must be a multiple of pac, got 21 and 2; 20 would do"),
  ]) func refusesASetting(_ setting: String, _ message: String) throws {
    let sandbox = try sandbox()
    let result = try sandbox.run(["run", "first.yaml", "-q", "--set", setting])
    #expect(result.status == 65 && result.error == "mynah: \(message)\n", "\(result.error)")
    #expect(sandbox.contents == ["data.csv", "first.yaml"])
  }

  @Test func looksForTablesInTheFolderOfDatasets() throws {
    let sandbox = try sandbox()
    try FileManager.default.createDirectory(
      at: sandbox.folder.appendingPathComponent("shared"), withIntermediateDirectories: true)
    try sandbox.write(smallTable(), to: "shared/elsewhere.csv")
    let arguments = ["run", "first.yaml", "-q", "-o", "out", "--set", "dataset.path=Datasets/elsewhere.csv"]
    let missing = try sandbox.run(arguments, environment: ["MYNAH_DATASETS": ""])
    #expect(missing.status == 66 && missing.error.hasPrefix("mynah: Datasets/elsewhere.csv: no such file; looked for"))
    #expect(try sandbox.run(arguments, environment: ["MYNAH_DATASETS": "shared"]).status == 0)
  }
}
