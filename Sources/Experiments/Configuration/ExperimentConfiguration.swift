import MynahEvaluation
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// An experiment: a table, the models that learn it, how many rows each makes, and how those are judged; or methods that
/// balance the table's classes, and the trial that shows whether they help; or both. Read from YAML; unknown keys, wrong types
/// and impossible values are errors with file, line and column.
///
/// ```yaml
/// name: adult-ctgan
/// seed: 1
/// dataset:
///   path: Datasets/adult_train.csv
///   holdout: Datasets/adult_test.csv      # or {fraction: 0.2}
///   target: income
///   missing: ["?"]
/// generators:
///   - {kind: ctgan, epochs: 300}
/// sample: {rows: 32561}
/// evaluation: [shape, trend, privacy, {kind: fairness, sensitive: sex}]
/// gates: ["copies<=0", "shape>=0.9"]
/// purpose: {for: [training of classifiers], against: [decisions about single persons]}
/// ```
public struct ExperimentConfiguration: Sendable {
  /// Names the run folder; letters, digits, `-`, `_` and `.`.
  public var name: String
  /// Decides every random number. 1 unless given.
  public var seed: UInt64
  public var dataset: DatasetConfiguration
  /// None where there is only `balance`.
  public var generators: [GeneratorConfiguration]
  /// How the table's classes are balanced; nil where they are not.
  public var balance: BalanceConfiguration?
  public var sample: SampleConfiguration
  /// How the rows are judged.
  public var metrics: [any Metric]
  /// On what conditions they are released, for what, and by whom.
  public var release: ReleaseConfiguration
  /// The run folder; `runs/NAME` unless given.
  public var output: String?
  /// Threads to compute with; as many as the machine has cores unless given. Results do not depend on it.
  public var threads: Int?

  /// The file's own path; relative paths are looked up beside it too.
  public var file: String?

  static let keys =
    ["name", "seed", "dataset", "generators", "sample", "evaluation", "balance", "output", "threads"]
    + ReleaseConfiguration.keys

  /// The metrics' identifiers.
  public var evaluation: [String] { metrics.map { type(of: $0).identifier } }

  /// Where model files that a run continues from find their encoders.
  let registry: Registry
  /// Where the metrics are chosen, for errors.
  private(set) var evaluationPlace: Place?

  /// Reads a configuration from YAML.
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - file: Named in errors.
  ///   - overrides: Take the place of what the text says, in order.
  ///   - registry: The kinds of generators, the encoders and the metrics there are.
  public init(
    yaml: String, file: String, overrides: [SettingOverride] = [], registry: Registry = .standard
  ) throws {
    try self.init(try Setting(yaml: yaml, file: file), file: file, overrides: overrides, registry: registry)
  }

  /// Reads a configuration from a file.
  ///
  /// - Throws: `ExperimentError` where there is no such file, or as for text.
  public init(path: String, overrides: [SettingOverride] = [], registry: Registry = .standard) throws {
    try self.init(try Setting(path: path), file: path, overrides: overrides, registry: registry)
  }

  private init(_ root: Setting, file: String, overrides: [SettingOverride], registry: Registry) throws {
    var root = root
    try root.requireKeys(Self.keys, in: "an experiment file")
    for change in overrides { root = try root.applying(change, topLevel: Self.keys, registry: registry) }
    try root.requireKeys(Self.keys, in: "an experiment file")

    let (generators, balance) = (root["generators"], root["balance"])
    guard generators != nil || balance != nil else {
      throw root.failure(
        "'generators' is missing, and so is 'balance'; expected a list such as [{kind: ctgan}], or methods that balance"
      )
    }
    guard let dataset = root["dataset"] else {
      throw root.failure("'dataset' is missing; expected the path of a CSV file, or a mapping with the key path")
    }
    self.file = file
    name = try root["name"].map { try $0.folderName("name") } ?? Self.defaultName(file)
    seed = try root["seed"]?.wholeNumber("seed") ?? 1
    self.dataset = try DatasetConfiguration(dataset)
    let target = self.dataset.target
    let listed = try generators.map { try GeneratorConfiguration.list($0, registry: registry) } ?? []
    self.generators = listed.map { generator in
      var generator = generator
      generator.synthesizer = conditioned(generator.synthesizer, on: target)
      return generator
    }
    if let balance {
      guard target != nil else {
        throw balance.failure("balance: dataset.target is missing; it names the column whose classes are balanced")
      }
      self.balance = try BalanceConfiguration(balance, registry: registry)
    }
    sample = try root["sample"].map { try SampleConfiguration($0) } ?? SampleConfiguration()
    let evaluation = root["evaluation"]
    metrics = try evaluation.map { try registry.metrics($0) } ?? [ColumnShapes(), ColumnPairTrends()]
    evaluationPlace = evaluation?.place
    release = try ReleaseConfiguration(root)
    self.registry = registry
    output = try root["output"]?.text("output")
    threads = try root["threads"]?.wholeNumber("threads", atLeast: 1)
    try addMetrics(of: release.gates, at: root["gates"]?.place)
  }

  /// Adds gates, and the metrics they take.
  ///
  /// - Parameters:
  ///   - gates: besides those of the file.
  ///   - place: where they are given, for errors.
  /// - Throws: `ExperimentError` for a metric that is not there, with the nearest one.
  public mutating func add(gates: [Gate], at place: Place? = nil) throws {
    try addMetrics(of: gates, at: place)
    release.gates += gates
  }

  private mutating func addMetrics(of gates: [Gate], at place: Place?) throws {
    for name in gates.flatMap(\.metrics) where !evaluation.contains(name) {
      metrics.append(try registry.metric(name, at: place))
    }
  }

  /// What metrics draw from.
  var evaluationRandom: RandomSource {
    RandomSource(seed: seed).stream(for: ModelFile.Purpose.evaluation.rawValue)
  }

  /// `Experiments/adult-ctgan.yaml` is the experiment "adult-ctgan".
  private static func defaultName(_ file: String) -> String {
    let base = file.split(separator: "/").last.map(String.init) ?? ""
    let stem = base.split(separator: ".").first.map(String.init) ?? ""
    return Setting.isFolderName(stem) ? stem : "experiment"
  }
}

extension Setting {
  static func isFolderName(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix(".") && text.utf8.count <= 200
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
      }
  }

  func folderName(_ key: String) throws(ExperimentError) -> String {
    let text = try text(key)
    guard Setting.isFolderName(text) else {
      throw failure("\(key): letters, digits, '-', '_' and '.' make a name, got '\(text)'")
    }
    return text
  }
}
