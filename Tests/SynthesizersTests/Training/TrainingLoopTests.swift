import MynahRandomness
import MynahTables
import MynahTensors
import Testing

@testable import MynahSynthesizers

@Suite struct TrainingLoopTests {
  private func train(
    _ task: ToyTraining, _ settings: ToySettings = ToySettings(), heldOut: Bool = true,
    _ observer: any TrainingObserver = SilentObserver()
  ) throws -> FittedToy {
    var (task, random) = (task, RandomSource(seed: 1))
    return try TrainingLoop(settings, heldOut: heldOut ? task.table : nil, observer: observer)
      .train(&task, using: &random)
  }

  /// Best in epoch 4, then worse.
  private func valley(_ epoch: Int) -> Double { abs(Double(epoch) - 4) }

  @Test func theBestScoredParametersAreKept() throws {
    let witness = Witness()
    let model = try train(ToyTraining(try Small.table(), bias: valley), ToySettings(), heldOut: true, witness)
    #expect(model.bias == 0)
    let reports = witness.all
    #expect(reports.map(\.epoch) == Array(1...12))
    #expect(reports.filter { $0.quality?.isBest == true }.map(\.epoch) == [1, 2, 3, 4])
    #expect(reports[3].quality?.score == 1)
    #expect(reports.allSatisfy { $0.losses == ["toy": 1] && $0.gradientNorms == ["net": 1] })
  }

  @Test func patienceCountsScoresWithoutABetterOne() throws {
    var settings = ToySettings()
    settings.patience = 3
    let witness = Witness()
    let model = try train(ToyTraining(try Small.table(), bias: valley), settings, heldOut: true, witness)
    #expect(model.bias == 0)
    #expect(witness.all.last?.epoch == 7)

    settings.evaluateEvery = 2
    let sparse = Witness()
    _ = try train(ToyTraining(try Small.table(), bias: valley), settings, heldOut: true, sparse)
    #expect(sparse.all.filter { $0.quality != nil }.map(\.epoch) == [2, 4, 6, 8, 10])
  }

  @Test func withoutHeldOutRowsTheLastParametersAreKept() throws {
    let model = try train(ToyTraining(try Small.table(), bias: valley), heldOut: false)
    #expect(model.bias == 8)
  }

  @Test func aLimitOfTimeEndsWithTheBestModelSoFar() throws {
    var settings = ToySettings()
    settings.maxMinutes = 1e-12
    let witness = Witness()
    let model = try train(ToyTraining(try Small.table(), bias: valley), settings, heldOut: true, witness)
    #expect(model.bias == 3)
    #expect(witness.all.map(\.epoch) == [1])
    #expect(witness.all.last?.quality != nil)
  }

  /// Killed after any step, or asked to stop after it, and resumed: the same steps are taken.
  @Test(arguments: [true, false]) func aResumedTrainingEndsLikeAnUninterruptedOne(_ isKill: Bool) throws {
    let task = ToyTraining(try Small.table(), bias: valley)
    var settings = ToySettings()
    settings.epochs = 6
    settings.patience = 2
    let whole = try train(task, settings)
    for plug in 1...20 {
      let store = Witness.Store(plug: plug, isKill: isKill)
      if isKill {
        #expect(throws: Witness.Unplugged.self) { _ = try train(task, settings, heldOut: true, Witness(store)) }
      } else {
        _ = try train(task, settings, heldOut: true, Witness(store))
      }
      let archive = try #require(store.checkpoint)
      let resumed = try train(task, settings, heldOut: true, Resumed(archive: archive))
      #expect(resumed.walk == whole.walk && resumed.bias == whole.bias, "step \(plug)")
    }
  }

  @Test func theLastParametersAreKeptOverAnInterruptionWithoutHeldOutRows() throws {
    let task = ToyTraining(try Small.table(), bias: valley)
    let whole = try train(task, heldOut: false)
    let store = Witness.Store(plug: 30, isKill: false)
    _ = try train(task, heldOut: false, Witness(store))
    let archive = try #require(store.checkpoint)
    #expect(archive.metadata["epoch"] == "6")
    #expect(try train(task, heldOut: false, Resumed(archive: archive)).walk == whole.walk)
  }

  @Test func whatIsNoCheckpointIsRefused() throws {
    let task = ToyTraining(try Small.table(), bias: valley)
    let store = Witness.Store(plug: 5, isKill: false)
    _ = try train(task, ToySettings(), heldOut: true, Witness(store))
    let archive = try #require(store.checkpoint)
    for key in ["training.progress", "training.random"] {
      var torn = archive
      torn.metadata[key] = nil
      #expect(throws: SynthesisError.self) { _ = try train(task, ToySettings(), heldOut: true, Resumed(archive: torn)) }
      torn.metadata[key] = "{}x"
      #expect(throws: SynthesisError.self) { _ = try train(task, ToySettings(), heldOut: true, Resumed(archive: torn)) }
    }
    var torn = archive
    torn.tensors["state.walk"] = nil
    #expect(throws: SynthesisError.self) { _ = try train(task, ToySettings(), heldOut: true, Resumed(archive: torn)) }
  }
}
