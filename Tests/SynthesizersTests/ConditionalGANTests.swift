import MynahEncoders
import MynahRandomness
import MynahTables
import MynahTensors
import Testing

@testable import MynahSynthesizers

@Suite struct ConditionalGANTests {
  private func sample(_ model: some FittedSynthesizer, _ count: Int, _ level: String? = nil) throws -> Table {
    var random = RandomSource(seed: 8)
    return try model.sample(count, given: level.map { [Condition(column: "label", value: $0)] } ?? [], using: &random)
  }

  /// Whatever the networks have learned: labels are drawn, not made.
  @Test(arguments: [false, true]) func labelsFollowTheirFrequency(_ isBalanced: Bool) throws {
    var settings = Small.conditional
    settings.isBalanced = isBalanced
    settings.epochs = 1
    let table = try Small.table()
    let share = Double((0..<400).count { Small.level(table, "label", $0) == "yes" }) / 400
    let rows = try sample(try Small.fitted(table, settings), 8_000)
    let drawn = Double((0..<8_000).count { Small.level(rows, "label", $0) == "yes" }) / 8_000
    #expect(abs(drawn - share) < 5 * (share * (1 - share) / 8_000).squareRoot())
  }

  @Test func theLabelAskedForIsMetWithoutDrawingAgain() throws {
    let model = try Small.fitted(try Small.table(), Small.conditional)
    let rows = try sample(model, 300, "yes")
    #expect((0..<300).allSatisfy { Small.level(rows, "label", $0) == "yes" })
  }

  /// The price depends on the colour, and blue is the label "yes": 20 instead of 0 or 10.
  @Test func rowsAreMadeForTheirLabel() throws {
    var settings = Small.conditional
    settings.epochs = 60
    settings.validationFraction = 0
    (settings.generatorLearningRate, settings.discriminatorLearningRate) = (2e-3, 2e-3)
    (settings.emaDecay, settings.discriminatorDropout) = (0, 0.1)
    let model = try Small.fitted(try Small.table(), settings)
    func blue(_ label: String) throws -> Double {
      let rows = try sample(model, 500, label)
      return Double((0..<500).count { Small.level(rows, "colour", $0) == "blue" }) / 500
    }
    #expect(try blue("yes") > 0.8)
    #expect(try blue("no") < 0.2)
  }

  @Test func theDiscriminatorSeesTheLabelInTheRow() throws {
    let layout = EncodedLayout(
      spans: [[EncodedSpan(width: 1, head: .tanh)], [EncodedSpan(width: 3, head: .softmax)]], isDiscrete: [false, true])
    var random = RandomSource(seed: 1)
    let game = AdversarialGame(Small.conditional, layout, ConditionSpace(layout), using: &random)
    let logits = Tensor.normal([2, 4], using: &random)
    let batch = ConditionSampler.Batch(columns: [0, 0], levels: [2, 0], codes: [2, 0])
    let rows = game.rows(logits, conditions: batch, noise: .gumbel([2, 4], using: &random)).scalars
    #expect(Array(rows[1...3]) == [0, 0, 1] && Array(rows[5...7]) == [1, 0, 0])
    #expect(game.critic.parameters.values["first.weight"]?.shape[0] == 4)
  }

  @Test(arguments: [("", "must name"), ("lable", "did you mean 'label'"), ("price", "is continuous")])
  func columnsThatCannotBeLabelsAreRefused(_ column: String, _ hint: String) throws {
    var settings = Small.conditional
    settings.conditionColumn = column
    let error = #expect(throws: SynthesisError.self) { _ = try Small.fitted(try Small.table(rows: 40), settings) }
    #expect(error?.hyperparameter == "conditionColumn")
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
  }
}
