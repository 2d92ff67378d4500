import Foundation
import MynahSynthesizers
import MynahTables
import MynahTestSupport
import Synchronization
import Testing

@testable import MynahExperiments

/// `checkCheckpointStore` on the store of runs, and on one that breaks promises.
@Suite struct CheckpointConformanceTests {
  @Test func checkpointsInFilesConform() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/checkpoint.safetensors"
    let table = folder.path + "/t.csv"
    try Data("a,b\n1,x\n2,y\n".utf8).write(to: URL(fileURLWithPath: table))
    let training = try TrainingIdentity(Parrot(), data: try TableInput(path: table).load(), seed: 1)
    let failures = checkCheckpointStore {
      let kept = FileManager.default.fileExists(atPath: path) ? try FileCheckpoints.read(path: path).archive : nil
      return FileCheckpoints(path: path, of: training, from: kept, interval: .seconds(0), willSave: {})
    }
    #expect(failures == [])
  }

  private final class Store: CheckpointStore {
    enum Fault: CaseIterable { case none, first, texts, tensors, amnesia }
    let fault: Fault
    let kept = Mutex<ModelArchive?>(nil)
    init(_ fault: Fault) { self.fault = fault }

    func load() throws -> ModelArchive? { kept.withLock { $0 } }
    func save(_ checkpoint: ModelArchive) throws {
      var checkpoint = checkpoint
      if fault == .texts { checkpoint.metadata["empty"] = nil }
      if fault == .tensors { checkpoint.tensors["state.none"] = nil }
      kept.withLock { kept in
        if fault == .amnesia || (fault == .first && kept != nil) { return }
        kept = checkpoint
      }
    }
    var isDue: Bool { true }
  }

  @Test(arguments: Store.Fault.allCases) private func faultsAreFound(_ fault: Store.Fault) {
    let wanted: [Store.Fault: String] = [
      .first: "comes back with other texts", .texts: "other texts", .tensors: "other tensors",
      .amnesia: "not found again",
    ]
    let store = Store(fault)
    let failures = checkCheckpointStore { store }
    guard let message = wanted[fault] else {
      #expect(failures == [])
      return
    }
    #expect(failures.contains { $0.message.contains(message) }, "\(failures)")
  }
}
