import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite struct GateTests {
  private func evaluation(
    _ scores: [String: MetricScore] = [:], of rows: Int = 3
  ) throws -> TableEvaluation {
    let table = try Self.numbers(Array(0..<rows).map(Int64.init))
    var evaluation = try TableEvaluation(of: table, against: RealData(train: table))
    evaluation.scores = scores
    return evaluation
  }

  static func numbers(_ values: [Int64]) throws -> Table {
    try Table(schema: Schema([ColumnSchema(name: "n", kind: .integer)]), columns: [.integer(values, nil)])
  }

  private func score(
    _ value: Double, _ details: [String: Double] = [:], unseen: Double? = nil, marginals: Double? = nil
  ) -> MetricScore {
    MetricScore(.value(value, details: details), goal: .minimize, unseen: unseen, marginals: marginals)
  }

  @Test func conditionsAreRead() throws {
    let gate = try Gate("  utility.boosted-trees.synthetic.auc >= 0.85 ")
    #expect(gate.metric == "utility" && gate.detail == "boosted-trees.synthetic.auc")
    #expect(gate.comparison == .atLeast && gate.bound == .number(0.85))
    #expect(gate.text == "utility.boosted-trees.synthetic.auc >= 0.85")
    #expect(try Gate("a<1e-3").comparison == .less && Gate("a>-1").bound == .number(-1))
    #expect(try Gate("a==0").comparison == .equal)
    #expect(try Gate("a<=holdout + 0.02").bound == .holdout(plus: 0.02))
    #expect(try Gate("a>=marginals").bound == .marginals(plus: 0))
    #expect(try Gate("a>=holdout-0.1").bound == .holdout(plus: -0.1))
    // Names of columns may hold a comparison.
    #expect(try Gate("shape.a<=b>=0.5").detail == "a<=b")
    #expect(try Gate("quality>=0.9").metrics == ["shape", "trend"])
  }

  @Test(arguments: [
    ("copies", "is no gate"), ("", "is no gate"), ("<=0", "expected a metric before"),
    ("copies<=", "expected a number"),
    ("copies<=none", "got 'none'"), ("copies<=nan", "got 'nan'"), ("copies<=holdout0.1", "got 'holdout0.1'"),
    ("copies<=inf", "got 'inf'"), ("a.<=0", "expected a metric"),
    ("a.b<=holdout", "a yardstick is one of the score itself"),
  ]) func whatIsNoConditionIsRefused(_ text: String, _ message: String) {
    let error = #expect(throws: GateError.self) { try Gate(text) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func aGateSaysByHowMuch() throws {
    let evaluation = try evaluation(["copies": score(0.25, ["excess": 0.125], unseen: 0.1, marginals: 0.5)])
    let failed = try Gate("copies<=0.2").outcome(evaluation)
    #expect(!failed.passed && failed.text == "gate copies<=0.2: 0.25 is above 0.2 by 0.05")
    #expect(try Gate("copies<=0.25").outcome(evaluation).passed)
    #expect(try !Gate("copies<0.25").outcome(evaluation).passed)
    #expect(try Gate("copies<0.25").outcome(evaluation).text == "gate copies<0.25: 0.25 is at 0.25")
    #expect(try Gate("copies.excess==0.125").outcome(evaluation).passed)
    #expect(try Gate("copies>=0.5").outcome(evaluation).text == "gate copies>=0.5: 0.25 is below 0.5 by 0.25")
    #expect(try Gate("copies<=holdout+0.15").outcome(evaluation).passed)
    #expect(try !Gate("copies<=holdout+0.125").outcome(evaluation).passed)
    #expect(try Gate("copies<=marginals-0.25").outcome(evaluation).passed)
  }

  /// What cannot be shown is not taken for granted.
  @Test func withoutAFigureNoGateIsPassed() throws {
    let none = MetricScore(.notApplicable(reason: "there is no holdout"), goal: .minimize)
    let evaluation = try evaluation(["closest-record": none, "copies": score(0, ["rows": 3])])
    let unknown = try Gate("closest-record<=0.6").outcome(evaluation)
    #expect(!unknown.passed && unknown.text == "gate closest-record<=0.6: cannot be shown: there is no holdout")
    #expect(try Gate("linkability<=1").outcome(evaluation).reason == "'linkability' was not computed")
    #expect(
      try Gate("copies.row<=9").outcome(evaluation).reason == "'copies' has no detail 'row'; did you mean 'rows'?")
    #expect(try Gate("copies.unheard<=9").outcome(evaluation).reason == "'copies' has no detail 'unheard'; it has rows")
    #expect(try !Gate("copies<=holdout").outcome(evaluation).passed)
  }

  @Test func shapesTrendsAndQualityHaveGates() throws {
    let train = try Self.numbers([1, 2, 3, 4])
    let evaluation = try TableEvaluation(
      of: try Self.numbers([1, 2, 3, 9]), against: RealData(train: train, holdout: train))
    // D = 1/4 between 4 and 9.
    let shape = try Gate("shape>=0.8").outcome(evaluation)
    #expect(!shape.passed && shape.value == 0.75)
    #expect(try Gate("shape.n>=0.75").outcome(evaluation).passed)
    #expect(try Gate("trend>=0").outcome(evaluation).reason?.isEmpty == false)
    // Of one column there are no trends, and half of the quality is none.
    #expect(
      try Gate("quality>=0").outcome(evaluation).reason
        == "'trend' has no figure, and quality is the mean of shape and trend")
    let small = try GoldenTables.small(firstRow: 0, scale: 1)
    let same = try TableEvaluation(of: small, against: RealData(train: small, holdout: small))
    #expect(try Gate("quality==1").outcome(same).passed && Gate("quality>=holdout-0.25").outcome(same).passed)
  }

  @Test func filesOfFindingsHaveHarmlessNames() throws {
    #expect(try Gate("copies<=0").findingsName == "gate-copies.csv")
    #expect(try Gate("shape.../../a b/ü>=0").findingsName == "gate-shape-.._.._a_b__.csv")
  }
}
