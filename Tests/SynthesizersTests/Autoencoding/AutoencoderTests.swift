import Foundation
import MynahEncoders
import MynahNeuralNetworks
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTensors
import Testing

@testable import MynahSynthesizers

@Suite struct AutoencoderTests {
  // MARK: Reproducibility

  @Test func sameSeedGivesTheSameModelAndRowsWithAnyNumberOfThreads() throws {
    let table = try Small.table()
    let before = threadCount
    defer { threadCount = before }
    var outcomes: [([String: [Double]], Table)] = []
    for threads in [1, 2, 2] {
      threadCount = threads
      let model = try Small.fit(Small.conditionalVAE, to: table)
      var random = RandomSource(seed: 9)
      outcomes.append((try Small.tensors(model), try model.sample(700, given: [], using: &random)))
    }
    for outcome in outcomes.dropFirst() { #expect(outcome == outcomes[0]) }
    #expect(try Small.tensors(Small.fit(Small.conditionalVAE, to: table, seed: 2)) != outcomes[0].0)
  }

  /// Training that is cut short in the middle of an epoch and goes on from its checkpoint ends with the same bytes.
  @Test(arguments: [3, 10, 14, 31]) func goesOnFromACheckpointAsIfNothingHadHappened(stepsBefore: Int) throws {
    let table = try Small.table(rows: 500)
    var settings = Small.tvae
    settings.epochs = 4
    settings.evaluateEvery = 2
    settings.emaDecay = 0.9
    let whole = try Small.tensors(Small.fit(settings, to: table))

    let store = SharedCheckpoint()
    _ = try Small.fit(settings, to: table, observer: Interruption(after: stepsBefore, store: store))
    #expect(try store.load()?.metadata["epoch"] == "\(stepsBefore / 12)")
    let resumed = try Small.tensors(Small.fit(settings, to: table, observer: Interruption(after: .max, store: store)))
    #expect(resumed == whole)
  }

  @Test func aCheckpointOfAnotherNetworkIsRefused() throws {
    let table = try Small.table()
    let store = SharedCheckpoint()
    _ = try Small.fit(Small.tvae, to: table, observer: Interruption(after: 3, store: store))
    var other = Small.tvae
    other.compressDimensions = [17]
    #expect(throws: SynthesisError.self) {
      _ = try Small.fit(other, to: table, observer: Interruption(after: .max, store: store))
    }
  }

  // MARK: Model files

  @Test func archivesThatDoNotFitAreRefused() throws {
    let model = try Small.fit(Small.conditionalVAE, to: try Small.table())
    var archive = ModelArchive()
    try model.write(to: &archive)
    for key in ["hyperparameters", "encoder", "label_counts"] {
      var broken = archive
      broken.metadata[key] = "{\"epochs\": 1e99, \"columns\": [[]]}"
      #expect(throws: SynthesisError.self) { try FittedAutoencoder<ConditionalVAE>(from: broken) }
    }
    for path in archive.tensors.keys {
      var broken = archive
      broken.tensors[path] = .zeros([3, 1, 2])
      #expect(throws: SynthesisError.self, "\(path)") { try FittedAutoencoder<ConditionalVAE>(from: broken) }
    }
    var broken = archive
    for counts in ["[1]", "[1,-1,1]", "[0,0,0]", "[1,1,99999999999]"] {
      broken.metadata["label_counts"] = counts
      #expect(throws: SynthesisError.self, "\(counts)") { try FittedAutoencoder<ConditionalVAE>(from: broken) }
    }
    broken = archive
    broken.tensors["decoder.deviations"] = archive.tensors["decoder.deviations"].map { $0 - 5 }
    #expect(throws: SynthesisError.self) { try FittedAutoencoder<ConditionalVAE>(from: broken) }
    // A network far larger than the file's tensors is refused before it is made, as is another label.
    for (old, new) in [("[14]", "[16777216]"), ("\"colour\"", "\"price\""), ("\"colour\"", "\"shape\"")] {
      broken = archive
      broken.metadata["hyperparameters"] = archive.metadata["hyperparameters"]?.replacing(old, with: new)
      #expect(broken.metadata["hyperparameters"] != archive.metadata["hyperparameters"])
      #expect(throws: SynthesisError.self, "\(new)") { try FittedAutoencoder<ConditionalVAE>(from: broken) }
    }
  }

  // MARK: Hyperparameters

