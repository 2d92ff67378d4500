import MynahRandomness
import MynahTables
import MynahTestSupport
import MynahTensors
import Testing

@testable import MynahSynthesizers

/// `checkTrainingTask` on trainings, and on one that forgets.
@Suite struct TrainingTaskConformanceTests {
  @Test func aToyConforms() throws {
    let table = try Small.table()
    #expect(try checkTrainingTask { ToyTraining(table) { Double($0) } } == [])
  }

  /// A toy whose order of rows depends on what it did before, or which does not keep its random source.
  private struct Forgetful: TrainingTask {
    enum Fault: CaseIterable { case none, random, state, values }
    var fault: Fault
    var toy: ToyTraining
    private var own = RandomSource(seed: 2)

    init(_ fault: Fault, _ toy: ToyTraining) { (self.fault, self.toy) = (fault, toy) }

    var stepsPerEpoch: Int { toy.stepsPerEpoch }
    var rowsPerStep: Int { toy.rowsPerStep }
    mutating func epochBegan(_ epoch: Int) { toy.epochBegan(epoch) }
    mutating func step(at place: TrainingPlace) -> StepReport {
      var report = toy.step(at: place)
      if fault == .random { report.losses["toy"] = own.uniform() }
      return report
    }
    var modelValues: [String: Tensor] { toy.modelValues }
    func model(keeping values: [String: Tensor]) throws -> FittedToy {
      try toy.model(keeping: fault == .values ? toy.modelValues : values)
    }
    var state: TrainingState {
      var state = toy.state
      if fault == .state { state.random["steps"] = RandomSource(seed: 1) }
      return state
    }
    mutating func restore(_ state: TrainingState) throws(SynthesisError) { try toy.restore(state) }
  }

  @Test(arguments: Forgetful.Fault.allCases) private func faultsAreFound(_ fault: Forgetful.Fault) throws {
    let table = try Small.table()
    let failures = try checkTrainingTask { Forgetful(fault, ToyTraining(table) { 0.5 * Double($0) }) }
    let wanted: [Forgetful.Fault: String] = [
      .random: "it reports other losses", .state: "it ends with other parameters",
      .values: "the same parameters make another model",
    ]
    guard let message = wanted[fault] else {
      #expect(failures == [])
      return
    }
    #expect(failures.contains { $0.message.contains(message) }, "\(failures)")
  }
}
