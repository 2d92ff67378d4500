import MynahEvaluation
import MynahOversamplers
import Testing

@testable import MynahExperiments

@Suite struct BalanceConfigurationTests {
  private static let file = """
    name: b
    dataset: {path: t.csv, target: c, drop: [key]}
    balance:
      methods:
        - smote
        - {kind: smote, k_neighbors: 3}
        - {kind: parrot, name: model, epochs: 4, train_on: minority}
      counts: {yes: 30}
      keep_together: [[a, b]]
      ignore: [d]
      positive: 1
      folds: 3
      repeats: 1
      judges: [logistic]
      alert_budget: 20
      costs: {false_negative: 100}

    """

  private func read(_ text: String, _ settings: [String] = []) throws -> ExperimentConfiguration {
    var registry = Registry.forTests
    registry.register(resampler: SMOTE.self)
    return try ExperimentConfiguration(
      yaml: text, file: "b.yaml", overrides: try settings.map { try SettingOverride($0) }, registry: registry)
  }

  @Test func everyKeyIsRead() throws {
    let read = try read(Self.file)
    let balance = try #require(read.balance)
    #expect(read.generators.isEmpty && read.dataset.drop == ["key"])
    #expect(balance.methods.map(\.name) == ["smote", "smote-2", "model"])
    #expect(balance.strategy == .counts(["yes": 30]) && balance.keepTogether == [["a", "b"]])
    #expect(balance.ignore == ["d"] && balance.positive == "1" && balance.folds == 3 && balance.repeats == 1)
    #expect(balance.judges == [.logisticRegression] && balance.alertBudget == .rows(20))
    #expect(balance.costs.falsePositive == 1 && balance.costs.falseNegative == 100)
    guard case .resampler(let second) = balance.methods[1].method, case .model(let model) = balance.methods[2].method
    else {
      Issue.record("methods of other kinds")
      return
    }
    #expect((second as? SMOTE)?.kNeighbors == 3)
    #expect(model.trainOn == .minority && (model.synthesizer as? Parrot)?.epochs == 4)
  }

  @Test func whatIsWrittenIsReadTheSame() throws {
    for text in [Self.file, Self.file.replacing("counts: {yes: 30}", with: "ratio: 0.25")] {
      let written = try read(text).yaml()
      #expect(try read(written).yaml() == written)
      #expect(!written.contains("generators") && written.contains("train_on: minority"))
    }
  }

  @Test func settingsReachMethods() throws {
    let changed = try read(Self.file, ["k_neighbors=7", "balance.folds=4", "balance.methods.2.epochs=9"])
    let balance = try #require(changed.balance)
    let neighbours = balance.methods.prefix(2).compactMap { method -> Int? in
      if case .resampler(let resampler) = method.method { return (resampler as? SMOTE)?.kNeighbors }
      return nil
    }
    #expect(neighbours == [7, 7] && balance.folds == 4)
    guard case .model(let model) = balance.methods[2].method else { return }
    #expect((model.synthesizer as? Parrot)?.epochs == 9)
  }

  @Test(arguments: [
    ("methods:", "method:", "4:3: unknown key 'method' in balance; did you mean 'methods'?"),
    ("- smote\n", "- smot\n", "5:7: unknown method 'smot'; did you mean 'smote'?"),
    ("- smote\n", "- [smote]\n", "5:7: a method is a word such as smote, or a mapping with the key kind"),
    (
      "k_neighbors: 3", "k_neighbours: 3",
      "6:21: unknown key 'k_neighbours' in method 'smote'; did you mean 'k_neighbors'?"
    ),
    ("k_neighbors: 3", "k_neighbors: 0", "6:34: "),
    ("train_on: minority", "train_on: some", "7:56: train_on: must be one of all, minority, got 'some'"),
    ("name: model", "name: smote", "7:28: name: two methods are called 'smote'"),
    ("name: model", "name: imbalanced", "7:28: name: 'imbalanced' is what a table that is not resampled is called"),
    ("ignore: [d]", "ratio: 0.5", "8:11: ratio and counts exclude each other; give one of them"),
    ("counts: {yes: 30}", "ratio: 0", "8:10: ratio: must be above 0, got 0.0"),
    ("counts: {yes: 30}", "strategy: minorty", "8:13: unknown strategy 'minorty'; did you mean 'minority'?"),
    ("counts: {yes: 30}", "counts: {yes: many}", "8:17: counts yes: must be a whole number, got 'many'"),
    ("[[a, b]]", "[[a]]", "9:19: keep_together: a group needs at least two columns"),
    ("folds: 3", "folds: 1", "12:10: folds: must be at least 2, got 1"),
    ("[logistic]", "[logistics]", "14:12: unknown judge 'logistics'; did you mean 'logistic'?"),
    ("alert_budget: 20", "alert_budget: 20.5", "15:17: alert_budget: must be a share of the rows above 0 and below 1"),
    ("false_negative: 100", "false_negativ: 100", "16:11: unknown key 'false_negativ' in costs; did you mean"),
    ("false_negative: 100", "false_negative: -1", "16:27: false_negative: must be at least 0, got -1.0"),
    (", target: c", "", "4:3: balance: dataset.target is missing"),
    ("drop: [key]", "drop: [c]", "2:41: drop: 'c' is the target"),
  ]) func mistakesAreNamedWithTheirPlace(_ text: String, _ replacement: String, _ message: String) {
    let wrong = Self.file.replacing(text, with: replacement, maxReplacements: 1)
    do {
      _ = try read(wrong)
      Issue.record("no error for '\(replacement)'")
    } catch {
      #expect("\(error)".hasPrefix("b.yaml:\(message)"), "\(error)")
    }
  }
}
