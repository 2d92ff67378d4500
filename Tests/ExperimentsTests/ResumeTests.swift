import Foundation
import MynahSynthesizers
import Synchronization
import Testing

@testable import MynahExperiments

/// Asks training to stop after so many epochs, as Ctrl-C does.
private final class Stopper: TrainingObserver {
  let after: Int
  let isReached = Mutex(false)
  init(after: Int) { self.after = after }
  func stageBegan(_ name: String) {}
  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    isReached.withLock { $0 = report.epoch >= after }
    return .proceed
  }
  var shouldStop: Bool { isReached.withLock { $0 } }
}

@Suite struct ResumeTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-\(UUID().uuidString)")
  private var crashFile: String { folder.path + "/crash" }

  /// A sandbox, removed when the test ends.
  private func inFolder(_ body: () throws -> Void) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTable()
    try body()
  }

  private func writeTable(rows: Int = 50, shift: Int = 0, order: ([String]) -> [String] = { $0 }) throws {
    let lines = order((0..<rows).map { "\($0 * 7 % 31 + shift),\(["x", "y"][$0 % 2])" })
    try Data((["n,c"] + lines).joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("t.csv"))
  }

  private func runner(
    _ generators: [String] = ["{}"], output: String = "out", resumes: Bool = false, more: String = "",
    observer: any TrainingObserver = SilentObserver()
  ) throws -> ExperimentRunner {
    var registry = Registry.forTests
    registry.register(Walk.self)
    let list = generators.map { "- {kind: walk, crash_file: '\(crashFile)', " + $0.dropFirst() + "\n" }.joined()
    let yaml = "name: test\ndataset: t.csv\nseed: 5\ngenerators:\n\(list)\noutput: \(folder.path)/\(output)\n\(more)"
    let configuration = try ExperimentConfiguration(yaml: yaml, file: folder.path + "/e.yaml", registry: registry)
    var runner = ExperimentRunner(configuration, observer: observer)
    runner.resumes = resumes
    runner.checkpointInterval = .zero
    return runner
  }

  private func crash(at step: Int?) throws {
    guard let step else { return try FileManager.default.removeItem(atPath: crashFile) }
    try Data("\(step)".utf8).write(to: URL(fileURLWithPath: crashFile))
  }

  private func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }

  private func names(_ name: String) -> [String] {
    (FileManager.default.subpaths(atPath: folder.path + "/" + name) ?? []).sorted()
  }

  /// Everything in the folder, hidden things too.
  private var contents: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  private func expectSame(_ first: String, _ second: String, _ prefix: String = "") throws {
    for name in ["model.safetensors", "synthetic.csv", "training.jsonl"] {
      #expect(try data("\(first)/\(prefix)\(name)") == data("\(second)/\(prefix)\(name)"), "\(prefix)\(name)")
    }
    #expect(try data("\(first)/metrics.json") == data("\(second)/metrics.json"))
    #expect(names(first) == names(second))
  }

  private func expectRefused(_ runner: ExperimentRunner, _ message: String) {
    let error = #expect(throws: ExperimentError.self) { try runner.run() }
    #expect(error?.reason == .invalid && error?.message.contains(message) == true, "\(String(describing: error))")
  }

  // MARK: Continuing

  @Test(arguments: [2, 5, 6, 13, 20]) func aRunCutShortContinuesToTheSameBytes(_ step: Int) throws {
    try inFolder {
      try runner(output: "whole").run()
      try crash(at: step)
      let error = #expect(throws: RunCutShort.self) { try runner().run() }
      #expect(error?.description == "crashed; what was trained so far is kept, and --resume continues from it")
      #expect(contents == [".out.partial", "crash", "t.csv", "whole"])
      // Lines of epochs after the checkpoint, and half a line, as after a crash.
      try appendLine("{\"epoch\":9", to: ".out.partial/training.jsonl")
      try crash(at: nil)
      try runner(resumes: true).run()
      try expectSame("whole", "out")
      #expect(contents == ["out", "t.csv", "whole"])
    }
  }

  private func appendLine(_ text: String, to name: String) throws {
    let handle = try FileHandle(forWritingTo: folder.appendingPathComponent(name))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  @Test func aFailureBeforeTheFirstCheckpointLeavesNothing() throws {
    try inFolder {
      try crash(at: 1)
      #expect(throws: Walk.Crash.self) { try runner(output: "runs/out").run() }
      #expect(contents == ["crash", "t.csv"])
      try crash(at: nil)
      try runner(resumes: true).run()
      #expect(!names("out").contains("checkpoint.safetensors"))
    }
  }

  @Test func anInterruptedRunKeepsItsCheckpointAndIsReplacedWhenTheNewOneIsWhole() throws {
    try inFolder {
      try runner(output: "whole").run()
      let summary = try runner(observer: Stopper(after: 2)).run()
      #expect(summary.isInterrupted && summary.metrics.generators[0].training?.endedBy == .interruption)
      #expect(names("out").contains("checkpoint.safetensors"))
      let manifest = try String(decoding: data("out/manifest.json"), as: UTF8.self)
      #expect(manifest.contains("\"checkpoint.safetensors\"") && manifest.contains("\"interrupted\" : true"))
      let before = try data("out/synthetic.csv")
      try crash(at: 13)
      #expect(throws: RunCutShort.self) { try runner(resumes: true).run() }
      #expect(try data("out/synthetic.csv") == before)
      try crash(at: nil)
      try runner(resumes: true).run()
      try expectSame("whole", "out")
      #expect(contents == ["out", "t.csv", "whole"])
    }
  }

  @Test func finishedGeneratorsAreNotFittedAgain() throws {
    try inFolder {
      let generators = ["{name: a}", "{name: b, epochs: 6}", "{name: c}"]
      try runner(generators, output: "whole").run()
      try crash(at: 23)  // only the second one takes so many steps
      #expect(throws: RunCutShort.self) { try runner(generators).run() }
      try crash(at: 3)  // neither the first nor the second passes here again
      let error = #expect(throws: RunCutShort.self) { try runner(generators, resumes: true).run() }
      #expect(error?.cause is Walk.Crash)
      #expect(names(".out.partial").contains("b/model.safetensors"))
      #expect(!names(".out.partial").contains("b/checkpoint.safetensors"))
      try crash(at: nil)
      try runner(generators, resumes: true).run()
      for prefix in ["a/", "b/", "c/"] { try expectSame("whole", "out", prefix) }
    }
  }

  @Test func aFinishedModelMakesOtherRows() throws {
    try inFolder {
      try runner(output: "whole", more: "sample: {rows: 7}").run()
      try runner(more: "sample: {rows: 9}").run()
      try crash(at: 1)  // a run that trained would fail
      try runner(resumes: true, more: "sample: {rows: 7}").run()
      try expectSame("whole", "out")
    }
  }

  @Test func aCompleteRunIsNotDoneAgain() throws {
    try inFolder {
      let first = try runner().run()
      let before = try data("out/manifest.json")
      var said: [String] = []
      var again = try runner(resumes: true)
      again.notice = { said.append($0) }
      #expect(try again.run().metrics == first.metrics)
      #expect(said == ["\(folder.path)/out: the run is complete; there is nothing to resume"])
      #expect(try data("out/manifest.json") == before && contents == ["out", "t.csv"])
    }
  }

  @Test func aRunThatBeginsAnewPutsTheInterruptedOneAsideUntilItIsWhole() throws {
    try inFolder {
      try runner(output: "whole").run()
      try crash(at: 13)
      #expect(throws: RunCutShort.self) { try runner().run() }
      var said: [String] = []
      try crash(at: 1)
      var anew = try runner()
      anew.notice = { said.append($0) }
      #expect(throws: Walk.Crash.self) { try anew.run() }
      #expect(said.count == 1 && said[0].hasPrefix("\(folder.path)/out: the run there was interrupted; beginning anew"))
      #expect(contents == [".out.interrupted", "crash", "t.csv", "whole"])
      // A training from the beginning would pass the first step.
      try runner(resumes: true).run()
      try expectSame("whole", "out")
      #expect(contents == ["crash", "out", "t.csv", "whole"])
    }
  }

  // MARK: Divergence and early ends

  @Test func oneThatDivergesDoesNotKeepTheOthersFromBeingRun() throws {
    try inFolder {
      let summary = try runner(["{name: a, diverge_at: 3}", "{name: b}"]).run()
      #expect(summary.metrics.generators.map { $0.training?.endedBy } == [.divergence, .epochs])
      #expect(summary.isInterrupted && summary.failure?.contains("not a finite number in epoch 3") == true)
      #expect(!names("out").contains { $0.hasSuffix("checkpoint.safetensors") })
      // It would diverge again.
      let again = try runner(["{name: a, diverge_at: 3}", "{name: b}"], resumes: true).run()
      #expect(again.metrics == summary.metrics)

      #expect(throws: TrainingDiverged.self) { try runner(["{diverge_at: 1}"], output: "none").run() }
      #expect(contents == ["out", "t.csv"])
    }
  }

  @Test(arguments: [
    ([0.5, 0.6, 0.4, 0.6], 2, 0.0, TrainingSummary.Ending.patience, 2),
    ([0.5, 0.6, 0.4, 0.6], 3, 1.5, .maxMinutes, 2), ([0.5, 0.6, 0.4], 0, 0, .synthesizer, 2),
    ([0.5, 0.6, 0.4, 0.6, 0.7, 0.5], 1, 1.5, .epochs, 5),
  ]) func whyTrainingEnded(
    _ scores: [Double], _ patience: Int, _ minutes: Double, _ ending: TrainingSummary.Ending, _ best: Int
  ) {
    var walk = Walk()
    (walk.patience, walk.maxMinutes) = (patience, minutes)
    let reports = scores.enumerated().map { index, score in
      EpochReport(
        epoch: index + 1, epochs: 6, seconds: 1, rowsPerSecond: 1, losses: [:],
        quality: TrainingQuality(shape: score, trend: nil, isBest: score > scores[..<index].max() ?? 0))
    }
    let summary = TrainingSummary(reports, of: walk, wasInterrupted: false, diverged: false)
    #expect(summary?.endedBy == ending && summary?.bestEpoch == best && summary?.epochs == scores.count)
    #expect(TrainingSummary(reports, of: walk, wasInterrupted: true, diverged: false)?.endedBy == .interruption)
    #expect(TrainingSummary([], of: walk, wasInterrupted: false, diverged: false) == nil)
  }

  // MARK: Refusals

  @Test func anotherTableOrConfigurationIsRefused() throws {
    try inFolder {
      try crash(at: 13)
      #expect(throws: RunCutShort.self) { try runner().run() }
      let before = names(".out.partial")
      let undo = "; change that back, or run without --resume to begin anew"
      expectRefused(
        try runner(["{epochs: 9}"], resumes: true),
        "the checkpoint there was made with epochs 4, the configuration says 9" + undo)
      expectRefused(
        try runner(["{epochs: 9, batch_size: 20}"], resumes: true),
        "made with batch_size 10, the configuration says 20; with epochs 4, the configuration says 9" + undo)
      var other = try runner(resumes: true)
      other.configuration.seed = 6
      expectRefused(other, "made with seed 5, the configuration says 6")
      expectRefused(try runner(["{}", "{}"], resumes: true), "holds the work of a generator ''")
      other = try runner(resumes: true)
      other.configuration.dataset.missing = ["-"]
      expectRefused(other, "made with dataset.missing not given, the configuration says [-]")
      try writeTable(rows: 51)
      expectRefused(try runner(resumes: true), "made with rows 50, the table has 51")
      try writeTable(shift: 1)
      expectRefused(try runner(resumes: true), "made with another range or form of column 'n'")
      try writeTable { $0.reversed() }
      expectRefused(try runner(resumes: true), "made with a table of SHA-256 ")
      #expect(names(".out.partial") == before)

      // Time has no influence on what is learned.
      try writeTable()
      try crash(at: nil)
      try runner(["{max_minutes: 9}"], resumes: true).run()
      // A finished model is held to the same.
      expectRefused(
        try runner(["{epochs: 9}"], resumes: true), "the model there was made with epochs 4, the configuration says 9")
    }
  }

  @Test func aDamagedCheckpointIsRefused() throws {
    try inFolder {
      try crash(at: 13)
      #expect(throws: RunCutShort.self) { try runner().run() }
      let path = ".out.partial/checkpoint.safetensors"
      let whole = [UInt8](try data(path))
      for index in stride(from: 0, to: whole.count, by: 97) {
        var damaged = whole
        damaged[index] ^= 4
        try Data(damaged).write(to: folder.appendingPathComponent(path))
        #expect(throws: ExperimentError.self, "byte \(index)") {
          try FileCheckpoints.read(path: folder.path + "/" + path)
        }
        try Data(whole[..<index]).write(to: folder.appendingPathComponent(path))
        #expect(throws: ExperimentError.self, "byte \(index)") {
          try FileCheckpoints.read(path: folder.path + "/" + path)
        }
      }
      expectRefused(try runner(resumes: true), "the checkpoint is damaged; run without --resume to begin anew")
      try Data(whole).write(to: folder.appendingPathComponent(path))
      try Data("{}\n".utf8).write(to: folder.appendingPathComponent(".out.partial/training.jsonl"))
      expectRefused(try runner(resumes: true), "damaged; run without --resume to begin anew")
      try Data().write(to: folder.appendingPathComponent(".out.partial/training.jsonl"))
      expectRefused(try runner(resumes: true), "holds 0 epochs, the checkpoint is of 2")
    }
  }

  @Test func aSecondRunInTheSameFolderIsRefused() throws {
    try inFolder {
      let other = try RunFolder(path: folder.path + "/out")
      try other.write("1".utf8, to: "training.jsonl")
      for resumes in [false, true] {
        let error = #expect(throws: ExperimentError.self) { try runner(resumes: resumes).run() }
        #expect(error?.reason == .cannotWrite)
        #expect(
          error?.message.hasPrefix("another process (\(getpid())) is running an experiment in this folder") == true)
      }
      #expect(names(".out.partial") == ["lock", "training.jsonl"])
      other.discard()
      #expect(contents == ["t.csv"])
    }
  }

  @Test func aFolderThatOnlyLooksLikeOursIsLeftAlone() throws {
    try inFolder {
      let other = folder.path + "/.out.partial"
      try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: other + "/notes.txt"))
      let error = #expect(throws: ExperimentError.self) { try runner().run() }
      #expect(error?.reason == .cannotWrite && names(".out.partial") == ["notes.txt"])
    }
  }

  @Test func checkpointsAreMadeSeldom() {
    let start = ContinuousClock.now
    var schedule = CheckpointSchedule(interval: .seconds(10), from: start)
    #expect(!schedule.isDue(at: start + .seconds(9)) && schedule.isDue(at: start + .seconds(10)))
    schedule.saved(at: start + .seconds(11))  // took a second: 2 % of fifty
    #expect(!schedule.isDue(at: start + .seconds(60)) && schedule.isDue(at: start + .seconds(61)))
    schedule.saved(at: start + .seconds(61))
    #expect(!schedule.isDue(at: start + .seconds(70)) && schedule.isDue(at: start + .seconds(71)))
    var always = CheckpointSchedule(interval: .zero, from: start)
    let atOnce = always.isDue(at: start)
    always.saved(at: start + .seconds(9))
    let again = always.isDue(at: start + .seconds(9))
    #expect(atOnce && again)
  }
}
