import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTensors
import Synchronization
import Testing

@testable import MynahSynthesizers

/// What the members of the adversarial family have in common.
@Suite struct AdversarialFamilyTests {
  /// One of each, small enough for a test.
  static let members: [any AdversarialSynthesizer & Sendable] = [
    Small.model, Small.shrunk(GAN()), Small.shrunk(WGANGP()), Small.conditional,
  ]

  private func fitted<S: AdversarialSynthesizer>(
    _ settings: S, _ table: Table, observer: any TrainingObserver = SilentObserver()
  ) throws -> S.Fitted {
    var random = RandomSource(seed: 1)
    return try settings.fitted(to: table, using: &random, observer: observer)
  }

  private func archive(_ model: some FittedSynthesizer) throws -> ModelArchive {
    var archive = ModelArchive()
    try model.write(to: &archive)
    return archive
  }

  private func equal(_ a: ModelArchive, _ b: ModelArchive) -> Bool {
    a.metadata == b.metadata && a.tensors.mapValues(\.scalars) == b.tensors.mapValues(\.scalars)
  }

  @Test(arguments: members) func oneThreadAndTwoGiveTheSameBytes(_ member: any AdversarialSynthesizer) throws {
    let table = try Small.table(rows: 120)
    let before = threadCount
    defer { threadCount = before }
    func outcome(_ member: some AdversarialSynthesizer, threads: Int) throws -> (ModelArchive, Table) {
      threadCount = threads
      let model = try fitted(member, table)
      var random = RandomSource(seed: 9)
      return (try archive(model), try model.sample(700, given: [], using: &random))
    }
    let (one, two) = (try outcome(member, threads: 1), try outcome(member, threads: 2))
    #expect(equal(one.0, two.0))
    #expect(one.1 == two.1)
  }

  /// Stopped in the middle of the third epoch, after a score, by a checkpoint and taken up again, training ends in the same
  /// bytes.
  @Test(arguments: members) func trainingGoesOnFromACheckpoint(_ member: any AdversarialSynthesizer) throws {
    let table = try Small.table(rows: 600)
    func run(_ member: some AdversarialSynthesizer) throws {
      var member = member
      (member.epochs, member.evaluateEvery) = (4, 2)
      let whole = try archive(fitted(member, table))
      let store = StepStore(savingAfterStep: 33)
      _ = try fitted(member, table, observer: Resuming(store: store))
      let saved = try #require(store.saved.withLock { $0 })
      #expect(saved.metadata["epoch"] == "2")
      let again = StepStore(saved)
      #expect(equal(try archive(fitted(member, table, observer: Resuming(store: again))), whole))
    }
    try run(member)
  }

  /// Every tensor of a checkpoint is needed and checked.
  @Test(arguments: members) func tornCheckpointsAreRefused(_ member: any AdversarialSynthesizer) throws {
    let table = try Small.table(rows: 60)
    func run(_ member: some AdversarialSynthesizer) throws {
      let store = StepStore(savingAfterStep: 1)
      _ = try fitted(member, table, observer: Resuming(store: store))
      let saved = try #require(store.saved.withLock { $0 })
      for name in saved.tensors.keys where name.hasPrefix("state.") && !name.contains("optimizer.") {
        var torn = saved
        torn.tensors[name] = nil
        #expect(throws: SynthesisError.self, "without \(name)") {
          try fitted(member, table, observer: Resuming(store: StepStore(torn)))
        }
        torn.tensors[name] = .zeros([2, 3, 4])
        #expect(throws: SynthesisError.self, "with another \(name)") {
          try fitted(member, table, observer: Resuming(store: StepStore(torn)))
        }
      }
    }
    try run(member)
  }

  @Test(arguments: members) func absurdLearningRatesEndByName(_ member: any AdversarialSynthesizer) throws {
    let table = try Small.table(rows: 600)
    func run<S: AdversarialSynthesizer>(_ member: S) throws {
      var member = member
      (member.epochs, member.evaluateEvery) = (40, 1)
      (member.generatorLearningRate, member.discriminatorLearningRate) = (1e3, 1e3)
      (member.emaDecay, member.patience) = (0, 0)
      let diverged = try #require(
        #expect(throws: TrainingDiverged.self, "\(S.identifier)") { _ = try fitted(member, table) })
      #expect(diverged.epoch >= 1 && diverged.step >= 1)
      // What was good enough to be scored is kept, and can be sampled.
      if diverged.epoch > 1 {
        let kept = try #require(diverged.lastGoodModel)
        var random = RandomSource(seed: 3)
        #expect(try kept.sample(10, given: [], using: &random).rowCount == 10)
      }
    }
    try run(member)
  }

  @Test(arguments: members) func tablesOfEveryMakeUp(_ member: any AdversarialSynthesizer) throws {
    func run(_ member: some AdversarialSynthesizer) throws {
      for candidate in try Small.oddTables() {
        let model = try fitted(member, candidate)
        var random = RandomSource(seed: 6)
        let sample = try model.sample(25, given: [], using: &random)
        #expect(sample.rowCount == 25 && sample.schema == candidate.schema)
        #expect(equal(try archive(type(of: model).init(from: archive(model))), try archive(model)))
      }
    }
    try run(member)
  }

  @Test(arguments: members) func archivesThatDoNotFitAreRefused(_ member: any AdversarialSynthesizer) throws {
    let table = try Small.table(rows: 60)
    func run<S: AdversarialSynthesizer>(_ member: S) throws {
      let archive = try archive(fitted(member, table))
      for key in ["hyperparameters", "encoder", "level_counts"] {
        for text in ["{\"epochs\": 1e99, \"columns\": [[]]}", "", "[[1,2,3,4,5,6,7]]", "null"] {
          var broken = archive
          broken.metadata[key] = text
          #expect(throws: SynthesisError.self, "\(key) = \(text)") { try S.Fitted(from: broken) }
        }
      }
      for path in archive.tensors.keys {
        var broken = archive
        broken.tensors[path] = .zeros([3, 1, 2])
        #expect(throws: SynthesisError.self, "\(path)") { try S.Fitted(from: broken) }
      }
      var huge = archive
      huge.metadata["hyperparameters"] = huge.metadata["hyperparameters"]?.replacing(
        "[16,16]", with: "[16777216,16777216]")
      #expect(throws: SynthesisError.self) { try S.Fitted(from: huge) }
    }
    try run(member)
  }
}

/// A checkpoint in memory.
private final class StepStore: CheckpointStore {
  let saved = Mutex<ModelArchive?>(nil)
  private let steps = Mutex(0)
  private let first: ModelArchive?
  private let due: Int?

  /// Keeps what training was after so many steps.
  init(savingAfterStep due: Int) { (first, self.due) = (nil, due) }
  /// Gives `checkpoint` to training, and keeps nothing.
  init(_ checkpoint: ModelArchive) { (first, due) = (checkpoint, nil) }

  func load() throws -> ModelArchive? { first }
  func save(_ checkpoint: ModelArchive) throws { saved.withLock { $0 = checkpoint } }
  var isDue: Bool {
    steps.withLock { steps in
      steps += 1
      return steps == due
    }
  }
}

private struct Resuming: TrainingObserver {
  let store: StepStore
  func stageBegan(_ name: String) {}
  func epochEnded(_ report: EpochReport) -> TrainingDecision { .proceed }
  var shouldStop: Bool { false }
  var checkpoints: (any CheckpointStore)? { store }
}