  @Test(
    arguments: [
      { (m: inout VAE) in m.epochs = 0 }, { m in m.batchSize = 0 }, { m in m.latentDimension = 0 },
      { m in m.encoderDimensions = [8, 0] }, { m in m.decoderDimensions = [-1] }, { m in m.learningRate = .nan },
      { m in m.weightDecay = -1 }, { m in m.beta = -0.1 }, { m in m.beta = .infinity }, { m in m.emaDecay = 1 },
      { m in m.betaAnnealingEpochs = -1 }, { m in m.latentDimension = .max },
    ] as [@Sendable (inout VAE) -> Void])
  func impossibleHyperparametersAreRefusedByName(_ change: @Sendable (inout VAE) -> Void) throws {
    var model = Small.vae
    change(&model)
    #expect(#expect(throws: SynthesisError.self) { try model.validate() }?.hyperparameter != nil)
    #expect(throws: SynthesisError.self) { _ = try Small.fit(model, to: try Small.table(rows: 20)) }
  }

  @Test(
    arguments: [
      { (m: inout TVAE) in m.lossFactor = 0 }, { m in m.embeddingDimension = -1 }, { m in m.compressDimensions = [0] },
      { m in m.decompressDimensions = [0] }, { m in m.learningRate = 0 }, { m in m.weightDecay = .nan },
      { m in m.emaDecay = -0.5 }, { m in m.patience = -1 },
    ] as [@Sendable (inout TVAE) -> Void])
  func impossibleHyperparametersOfTVAEAreRefusedByName(_ change: @Sendable (inout TVAE) -> Void) throws {
    var model = Small.tvae
    change(&model)
    #expect(#expect(throws: SynthesisError.self) { try model.validate() }?.hyperparameter != nil)
  }

  @Test func theDivergenceIsAnnealedLinearly() {
    var model = Small.vae
    model.beta = 0.6
    model.betaAnnealingEpochs = 4
    for (epoch, weight) in zip(1...6, [0, 0.15, 0.3, 0.45, 0.6, 0.6]) {
      #expect(abs(model.design.divergenceWeight(in: epoch) - weight) < 1e-15)
    }
    model.betaAnnealingEpochs = 0
    #expect(model.design.divergenceWeight(in: 1) == 0.6)
  }

  @Test func aBlownUpLossEndsWithEpochAndStep() throws {
    var model = Small.tvae
    model.epochs = 60
    model.learningRate = 1e18
    let table = try Small.table()
    let diverged = try #require(#expect(throws: TrainingDiverged.self) { _ = try Small.fit(model, to: table) })
    #expect(diverged.description.contains("epoch \(diverged.epoch)"))
  }

  // MARK: Tables

  @Test func tablesOfEveryMakeUp() throws {
    for candidate in try Small.tablesOfEveryMakeUp() {
      for sampling in LevelSampling.allCases {
        var settings = Small.tvae
        settings.sampling = sampling
        let model = try Small.fit(settings, to: candidate)
        var random = RandomSource(seed: 6)
        let sample = try model.sample(25, given: [], using: &random)
        #expect(sample.rowCount == 25 && sample.schema == candidate.schema)
        var archive = ModelArchive()
        try model.write(to: &archive)
        #expect(try FittedAutoencoder<TVAE>(from: archive).sample(0, given: [], using: &random).rowCount == 0)
      }
      _ = try Small.fit(Small.vae, to: candidate)
    }
  }

  @Test func missingValuesAreSampledAsOftenAsTheyOccur() throws {
    var settings = Small.vae
    settings.epochs = 12
    let model = try Small.fit(settings, to: try Small.table())
    var random = RandomSource(seed: 3)
    let sample = try model.sample(2_000, given: [], using: &random)
    // A fifth of the ages are missing.
    #expect((200...700).contains(sample["age"]?.missingCount ?? 0))
    #expect(sample["price"]?.missingCount == 0)
  }

  // MARK: What is learned

