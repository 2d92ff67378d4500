import MynahRandomness
import MynahTables
import Testing

@testable import MynahSynthesizers

@Suite struct DivergenceTests {
  private func diverged(
    _ change: (inout ToyTraining) -> Void, on table: Table? = nil
  ) throws -> TrainingDiverged {
    var task = ToyTraining(try table ?? Small.table()) { _ in 0 }
    change(&task)
    var random = RandomSource(seed: 1)
    var settings = ToySettings()
    settings.epochs = 40
    return try #require(
      #expect(throws: TrainingDiverged.self) {
        _ = try TrainingLoop(settings, heldOut: task.table, observer: SilentObserver())
          .train(&task, using: &random)
      })
  }

  @Test func aLossThatIsNoNumberIsNamedWithItsPlace() throws {
    let error = try diverged({ $0.loss = { $0.epoch == 3 && $0.step == 2 ? .nan : 1 } })
    #expect(error.cause == .notFinite("toy loss"))
    #expect(error.epoch == 3 && error.step == 2)
    #expect((error.lastGoodModel as? FittedToy)?.bias == 0)
    #expect(error.description.contains("toy loss is not a finite number in epoch 3, step 2"))
  }

  @Test func inTheFirstEpochThereIsNoGoodModel() throws {
    #expect(try diverged({ $0.loss = { _ in .infinity } }).lastGoodModel == nil)
  }

  /// Twelve thousand times the usual norm, ten steps in a row, after the 50 that make it usual.
  @Test func gradientsThatStayFarAboveTheUsualExplode() throws {
    let error = try diverged({ $0.norm = { $0.epoch > 20 ? 12_000 : 1 } })
    guard case .exploding("net", let norm, let usual) = error.cause else {
      Issue.record("\(error.cause)")
      return
    }
    #expect(norm == 12_000 && usual == 1)
    #expect(error.epoch == 23 && error.step == 2)
    #expect(error.lastGoodModel != nil)
  }

  @Test func aMomentOfLargeGradientsIsNoExplosion() {
    var watch = GradientWatch()
    for step in 0..<400 { #expect(watch.observe(["net": step % 20 == 19 ? 1e6 : 1]) == nil) }
    // And what grows slowly becomes usual.
    var slow = GradientWatch()
    for step in 0..<3_000 { #expect(slow.observe(["net": 1 + Double(step)]) == nil) }
  }

  @Test func gradientsBeyondEveryMeasureExplodeAtOnce() {
    var watch = GradientWatch()
    #expect(watch.observe(["critic": 2e8]) == .exploding("critic", norm: 2e8, usual: 2e8))
    #expect(watch.observe(["critic": .nan]) == .notFinite("norm of the critic's gradients"))
  }

  @Test func aColumnReducedToOneLevelIsACollapse() throws {
    let error = try diverged({ $0.flaw = .oneLevel })
    // 'shape' has 98 % of one level and may look constant by chance; 'colour' may not.
    #expect(error.cause == .collapsed(column: "colour"))
    #expect(error.epoch == 3)
    #expect(error.lastGoodModel != nil)
  }

  /// Two scores, both of rows with one colour: too few to end training early, enough not to call the model a good one.
  @Test func aModelThatWasGoodAtNoTimeIsNotHandedOut() throws {
    var task = ToyTraining(try Small.table()) { _ in 0 }
    task.flaw = .oneLevel
    var (random, settings) = (RandomSource(seed: 1), ToySettings())
    settings.epochs = 2
    #expect(throws: TrainingDiverged.self) {
      _ = try TrainingLoop(settings, heldOut: task.table, observer: SilentObserver()).train(&task, using: &random)
    }
    // One score may be of a network that has hardly begun; and who does not draw levels may leave the others out.
    settings.epochs = 1
    _ = try TrainingLoop(settings, heldOut: task.table, observer: SilentObserver()).train(&task, using: &random)
    task.drawsLevels = false
    settings.epochs = 6
    _ = try TrainingLoop(settings, heldOut: task.table, observer: SilentObserver()).train(&task, using: &random)
  }

  @Test func rowsThatRepeatEachOtherAreACollapse() throws {
    let distinct = try Table(
      schema: Schema([ColumnSchema(name: "n", kind: .integer)]), columns: [.integer((0..<400).map { $0 * $0 }, nil)])
    let error = try diverged({ $0.flaw = .repeated }, on: distinct)
    guard case .duplicates(let share, let real) = error.cause else {
      Issue.record("\(error.cause)")
      return
    }
    // 2,000 rows, five different ones.
    #expect(share == 1_995.0 / 2_000)
    #expect(real == 0)
  }
}
