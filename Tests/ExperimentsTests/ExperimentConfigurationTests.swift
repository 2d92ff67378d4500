import MynahSynthesizers
import Testing

@testable import MynahExperiments

private func configuration(_ yaml: String, _ overrides: String...) throws -> ExperimentConfiguration {
  try ExperimentConfiguration(
    yaml: yaml, file: "x.yaml", overrides: try overrides.map { try SettingOverride($0) }, registry: .forTests)
}

private let whole = """
  name: first
  seed: 18446744073709551615
  dataset:
    path: train.csv
    holdout: {fraction: 0.25}
    target: income
    missing: ["?", NO, ""]
    delimiter: ";"
    columns:
      zip: categorical
      opened: {kind: datetime, datetime_format: "%d.%m.%Y", missing: never}
  generators:
    - kind: parrot
      epochs: 1_000
      batch_size: 20
      learning_rate: 1e-3
      layer_sizes: [8]
      mode: cells
      verbose: yes
      note: '7'
    - {kind: parrot}
    - {kind: parrot, name: small, epochs: 2}
  sample:
    rows: 1e3
    where: {income: ">50K", sex: Male}
  evaluation: [trend]
  output: out/x
  threads: 2
  """

@Suite struct ExperimentConfigurationTests {
  @Test func readsEveryKey() throws {
    let read = try configuration(whole)
    #expect(read.name == "first" && read.seed == .max && read.output == "out/x" && read.threads == 2)
    #expect(read.dataset.path == "train.csv" && read.dataset.holdout == .fraction(0.25))
    #expect(
      read.dataset.target == "income" && read.dataset.missing == ["?", "NO", ""] && read.dataset.delimiter == ";")
    #expect(read.dataset.columns.map(\.name) == ["zip", "opened"])
    #expect(read.dataset.columns.map(\.override.kind) == [.categorical, .datetime])
    #expect(read.dataset.columns[1].override.datetimeFormat == "%d.%m.%Y")
    #expect(read.generators.map(\.name) == ["parrot", "parrot-2", "small"])
    let first = try #require(read.generators[0].synthesizer as? Parrot)
    #expect(first.epochs == 1000 && first.batchSize == 20 && first.learningRate == 1e-3 && first.layerSizes == [8])
    #expect(first.mode == .cells && first.verbose && first.note == "7" && first.pac == 5)
    #expect(read.sample.rows == 1000)
    #expect(read.sample.conditions.map(\.column) == ["income", "sex"])
    #expect(read.sample.conditions.map(\.value) == [">50K", "Male"])
    #expect(read.evaluation == ["trend"])
  }

  @Test func fillsInDefaults() throws {
    let read = try configuration("dataset: t.csv\ngenerators: [{kind: parrot}]")
    #expect(
      read.name == "x" && read.seed == 1 && read.dataset.path == "t.csv" && read.evaluation == ["shape", "trend"])
    #expect(read.sample.rows == nil && read.output == nil && read.threads == nil)
    #expect((read.generators[0].synthesizer as? Parrot)?.layerSizes == [256, 256])
  }

  @Test func overridesTakeTheFilesPlace() throws {
    let read = try configuration(
      whole, "epochs=7", "generators.1.epochs=9", "sample.rows=5", "seed=3", "dataset.holdout=h.csv", "note=")
    #expect(read.generators.compactMap { ($0.synthesizer as? Parrot)?.epochs } == [7, 9, 7])
    #expect((read.generators[0].synthesizer as? Parrot)?.note == nil)
    #expect(read.sample.rows == 5 && read.seed == 3 && read.dataset.holdout == .file("h.csv"))
  }

  @Test(arguments: [
    ("", "x.yaml: the file is empty; expected 'key: value' lines"),
    ("# nothing\n", "x.yaml: the file is empty; expected 'key: value' lines"),
    ("- a\n", "x.yaml:1:1: an experiment file has to be a mapping of keys"),
    ("just words", "x.yaml:1:1: an experiment file has to be a mapping of keys"),
    ("name: a\nsede: 2\n", "x.yaml:2:1: unknown key 'sede' in an experiment file; did you mean 'seed'?"),
    ("name: a\nname: b\n", "x.yaml:2:1: 'name' stands there twice"),
    ("name: [a\nseed: 1\n", "x.yaml:2:5: not YAML: "),
    ("name: \"a\n", "x.yaml:2:1: not YAML: "),
    ("\tname: a\n", "x.yaml:1:1: not YAML: "),
    ("a: 1\n---\nb: 1\n", "x.yaml:2:1: not YAML: "),
    ("name: a\n", "x.yaml:1:1: 'generators' is missing"),
    ("generators: [{kind: parrot}]\n", "x.yaml:1:1: 'dataset' is missing"),
    ("dataset: {target: a}\ngenerators: [{kind: parrot}]\n", "x.yaml:1:10: dataset: 'path' is missing"),
    ("name: ../up\ndataset: a\ngenerators: [{kind: parrot}]", "x.yaml:1:7: name: letters, digits"),
  ]) func refusesAFile(_ yaml: String, _ message: String) {
    let error = #expect(throws: ExperimentError.self) { try configuration(yaml) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test(arguments: [
    ("seed: -1", "3:7: seed: must be a whole number, got '-1'"),
    ("seed: ten", "3:7: seed: must be a whole number, got 'ten'"),
    ("seed: [1]", "3:7: seed: must be a whole number, got a list"),
    ("threads: 0", "3:10: threads: must be at least 1, got 0"),
    ("threads: 1e400", "3:10: threads: must be a positive whole number, got '1e400'"),
    ("sample: {rows: 0}", "3:16: rows: must be at least 1, got 0"),
    ("sample: {rows: many}", "3:16: rows: must be a positive whole number, got 'many'"),
    ("sample: {row: 5}", "3:10: unknown key 'row' in sample; did you mean 'rows'?"),
    ("evaluation: [shpe]", "3:14: unknown metric 'shpe'; did you mean 'shape'?"),
    (
      "evaluation: [beauty]",
      "3:14: unknown metric 'beauty'; the metrics are \(Registry.standard.metrics.joined(separator: ", "))"
    ),
  ]) func refusesAValue(_ line: String, _ message: String) {
    let error = #expect(throws: ExperimentError.self) {
      try configuration("dataset: t.csv\ngenerators: [{kind: parrot}]\n" + line)
    }
    #expect(error?.description == "x.yaml:" + message)
  }

  @Test(arguments: [
    ("{kind: parot}", "unknown model 'parot'; did you mean 'parrot'?"),
    ("{epochs: 3}", "a generator needs the key kind (parrot)"),
    ("parrot", "a generator needs the key kind (parrot)"),
    ("{kind: parrot, epohcs: 3}", "unknown key 'epohcs' in generator 'parrot'; did you mean 'epochs'?"),
    ("{kind: parrot, batchSize: 3}", "unknown key 'batchSize' in generator 'parrot'; did you mean 'batch_size'?"),
    ("{kind: parrot, nota: x}", "unknown key 'nota' in generator 'parrot'; did you mean 'note'?"),
    ("{kind: parrot, epochs: ten}", "epochs: must be a whole number, got 'ten'"),
    ("{kind: parrot, epochs: 1.5}", "epochs: must be a whole number, got '1.5'"),
    ("{kind: parrot, epochs: \"3\"}", "epochs: must be a whole number, got '3'"),
    ("{kind: parrot, epochs: 99999999999999999999}", "epochs: must be a whole number, got '99999999999999999999'"),
    ("{kind: parrot, epochs: {a: 1}}", "epochs: must be a whole number, got a mapping"),
    ("{kind: parrot, epochs: 0}", "epochs must be at least 1, got 0"),
    ("{kind: parrot, batch_size: 11}", "batch_size 11 is no multiple of pac 5"),
    ("{kind: parrot, learning_rate: fast}", "learning_rate: must be a number, got 'fast'"),
    ("{kind: parrot, learning_rate: .nan}", "learning_rate: must be a number, got '.nan'"),
    ("{kind: parrot, learning_rate: nan}", "learning_rate: must be a number, got 'nan'"),
    ("{kind: parrot, layer_sizes: 8}", "layer_sizes: must be a list, got '8'"),
    ("{kind: parrot, layer_sizes: [8, x]}", "layer_sizes.1: must be a whole number, got 'x'"),
    ("{kind: parrot, mode: columns}", "mode: must be one of rows, cells, got 'columns'"),
    ("{kind: parrot, verbose: 1}", "verbose: must be true or false, got '1'"),
    ("{kind: parrot, name: a/b}", "name: letters, digits, '-', '_' and '.' make a name, got 'a/b'"),
  ]) func refusesAGenerator(_ entry: String, _ message: String) throws {
    let error = #expect(throws: ExperimentError.self) {
      try configuration("dataset: t.csv\ngenerators:\n  - \(entry)")
    }
    #expect(error?.message == message)
    #expect(error?.place?.file == "x.yaml" && error?.place?.line == 3 && error?.place?.column ?? 0 >= 5)
  }

  @Test(arguments: [
    ("{holdout: 1.5x}", nil), ("{holdout: {fraction: 1}}", "fraction: must lie between 0 and 1, got 1.0"),
    ("{holdout: {part: 1}}", "unknown key 'part' in holdout; the keys are fraction"),
    ("{delimiter: ab}", "delimiter: must be one ASCII character, or tab, got 'ab'"),
    ("{columns: [a]}", "columns: must be a mapping of keys to values, got a list"),
    ("{columns: {a: categorial}}", "unknown kind 'categorial'; did you mean 'categorical'?"),
    ("{columns: {a: {kinds: integer}}}", "unknown key 'kinds' in column 'a'; did you mean 'kind'?"),
    ("{columns: {a: {fraction_digits: x}}}", "fraction_digits: must be a whole number, got 'x'"),
    ("{missing: {a: b}}", "missing: must be text, got a mapping"),
    ("{target: [a]}", "target: must be text, got a list"),
  ]) func refusesADataset(_ entry: String, _ message: String?) {
    let yaml = "dataset: {path: t.csv, \(entry.dropFirst())\ngenerators: [{kind: parrot}]"
    let error =
      (try? configuration(yaml)) == nil ? #expect(throws: ExperimentError.self) { try configuration(yaml) } : nil
    #expect(error?.message == message)
  }

  @Test(arguments: [
    ("epohcs=2", "--set epohcs=2: unknown key 'epohcs' in generator 'parrot'; did you mean 'epochs'?"),
    ("epochs=ten", "--set epochs=ten: epochs: must be a whole number, got 'ten'"),
    ("epochs=-1", "--set epochs=-1: epochs must be at least 1, got -1"),
    ("epochs", "--set epochs: expected key=value, as in epochs=300"),
    ("=3", "--set =3: expected key=value, as in epochs=300"),
    ("sample..rows=3", "--set sample..rows=3: a part of the key is empty"),
    ("sample.row=3", "--set sample.row=3: unknown key 'row' in sample; did you mean 'rows'?"),
    ("generators.5.epochs=3", "--set generators.5.epochs=3: '5' is no place in the list; 0 to 0 are"),
    ("layer_sizes=[1", "--set layer_sizes=[1: not YAML: "),
  ]) func refusesAnOverride(_ text: String, _ message: String) {
    let error = #expect(throws: ExperimentError.self) {
      try configuration("dataset: t.csv\ngenerators: [{kind: parrot}]", text)
    }
    let shown = error?.description ?? ""
    #expect(shown.hasPrefix(message), "\(shown)")
  }

  @Test func survivesNestingAndAliases() {
    for yaml in [
      String(repeating: "[", count: 100_000), String(repeating: "a: {", count: 5_000),
      "a: &a [1,1,1,1,1,1,1,1,1]\n"
        + (0..<9).map { i in
          let from = i == 0 ? "a" : "b\(i - 1)"
          return "b\(i): &b\(i) [" + Array(repeating: "*\(from)", count: 9).joined(separator: ",") + "]\n"
        }.joined(),
    ] {
      #expect(throws: ExperimentError.self) { try configuration(yaml) }
    }
  }
}