  /// The label follows the colour, and the price's mean does: rows drawn from the model show both.
  @Test func rowsFollowTheTable() throws {
    var settings = Small.tvae
    settings.epochs = 60
    settings.learningRate = 5e-3
    let sample = try Small.sample(1_500, from: try Small.fit(settings, to: try Small.table()))
    let blue = (0..<1_500).filter { Small.level(sample, "colour", $0) == "blue" }
    #expect((350...650).contains(blue.count))
    #expect(blue.count { Small.level(sample, "label", $0) == "yes" } > blue.count * 8 / 10)
    guard case .continuous(let prices, _)? = sample["price"] else { return #expect(Bool(false)) }
    let mean = blue.reduce(0) { $0 + prices[$1] } / Double(blue.count)
    #expect(abs(mean - 20) < 3)
  }

  @Test func argmaxTakesTheMostProbableLevels() throws {
    var settings = Small.tvae
    settings.epochs = 20
    settings.sampling = .argmax
    let rows = try Small.sample(500, from: try Small.fit(settings, to: try Small.table()))
    // One row in 50 is square: that is never the most probable, and yet is drawn now and then.
    #expect((0..<500).allSatisfy { Small.level(rows, "shape", $0) == "round" })
    settings.sampling = .draw
    let drawn = try Small.sample(500, from: try Small.fit(settings, to: try Small.table()))
    #expect((0..<500).contains { Small.level(drawn, "shape", $0) == "square" })
  }

  // MARK: Labels

  @Test func labelsAreDrawnByTheirFrequencyAndMetByConstruction() throws {
    var settings = Small.conditionalVAE
    settings.conditionColumn = "shape"
    let table = try Small.table(rows: 1_000)
    let model = try Small.fit(settings, to: table)
    let rows = try Small.sample(5_000, from: model)
    // One row in 50 is square: 100 of 5,000 with a deviation of 10.
    let square = (0..<5_000).count { Small.level(rows, "shape", $0) == "square" }
    #expect((60...140).contains(square))
    let counter = RejectionCounter()
    var random = RandomSource(seed: 8)
    let request = SamplingRequest(
      3_000, given: [Condition(column: "shape", value: "square")], observer: counter)
    let asked = try model.sample(request, using: &random)
    #expect((0..<3_000).allSatisfy { Small.level(asked, "shape", $0) == "square" })
    #expect(counter.drawn == 0)
    let both = SamplingRequest(
      300, given: [Condition(column: "shape", value: "square"), Condition(column: "colour", value: "red")],
      observer: counter)
    let redSquares = try model.sample(both, using: &random)
    #expect(
      (0..<300).allSatisfy {
        Small.level(redSquares, "shape", $0) == "square" && Small.level(redSquares, "colour", $0) == "red"
      })
    #expect(counter.drawn > 300 && counter.drawn < 3_000)
  }

  /// The decoder heeds what it is told: with the colour as label, the price follows the colour that is asked for.
  @Test func theDecoderHeedsTheLabel() throws {
    var settings = Small.conditionalVAE
    settings.epochs = 40
    settings.learningRate = 5e-3
    let model = try Small.fit(settings, to: try Small.table())
    for (colour, mean) in [("red", 0.0), ("blue", 20)] {
      let rows = try Small.sample(400, from: model, [Condition(column: "colour", value: colour)])
      guard case .continuous(let prices, _)? = rows["price"] else { return #expect(Bool(false)) }
      #expect(abs(prices.reduce(0, +) / 400 - mean) < 3, "\(colour)")
    }
  }

  @Test func aLabelThatCannotBeIsRefusedByName() throws {
    let table = try Small.table(rows: 40)
    for column in ["", "price", "colr", "age"] {
      var settings = Small.conditionalVAE
      settings.conditionColumn = column
      let error = #expect(throws: SynthesisError.self) { _ = try Small.fit(settings, to: table) }
      #expect(error?.hyperparameter == "conditionColumn" && error?.description.contains("condition_column") == true)
    }
  }

  @Test func aMissingLabelIsALabel() throws {
    let table = try Small.table()
    var columns = table.columns
    columns[2] = .categorical(
      codes: (0..<400).map { $0 % 4 == 0 ? -1 : Int32($0 % 3) }, levels: ["red", "green", "blue"],
      Validity((0..<400).map { $0 % 4 != 0 }))
    var schema = table.schema
    schema.columns[2].missingMarker = "?"
    let model = try Small.fit(Small.conditionalVAE, to: try Table(schema: schema, columns: columns))
    let rows = try Small.sample(50, from: model, [Condition(column: "colour", value: "?")])
    #expect(rows["colour"]?.missingCount == 50)
    #expect((60...140).contains(try Small.sample(400, from: model)["colour"]?.missingCount ?? 0))
  }

  @Test func aLabelWithOneValueTellsNothing() throws {
    let table = try Small.table(rows: 60)
    var columns = table.columns
    columns[2] = .categorical(codes: Array(repeating: 0, count: 60), levels: ["red"], nil)
    let model = try Small.fit(Small.conditionalVAE, to: try Table(schema: table.schema, columns: columns))
    let rows = try Small.sample(20, from: model, [Condition(column: "colour", value: "red")])
    #expect(rows.rowCount == 20)
  }
}
