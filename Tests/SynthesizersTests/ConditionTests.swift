import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTables
import MynahTensors
import Testing

@testable import MynahSynthesizers

@Suite struct ConditionTests {
  let table: Table
  let model: FittedCTGAN

  init() throws {
    table = try Small.table()
    model = try Small.fitted(table)
  }

  private func sample(_ count: Int, _ conditions: [(String, String)]) throws -> Table {
    var random = RandomSource(seed: 8)
    return try model.sample(
      count, given: conditions.map { Condition(column: $0.0, value: $0.1) }, using: &random)
  }

  @Test(arguments: [
    ("colour", "red"), ("colour", "green"), ("colour", "blue"), ("shape", "round"), ("shape", "square"),
    ("label", "no"), ("label", "yes"),
  ])
  func everyRowHasTheLevelAskedFor(_ column: String, _ level: String) throws {
    let rows = try sample(300, [(column, level)])
    #expect(rows.rowCount == 300)
    #expect((0..<300).allSatisfy { Small.level(rows, column, $0) == level })
  }

  @Test func severalConditionsAtOnce() throws {
    let rows = try sample(200, [("colour", "green"), ("shape", "round"), ("label", "no")])
    #expect(rows.rowCount == 200)
    #expect(
      (0..<200).allSatisfy {
        Small.level(rows, "colour", $0) == "green" && Small.level(rows, "shape", $0) == "round"
          && Small.level(rows, "label", $0) == "no"
      })
  }

  @Test func aNumberAndAMissingValueCanBeAskedFor() throws {
    let ten = try sample(20, [("price", "10"), ("colour", "green")])
    #expect((0..<20).allSatisfy { ten["price"]?.number(at: $0) == 10 && Small.level(ten, "colour", $0) == "green" })
    #expect(try sample(20, [("age", "")])["age"]?.missingCount == 20)
  }

  /// Rows that several draws found are one table, and pieces of it go on with the numbers.
  @Test func rowsFoundAreNamedOnce() throws {
    let rows = table.rowCount
    var columns = table.schema.columns
    columns += [ColumnSchema(name: "key", kind: .identifier), ColumnSchema(name: "name", kind: .identifier)]
    let named = try Table(
      schema: Schema(columns),
      columns: table.columns + [
        .integer((1...Int64(rows)).map(\.self), nil),
        .categorical(
          codes: (0..<Int32(rows)).map(\.self), levels: (0..<rows).map { "\($0)-x\($0 * 7919 % 1000)" }, nil),
      ])
    let model = try Small.fitted(named)
    var random = RandomSource(seed: 4)
    var keys: [Int64] = []
    var names: [String] = []
    for firstRow in [0, 150] {
      let piece = try model.sample(
        SamplingRequest(
          150, given: [Condition(column: "colour", value: "green"), Condition(column: "price", value: "10")],
          firstRow: firstRow), using: &random)
      guard case .integer(let some, nil)? = piece["key"], case .categorical(let codes, let levels, nil)? = piece["name"]
      else {
        Issue.record("expected identifiers")
        return
      }
      keys += some
      names += codes.map { levels[Int($0)] }
    }
    #expect(keys == Array(Int64(rows) + 1...Int64(rows) + 300))
    #expect(Set(names).count == 300)
  }

  @Test(arguments: [
    ([("color", "red")], "colour"), ([("colour", "redd")], "red"), ([("colour", "red"), ("colour", "blue")], "both"),
    ([("price", "cheap")], "numbers"), ([("age", "3.5")], "whole numbers"), ([("price", "10.5")], "0 digits"),
    ([("price", "")], "never missing"), ([("colour", "")], "never missing"), ([("price", "1000")], "between"),
  ])
  func impossibleConditionsSayWhy(_ conditions: [(String, String)], _ hint: String) throws {
    let error = #expect(throws: SynthesisError.self) { _ = try sample(5, conditions) }
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
  }

  @Test func noRowsMeetAnyConditions() throws {
    #expect(try sample(0, [("age", "3")]).rowCount == 0)
  }

  @Test func conditionsThatNeverMeetGiveUpWithTheRate() throws {
    // The range is not known from the schema, and no age is near 5000.
    let error = #expect(throws: SynthesisError.self) { _ = try sample(5, [("age", "5000")]) }
    #expect(error?.description.contains("0 of ") == true)
  }

  /// Every column's bits lie where the layout says: the reference implementation sets those of the first column for all.
  @Test func conditionsSetTheBitOfTheirOwnColumn() throws {
    let layout = EncodedLayout(
      spans: [3, 4, 2].map { [EncodedSpan(width: $0, head: .softmax)] }, isDiscrete: [true, true, true])
    let sampler = ConditionSampler(ConditionSpace(layout), counts: [[5, 0, 5], [1, 1, 1, 1], [0, 9]])
    var random = RandomSource(seed: 1)
    for frequencies in [Conditioning.Frequencies.logarithmic, .real, .uniform] {
      let batch = sampler.draw(2_000, by: frequencies, using: &random)
      var seen: Set<Int32> = []
      for (column, (level, code)) in zip(batch.columns, zip(batch.levels, batch.codes)) {
        #expect(code == [0, 3, 7][column] + level)
        seen.insert(code)
      }
      // Every level that occurs is drawn, and none that does not.
      #expect(seen == [0, 2, 3, 4, 5, 6, 8])
    }
  }

  @Test func levelsAreDrawnByLogarithmInTrainingAndByFrequencyWhenSampling() {
    let layout = EncodedLayout(spans: [[EncodedSpan(width: 2, head: .softmax)]], isDiscrete: [true])
    let sampler = ConditionSampler(ConditionSpace(layout), counts: [[9_999, 99]])
    var random = RandomSource(seed: 2)
    let draws = 20_000
    func share(_ frequencies: Conditioning.Frequencies) -> Double {
      Double(sampler.draw(draws, by: frequencies, using: &random).levels.count { $0 == 1 }) / Double(draws)
    }
    // log 100 / (log 100 + log 10 000) = 1/3, and 99 / 10 098; five standard errors.
    #expect(abs(share(.logarithmic) - 1.0 / 3) < 5 * (2.0 / 9 / Double(draws)).squareRoot())
    let rare = 99.0 / 10_098
    #expect(abs(share(.real) - rare) < 5 * (rare * (1 - rare) / Double(draws)).squareRoot())
  }

  @Test func realRowsMeetTheirConditions() throws {
    var random = RandomSource(seed: 3)
    let encoder = try TableEncoder().fitted(to: table, using: &random)
    let encoded = try encoder.encode(table, using: &random)
    let indexes = encoded.rowIndexes()
    let sampler = ConditionSampler(
      ConditionSpace(encoder.layout), counts: indexes.map { index in (0..<index.cardinality).map(index.count(of:)) })
    let batch = sampler.draw(500, by: .logarithmic, using: &random)
    let rows = ConditionSampler.rows(meeting: batch, count: 500, of: table.rowCount, indexes, using: &random)
    let wide = encoded.widened(rows: rows)
    for row in 0..<500 {
      let column = encoder.layout.discreteColumns[batch.columns[row]]
      #expect(wide[row * encoder.layout.width + column.offset + Int(batch.levels[row])] == 1)
    }
  }

  /// With a condition vector of the label alone, other columns' levels are met by drawing again.
  @Test func conditionColumnsAreTheOnlyOnesTheGeneratorIsTold() throws {
    var settings = Small.model
    settings.conditionColumns = ["label"]
    let model = try Small.fitted(table, settings)
    #expect(model.space.columns.map(\.column) == [4] && model.space.width == 2 && model.levelCounts.count == 1)
    #expect(model.generator.blocks[0].linear.weight.value.shape[0] == 8 + 2)
    var random = RandomSource(seed: 8)
    let conditions = [Condition(column: "label", value: "yes"), Condition(column: "colour", value: "red")]
    let rows = try model.sample(50, given: conditions, using: &random)
    #expect((0..<50).allSatisfy { Small.level(rows, "label", $0) == "yes" && Small.level(rows, "colour", $0) == "red" })
    settings.conditionColumns = ["label", "price"]
    let error = #expect(throws: SynthesisError.self) { _ = try Small.fitted(table, settings) }
    #expect(error?.hyperparameter == "conditionColumns")
  }

  /// An integer whose values are levels is a column to condition on; a quantile-encoded number is not.
  @Test func encodersAreChosenByColumn() throws {
    var settings = Small.model
    settings.encoders = ["price": .oneHot, "age": .quantile]
    // Continuous columns have no one-hot form.
    #expect(throws: (any Error).self) { _ = try Small.fitted(table, settings) }
    settings.encoders = ["age": .oneHot, "price": .quantile]
    settings.conditionColumns = ["age"]
    let model = try Small.fitted(table, settings)
    #expect(model.encoder.columns.prefix(2).map(\.identifier) == ["quantile", "one-hot"])
    #expect(model.space.columns.map(\.column) == [1] && model.space.width == model.encoder.columns[1].spans[0].width)
    var random = RandomSource(seed: 8)
    let rows = try model.sample(40, given: [Condition(column: "age", value: "7")], using: &random)
    #expect((0..<40).allSatisfy { rows["age"]?.number(at: $0) == 7 })
    let copy = try FittedCTGAN(from: try Small.archive(model))
    #expect(copy.hyperparameters == settings)
  }

  /// Ten thousand levels: the networks see 255 and the rest, and a level of the rest is met all the same.
  @Test func veryManyLevels() throws {
    let rows = 12_000
    let codes = (0..<Int32(rows)).map { $0 < 10_000 ? $0 : $0 % 300 }
    let table = try Table(
      schema: Schema([ColumnSchema(name: "city", kind: .categorical), ColumnSchema(name: "a", kind: .integer)]),
      columns: [
        .categorical(codes: codes, levels: (0..<10_000).map { "c\($0)" }, nil),
        .integer(codes.map { Int64($0 % 7) }, nil),
      ])
    var settings = Small.model
    settings.epochs = 1
    settings.batchSize = 400
    let model = try Small.fitted(table, settings)
    #expect(model.space.width == 256)
    #expect(AdversarialMemory(settings, model.encoder.layout, model.space).bytes < 4e6)
    var random = RandomSource(seed: 8)
    for level in ["c3", "c9999"] {
      let rows = try model.sample(40, given: [Condition(column: "city", value: level)], using: &random)
      #expect((0..<40).allSatisfy { Small.level(rows, "city", $0) == level })
    }
  }

  /// Archives of before there was a choice of columns have no such key.
  @Test func archivesWithoutTheKeyAreRead() throws {
    var archive = try Small.archive(model)
    archive.metadata["hyperparameters"] = archive.metadata["hyperparameters"]?.replacing(
      "\"conditionColumns\":[],", with: "")
    #expect(archive.metadata["hyperparameters"]?.contains("conditionColumns") == false)
    let copy = try FittedCTGAN(from: archive)
    var (a, b) = (RandomSource(seed: 4), RandomSource(seed: 4))
    #expect(try model.sample(50, given: [], using: &a) == copy.sample(50, given: [], using: &b))
  }

  /// A row does not depend on the rows that are drawn with it: the reference normalises by the batch when sampling.
  @Test func samplingUsesRunningMoments() throws {
    var context = ForwardContext(phase: .inference, random: RandomSource(seed: 1))
    let noise = Tensor.normal([6, 8], using: &context.random)
    let codes: [Int32] = [0, 1, 2, 3, 4, 5]
    let width = model.encoder.layout.conditionWidth
    let together = model.generator(AdversarialGame.input(noise, codes, width: width), in: &context)
    let alone = model.generator(AdversarialGame.input(noise.sliced(2..<4), [2, 3], width: width), in: &context)
    for (a, b) in zip(together.sliced(2..<4).scalars, alone.scalars) { #expect(abs(a - b) < 1e-5) }
  }
}
