import Foundation
import MynahEncoders
import MynahRandomness
import MynahTables
import MynahTensors
import MynahNeuralNetworks
import Testing

@testable import MynahSynthesizers

@Suite struct TrainingDataTests {
  private func data(_ table: Table, fraction: Double = 0.2) throws -> TrainingData {
    var settings = ToySettings()
    settings.validationFraction = fraction
    var random = RandomSource(seed: 4)
    return try TrainingData(table, for: settings, using: &random, observer: SilentObserver())
  }

  @Test func aShareIsHeldOutAndNotTrainedOn() throws {
    let table = try Small.table(rows: 1_000)
    let data = try data(table)
    #expect(data.heldOut?.rowCount == 200)
    #expect(data.encoded.rowCount == 800)
    // Together they are the table: each colour's rows are in one part or the other.
    func counts(_ table: Table) -> [Int] {
      guard case .categorical(let codes, _, _)? = table["colour"] else { return [] }
      return (0..<3).map { level in codes.count { $0 == Int32(level) } }
    }
    let trained = data.encoded.rowIndexes()[0]
    let held = counts(try #require(data.heldOut))
    #expect((0..<3).map { trained.count(of: $0) + held[$0] } == counts(table))
  }

  @Test func smallTablesAreTrainedOnWhole() throws {
    #expect(try data(try Small.table(rows: 499)).heldOut == nil)
    #expect(try data(try Small.table(rows: 1_000), fraction: 0).heldOut == nil)
    #expect(throws: SynthesisError.self) { _ = try data(try Small.table(rows: 1)) }
  }

  /// Names of records are learned by nobody: they keep no row from being held out. Nor does a single missing value, but
  /// its own row.
  @Test func identifiersKeepNothingBack() throws {
    let rows = 1_000
    let present = (0..<rows).map { $0 != 17 }
    let table = try Table(
      schema: Schema([
        ColumnSchema(name: "key", kind: .identifier), ColumnSchema(name: "colour", kind: .categorical),
      ]),
      columns: [
        .categorical(codes: (0..<Int32(rows)).map(\.self), levels: (0..<rows).map { "k\($0)" }, nil),
        .categorical(codes: (0..<rows).map { Int32($0 % 3) }, levels: ["a", "b", "c"], Validity(present)),
      ])
    let data = try data(table, fraction: 0.6)
    #expect((599...600).contains(data.heldOut?.rowCount ?? 0))
    // The missing value's code is the last.
    #expect(data.encoded.rowIndexes()[0].count(of: 3) == 1)
  }

  @Test func noLevelIsHeldOutWhole() throws {
    let rows = 1_000
    // A hundred levels occur once.
    let codes = (0..<rows).map { Int32($0 < 100 ? $0 : $0 % 3) }
    let table = try Table(
      schema: Schema([ColumnSchema(name: "city", kind: .categorical), ColumnSchema(name: "n", kind: .integer)]),
      columns: [
        .categorical(codes: codes, levels: (0..<100).map { "c\($0)" }, nil),
        .integer((0..<rows).map { Int64($0) }, nil),
      ])
    let data = try data(table, fraction: 0.5)
    let held = try #require(data.heldOut)
    guard case .categorical(let kept, _, _)? = held["city"] else { return #expect(Bool(false)) }
    #expect(kept.allSatisfy { $0 < 3 })
    #expect(data.encoded.rowCount + held.rowCount == rows)
    #expect(held.rowCount > 400)
  }

  @Test func excludingLeavesTheOtherRowsInOrder() throws {
    let table = try Small.table(rows: 50)
    var random = RandomSource(seed: 1)
    let encoded = try TableEncoder().fitted(to: table, using: &random).encode(table, using: &random)
    var rest = encoded
    rest.exclude([0, 7, 49])
    let left = (0..<50).filter { ![0, 7, 49].contains($0) }
    #expect(rest.widened(rows: (0..<47).map(Int32.init)) == encoded.widened(rows: left.map(Int32.init)))
  }

  @Test func schedules() {
    #expect(LearningRateSchedule.constant.factor(at: 0.7) == 1)
    #expect(LearningRateSchedule.cosine.factor(at: 0) == 1)
    #expect(abs(LearningRateSchedule.cosine.factor(at: 0.5) - 0.505) < 1e-12)
    #expect(abs(LearningRateSchedule.cosine.factor(at: 1) - 0.01) < 1e-12)
  }

  @Test func statesThatDoNotFitAreRefused() throws {
    var random = RandomSource(seed: 2)
    let (small, large) = (Linear(2, 3, using: &random), Linear(3, 3, using: &random))
    var optimizer = Adam()
    optimizer.update(small.parameters, along: small.parameters.trainableValues.map { $0.detached })
    var state = TrainingState()
    state.keep(small.parameters, as: "net")
    state.keep(optimizer, as: "optimizer")
    state.keep(ExponentialMovingAverage(of: small.parameters, decay: 0.5), as: "average")

    // Compiled as calls of their own: closures that throw one type of error crash the compiler (Swift 6.3).
    func refuses(_ body: () throws -> Void) -> Bool {
      do { try body() } catch { return error is SynthesisError }
      return false
    }
    var other = Adam()
    var average: ExponentialMovingAverage? = ExponentialMovingAverage(of: large.parameters, decay: 0.5)
    #expect(refuses { try state.restore(large.parameters, from: "net") })
    #expect(refuses { try state.restore(&other, of: large.parameters, from: "optimizer") })
    #expect(refuses { try state.restore(&average, from: "average") })
    #expect(refuses { _ = try state.randomSource("steps") })

    try state.restore(&other, of: small.parameters, from: "optimizer")
    #expect(other.state.mapValues(\.scalars) == optimizer.state.mapValues(\.scalars))
  }
}
