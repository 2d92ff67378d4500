import MynahEncoders
import MynahNeuralNetworks
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTensors
import Testing

@testable import MynahSynthesizers

@Suite struct CTGANTests {
  @Test func sampledTableHasTheSchemaAndTheRangesSeen() throws {
    let table = try Small.table()
    let model = try Small.fitted(table)
    var random = RandomSource(seed: 3)
    let sample = try model.sample(501, given: [], using: &random)
    #expect(sample.rowCount == 501)
    #expect(sample.schema == table.schema)
    guard case .integer(let ages, _)? = sample["age"] else { return #expect(Bool(false)) }
    #expect((0..<501).allSatisfy { sample["age"]!.isMissing($0) || (0..<90).contains(ages[$0]) })
    // A fifth of the ages are missing; a model that cannot say "missing" would give none.
    #expect(sample["age"]!.missingCount > 10)
    #expect(sample["price"]!.missingCount == 0)
  }

  @Test func archiveRoundTripSamplesTheSameRows() throws {
    let model = try Small.fitted(try Small.table())
    let copy = try FittedCTGAN(from: try Small.archive(model))
    var (a, b) = (RandomSource(seed: 4), RandomSource(seed: 4))
    #expect(try model.sample(200, given: [], using: &a) == copy.sample(200, given: [], using: &b))
  }

  @Test func archivesThatDoNotFitAreRefused() throws {
    let archive = try Small.archive(try Small.fitted(try Small.table()))
    for key in ["hyperparameters", "encoder", "level_counts"] {
      var broken = archive
      broken.metadata[key] = nil
      #expect(throws: SynthesisError.self) { try FittedCTGAN(from: broken) }
      broken.metadata[key] = "{\"epochs\": 1e99, \"columns\": [[]]}"
      #expect(throws: SynthesisError.self) { try FittedCTGAN(from: broken) }
    }
    for path in archive.tensors.keys {
      var broken = archive
      broken.tensors[path] = nil
      #expect(throws: SynthesisError.self, "\(path)") { try FittedCTGAN(from: broken) }
      broken.tensors[path] = .zeros([3, 1, 2])
      #expect(throws: SynthesisError.self, "\(path)") { try FittedCTGAN(from: broken) }
    }
    // A network far larger than the file's tensors is refused before it is made.
    var huge = archive
    huge.metadata["hyperparameters"] = huge.metadata["hyperparameters"]?.replacing(
      "[16,16]", with: "[16777216,16777216]")
    #expect(throws: SynthesisError.self) { try FittedCTGAN(from: huge) }
    huge.metadata["level_counts"] = "[[1,1,1],[1,-1],[1,1]]"
    #expect(throws: SynthesisError.self) { try FittedCTGAN(from: huge) }
  }

  @Test(
    arguments: [
      { (m: inout CTGAN) in m.epochs = 0 }, { m in m.epochs = -3 }, { m in m.batchSize = 41 }, { m in m.batchSize = 0 },
      { m in m.pac = 0 }, { m in m.generatorDimensions = [8, 0] }, { m in m.discriminatorDimensions = [] },
      { m in m.generatorLearningRate = 0 }, { m in m.generatorLearningRate = .nan },
      { m in m.discriminatorDropout = 1 },
      { m in m.adamBeta2 = 1 }, { m in m.temperature = -1 }, { m in m.gradientPenalty = -.infinity },
      { m in m.embeddingDimension = .max },
    ] as [@Sendable (inout CTGAN) -> Void])
  func impossibleHyperparametersAreRefusedByName(_ change: @Sendable (inout CTGAN) -> Void) throws {
    var model = Small.model
    change(&model)
    let error = #expect(throws: SynthesisError.self) { try model.validate() }
    #expect(error?.hyperparameter != nil)
    #expect(throws: SynthesisError.self) { _ = try Small.fitted(try Small.table(rows: 20), model) }
  }

  @Test func aBlownUpLossEndsWithEpochAndStepAndTheLastGoodModel() throws {
    var model = Small.model
    model.epochs = 60
    model.generatorLearningRate = 1e18
    model.discriminatorLearningRate = 1e18
    let table = try Small.table()
    let error = #expect(throws: TrainingDiverged.self) { _ = try Small.fitted(table, model) }
    let diverged = try #require(error)
    #expect(diverged.epoch >= 1 && diverged.step >= 1)
    #expect(diverged.description.contains("epoch \(diverged.epoch), step \(diverged.step)"))
    #expect((diverged.lastGoodModel != nil) == (diverged.epoch > 1))
  }

  /// One step an epoch, whose loss is finite and whose update is not: the model after it is not a good one.
  @Test(arguments: [0, 0.5]) func brokenParametersAreNotKept(_ decay: Double) throws {
    var model = Small.model
    model.epochs = 3
    model.emaDecay = decay
    model.generatorLearningRate = 3e38
    let table = try Small.table(rows: 40)
    let diverged = try #require(#expect(throws: TrainingDiverged.self) { _ = try Small.fitted(table, model) })
    #expect(diverged.epoch == 1 && diverged.step == 1 && diverged.lastGoodModel == nil)
    #expect(diverged.description.contains("the size of the parameters is not a finite number in epoch 1"))
  }

  @Test func stoppingLeavesAUsableModel() throws {
    struct Stopper: TrainingObserver {
      func stageBegan(_ name: String) {}
      func epochEnded(_ report: EpochReport) -> TrainingDecision { report.epoch == 2 ? .stop : .proceed }
      var shouldStop: Bool { false }
    }
    var model = Small.model
    model.epochs = 1_000_000
    var random = RandomSource(seed: 1)
    let fitted = try model.fitted(to: try Small.table(), using: &random, observer: Stopper())
    #expect(try fitted.sample(10, given: [], using: &random).rowCount == 10)
  }

  @Test func tablesOfEveryMakeUp() throws {
    let table = try Small.table(rows: 60)
    func only(_ names: [String]) throws -> Table {
      let kept = table.schema.columns.indices.filter { names.contains(table.schema.columns[$0].name) }
      return try Table(
        schema: Schema(kept.map { table.schema.columns[$0] }), columns: kept.map { table.columns[$0] })
    }
    let constant = try Table(
      schema: Schema([ColumnSchema(name: "a", kind: .integer), ColumnSchema(name: "b", kind: .categorical)]),
      columns: [
        .integer(Array(repeating: 4, count: 30), nil),
        .categorical(codes: Array(repeating: 0, count: 30), levels: ["only"], nil),
      ])
    let missing = try Table(
      schema: Schema([ColumnSchema(name: "a", kind: .continuous), ColumnSchema(name: "b", kind: .integer)]),
      columns: [
        .continuous(Array(repeating: 0, count: 30), Validity(count: 30, allPresent: false)),
        .integer(Array(0..<30), nil),
      ])
    for candidate in [try only(["colour"]), try only(["price"]), try only(["price", "age"]), constant, missing] {
      let model = try Small.fitted(candidate)
      var random = RandomSource(seed: 6)
      let sample = try model.sample(25, given: [], using: &random)
      #expect(sample.rowCount == 25 && sample.schema == candidate.schema)
      #expect(try FittedCTGAN(from: try Small.archive(model)).sample(0, given: [], using: &random).rowCount == 0)
    }
    var random = RandomSource(seed: 6)
    #expect(try Small.fitted(constant).sample(25, given: [], using: &random) == constant.gathering(Array(0..<25)))
    #expect(try Small.fitted(missing).sample(25, given: [], using: &random)["a"]?.missingCount == 25)
  }

  @Test func whatNeverFitsIntoMemoryIsRefusedByColumn() throws {
    func message(levels: Int, available: Double) -> String? {
      let layout = EncodedLayout(
        spans: [3, levels].map { [EncodedSpan(width: $0, head: .softmax)] }, isDiscrete: [true, true])
      do throws(SynthesisError) {
        var settings = CTGAN()
        settings.pac = 10
        let memory = AdversarialMemory(settings, layout, ConditionSpace(layout))
        try TrainingMemory(bytes: memory.bytes).check(names: ["a", "city"], layout, available: available)
        return nil
      } catch { return error.description }
    }
    #expect(message(levels: 100, available: 1e9) == nil)
    // (128 + 100 003 + 512) × 100 003 weights of the last layer alone take 40 GB, each five times.
    let wide = try #require(message(levels: 100_000, available: 24e9))
    #expect(wide.hasPrefix("training would take 21") && wide.contains(" GB of memory or more, and there are 24 GB: "))
    #expect(wide.contains("column 'city' has 100000 levels"))
    #expect(message(levels: 100, available: 1e6)?.hasSuffix("smaller networks or batches would do") == true)
    #expect(message(levels: 1 << 30, available: 1e15) != nil)
  }

  /// The estimate counts every parameter that the networks really have.
  @Test func theMemoryEstimateCountsTheParameters() throws {
    let layout = EncodedLayout(
      spans: [3, 40].map { [EncodedSpan(width: $0, head: .softmax)] }, isDiscrete: [true, true])
    var settings = CTGAN()
    settings.batchSize = 10
    var random = RandomSource(seed: 1)
    let game = AdversarialGame(settings, layout, ConditionSpace(layout), using: &random)
    func count(_ parameters: ParameterTree) -> Double { parameters.trainableValues.reduce(0) { $0 + Double($1.count) } }
    let held = 4 * (5 * count(game.generator.parameters) + 4 * count(game.critic.parameters))
    let estimate = AdversarialMemory(settings, layout, ConditionSpace(layout)).bytes
    #expect(estimate > 0.97 * held && estimate < 1.1 * held)
  }

  @Test func tooFewRowsAreRefused() throws {
    let table = try Small.table().gathering([0])
    #expect(throws: SynthesisError.self) { _ = try Small.fitted(table) }
  }
}
