import MynahEvaluation
import MynahSynthesizers
import MynahTables

/// An experiment: a table, the models that learn it, how many rows each makes, and how those are judged; or methods that
/// balance the table's classes, and the trial that shows whether they help; or both. Read from YAML; unknown keys, wrong types and impossible values are errors with file, line and column.
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
/// evaluation: [shape, trend]
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
  /// The run folder; `runs/NAME` unless given.
  public var output: String?
  /// Threads to compute with; as many as the machine has cores unless given. Results do not depend on it.
  public var threads: Int?

  /// The file's own path; relative paths are looked up beside it too.
  public var file: String?

  static let keys = ["name", "seed", "dataset", "generators", "sample", "evaluation", "balance", "output", "threads"]

  /// The metrics' identifiers.
  public var evaluation: [String] { metrics.map { type(of: $0).identifier } }

  /// Where model files that a run continues from find their encoders.
  let registry: Registry

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
    metrics = try root["evaluation"].map { try Self.metrics($0, registry) } ?? [ColumnShapes(), ColumnPairTrends()]
    self.registry = registry
    output = try root["output"]?.text("output")
    threads = try root["threads"]?.wholeNumber("threads", atLeast: 1)
  }

  private static func metrics(_ setting: Setting, _ registry: Registry) throws -> [any Metric] {
    try setting.list("evaluation").map { try registry.metric(try $0.text("evaluation"), at: $0.place) }
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
