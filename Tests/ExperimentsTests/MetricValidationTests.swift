import MynahEvaluation
import Testing

@testable import MynahExperiments

/// Parameters of metrics that would switch a metric off, or take forever.
@Suite struct MetricValidationTests {
  private static let huge = "9223372036854775807"

  /// What is set, and what the error says after the metric's name.
  private static let impossible: [(setting: String, message: String)] = [
    ("trend.correlation_threshold=-0.5", "correlation_threshold must be from 0 to 1, got -0.5"),
    ("trend.association_threshold=1.5", "association_threshold must be from 0 to 1, got 1.5"),
    ("jensen-shannon.bins=1", "bins must be from 2 to 10000, got 1"),
    ("jensen-shannon.bins=1000000000", "bins must be from 2 to 10000, got 1000000000"),
    ("jensen-shannon.bins=\(huge)", "bins must be from 2 to 10000, got \(huge)"),
    ("three-way.bins=4611686018427387904", "bins must be from 2 to 100, got 4611686018427387904"),
    ("three-way.bins=\(huge)", "bins must be from 2 to 100, got \(huge)"),
    ("three-way.levels=\(huge)", "levels must be from 1 to 100, got \(huge)"),
    ("three-way.most_triples=0", "most_triples must be from 1 to 1000000, got 0"),
    ("alpha-precision.most_rows=1", "most_rows must be from 2 to 1000000000, got 1"),
    ("beta-recall.most_rows=-3", "most_rows must be from 2 to 1000000000, got -3"),
    ("density.k=0", "k must be from 1 to 1000, got 0"),
    ("density.most_rows=0", "most_rows must be from 2 to 1000000000, got 0"),
    ("coverage-prdc.k=1001", "k must be from 1 to 1000, got 1001"),
    ("coverage-prdc.most_rows=\(huge)", "most_rows must be from 2 to 1000000000, got \(huge)"),
    ("maximum-mean-discrepancy.most_rows=1", "most_rows must be from 2 to 1000000000, got 1"),
    ("authenticity.most_rows=1", "most_rows must be from 2 to 1000000000, got 1"),
    ("detection.folds=1", "folds must be from 2 to 100, got 1"),
    ("detection.folds=\(huge)", "folds must be from 2 to 100, got \(huge)"),
    ("detection.most_rows=9", "most_rows must be from 10 to 1000000000, got 9"),
    ("utility.most_rows=-3", "most_rows must be from 2 to 1000000000, got -3"),
    ("fairness.least_rows=0", "least_rows must be from 1 to 1000000000, got 0"),
    ("fairness.most_rows=1", "most_rows must be from 2 to 1000000000, got 1"),
    ("near-copies.tolerance=-1", "tolerance must be from 0 to 1, got -1"),
    ("near-copies.tolerance=2", "tolerance must be from 0 to 1, got 2"),
    ("near-copies.sample=0", "sample must be from 1 to 1000000000, got 0"),
    ("closest-record.sample=-5", "sample must be from 1 to 1000000000, got -5"),
    ("nearest-neighbour-ratio.sample=0", "sample must be from 1 to 1000000000, got 0"),
    ("membership-inference.sample=1", "sample must be from 2 to 1000000000, got 1"),
    ("singling-out.width=0", "width must be from 1 to 1000, got 0"),
    ("singling-out.attacks=-1", "attacks must be from 1 to 1000000, got -1"),
    ("singling-out.attacks=4611686018427387904", "attacks must be from 1 to 1000000, got 4611686018427387904"),
    ("singling-out.attacks=\(huge)", "attacks must be from 1 to 1000000, got \(huge)"),
    ("singling-out.sample=0", "sample must be from 1 to 1000000000, got 0"),
    ("linkability.neighbours=100000", "neighbours must be from 1 to 100, got 100000"),
    ("linkability.attacks=0", "attacks must be from 1 to 1000000, got 0"),
    ("linkability.sample=0", "sample must be from 1 to 1000000000, got 0"),
    ("linkability.columns=[[a], [a]]", "columns must name every column once, got 'a' twice"),
    ("linkability.columns=[[a, a], [b]]", "columns must name every column once, got 'a' twice"),
    (
      "linkability.columns=[[a], []]",
      #"columns must be two lists of column names, as in [[age, sex], [city]], got [["a"], []]"#
    ),
    (
      "linkability.columns=[[a]]",
      #"columns must be two lists of column names, as in [[age, sex], [city]], got [["a"]]"#
    ),
    ("inference.secrets=[]", "secrets must name at least one column, got []"),
    ("inference.secrets=[a, b, a]", "secrets must name every column once, got 'a' twice"),
    ("inference.tolerance=-3", "tolerance must be from 0 to 1, got -3"),
    ("inference.attacks=-2", "attacks must be from 1 to 1000000, got -2"),
    ("inference.sample=0", "sample must be from 1 to 1000000000, got 0"),
    ("attribute-disclosure.known=[]", "known must name at least one column, got []"),
    ("rare-combinations.k=1", "k must be from 2 to 1000000, got 1"),
    ("rare-combinations.columns=4", "columns must be from 1 to 3, got 4"),
    ("rare-combinations.work=0", "work must be from 1 to 1000000000000, got 0"),
    ("k-anonymity.k=0", "k must be from 2 to 1000000, got 0"),
    ("k-anonymity.known=[a, a]", "known must name every column once, got 'a' twice"),
    ("l-diversity.l=1", "l must be from 2 to 1000000, got 1"),
    ("l-diversity.known=[]", "known must name at least one column, got []"),
  ]

  @Test(arguments: impossible) func anImpossibleValueIsRefused(setting: String, message: String) throws {
    let metric = String(try #require(setting.split(separator: ".").first))
    let error = #expect(throws: ExperimentError.self) {
      try Registry.standard.metrics([metric], settings: [SettingOverride(setting)])
    }
    #expect(error?.description == "--set \(setting): \(metric): \(message)")
  }

  @Test(arguments: ["attribute-disclosure", "l-diversity"]) func aSecretIsNotKnown(metric: String) throws {
    let error = #expect(throws: ExperimentError.self) {
      try Registry.standard.metrics(
        [metric], settings: [SettingOverride("\(metric).known=[a, b]"), SettingOverride("\(metric).secret=b")])
    }
    #expect(
      error?.description == "--set \(metric).secret=b: \(metric): secret must be none of the known columns, got 'b'")
  }

  @Test func aFilesLineIsNamed() throws {
    let yaml = """
      dataset: {path: t.csv}
      generators: [{kind: parrot}]
      evaluation:
        - shape
        - kind: k-anonymity
          k: 0
      """
    let error = #expect(throws: ExperimentError.self) {
      try ExperimentConfiguration(yaml: yaml, file: "e.yaml", registry: .forTests)
    }
    #expect(error?.description == "e.yaml:6:8: k-anonymity: k must be from 2 to 1000000, got 0")
  }

  /// Every metric's defaults are possible, and of every metric with a parameter something is not.
  @Test func defaultsArePossible() throws {
    let tried = Set(Self.impossible.compactMap { $0.setting.split(separator: ".").first.map(String.init) })
    for type in standardMetrics {
      let metric = type.init()
      #expect(throws: Never.self) { try metric.validate() }
      let hasParameters: Bool = if case .mapping = try Setting(metric: metric).content { true } else { false }
      #expect(!hasParameters || tried.contains(type.identifier), "no impossible value of \(type.identifier) is tried")
    }
  }
}
