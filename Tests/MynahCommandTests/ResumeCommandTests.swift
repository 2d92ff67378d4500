import Foundation
import Testing

/// Runs that are killed, interrupted or cannot write, and go on with `--resume`.
@Suite struct ResumeCommandTests {
  private static let experiment = """
    name: out
    seed: 7
    dataset: {path: data.csv, target: income}
    generators:
      - kind: ctgan
        epochs: 10
        batch_size: 60
        generator_dimensions: [8]
        discriminator_dimensions: [8]
        embedding_dimension: 4
        evaluate_every: 2
        learning_rate_schedule: cosine
    sample: {rows: 100}
    """
  private static let resume = ["run", "e.yaml", "-o", "out", "--resume", "--checkpoint-interval", "0"]

  /// A sandbox in which `whole` is a run that nothing has interrupted.
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(rows: 700), to: "data.csv")
    try sandbox.write(Self.experiment, to: "e.yaml")
    let whole = try sandbox.run(["run", "e.yaml", "-q", "-o", "whole"])
    try #require(whole.status == 0, "\(whole.error)")
    return sandbox
  }

  /// Starts a run and returns once it has told of `epochs` epochs, or has ended.
  private func start(
    _ sandbox: Sandbox, untilEpochs epochs: Int, _ arguments: [String] = resume
  ) throws -> (process: Process, error: FileHandle) {
    let process = sandbox.process(arguments)
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    Sandbox.watch(process)
    var said = ""
    while said.split(separator: "\n").count(where: { $0.hasPrefix("epoch ") }) < epochs {
      let piece = pipe.fileHandleForReading.availableData
      if piece.isEmpty { break }
      said += String(decoding: piece, as: UTF8.self)
    }
    return (process, pipe.fileHandleForReading)
  }

  private func end(_ process: Process, by number: Int32) {
    kill(process.processIdentifier, number)
    process.waitUntilExit()
  }

  private func expectWhole(_ sandbox: Sandbox) throws {
    for name in ["model.safetensors", "synthetic.csv", "metrics.json"] {
      #expect(try sandbox.data("out/\(name)") == sandbox.data("whole/\(name)"), "\(name)")
    }
    #expect(try epochs(sandbox.data("out/training.jsonl")) == epochs(sandbox.data("whole/training.jsonl")))
    let names = sandbox.contents
    #expect(
      names.filter { $0.hasPrefix("out/") }.map { "whole" + $0.dropFirst(3) } == names.filter { $0.hasPrefix("whole/") }
    )
    #expect(!names.contains { $0.hasPrefix(".out") })
  }

  /// The lines but for their times.
  private func epochs(_ lines: Data) throws -> [NSDictionary] {
    try lines.split(separator: UInt8(ascii: "\n")).map { line in
      let object = try JSONSerialization.jsonObject(with: line) as? [String: Any]
      let kept = try #require(object).filter { $0.key != "seconds" && $0.key != "rows_per_second" }
      return kept as NSDictionary
    }
  }

  // MARK: Killed

  @Test func aRunThatIsKilledThreeTimesEndsInTheSameBytes() throws {
    let sandbox = try sandbox()
    var firstEpoch = ""
    for epochs in [3, 2, 1] {
      let (process, _) = try start(sandbox, untilEpochs: epochs)
      end(process, by: SIGKILL)
      if firstEpoch.isEmpty {
        firstEpoch = try sandbox.text(".out.partial/training.jsonl").prefix { $0 != "\n" } + "\n"
      }
      #expect(sandbox.contents.contains(".out.partial/checkpoint.safetensors"))
      #expect(!sandbox.contents.contains("out"))
    }
    let result = try sandbox.run(Self.resume)
    #expect(
      result.status == 0 && result.error.hasPrefix("reading data.csv\ncontinuing after epoch "), "\(result.error)")
    try expectWhole(sandbox)
  }

  /// Moments are drawn over the whole time of a run: reading, fitting encoders, training, sampling, evaluating.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["MYNAH_LONG_TESTS"] == "1"))
  func aRunThatIsKilledAtAnyMomentEndsInTheSameBytes() throws {
    let sandbox = try sandbox()
    let began = ContinuousClock.now
    try sandbox.run(Self.resume)
    let milliseconds = Int((ContinuousClock.now - began) / .milliseconds(1))
    var moments = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      try FileManager.default.removeItem(at: sandbox.folder.appendingPathComponent("out"))
      let process = sandbox.process(Self.resume + ["-q"])
      process.standardOutput = FileHandle.nullDevice
      let ended = DispatchSemaphore(value: 0)
      process.terminationHandler = { _ in ended.signal() }
      try process.run()
      _ = ended.wait(timeout: .now() + .milliseconds(Int.random(in: 0...milliseconds, using: &moments)))
      end(process, by: SIGKILL)
      let result = try sandbox.run(Self.resume)
      #expect(result.status == 0, "\(result.error)")
      try expectWhole(sandbox)
    }
  }

  // MARK: Interrupted

  @Test func aRunThatIsInterruptedContinuesFromItsFolder() throws {
    let sandbox = try sandbox()
    let (process, error) = try start(sandbox, untilEpochs: 2)
    process.interrupt()
    let said = String(decoding: try error.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1 && said.hasSuffix("what there was is in out, and --resume continues\n"))
    #expect(try sandbox.text("out/metrics.json").contains("\"ended_by\" : \"interruption\""))
    #expect(sandbox.contents.contains("out/checkpoint.safetensors"))
    #expect(try sandbox.run(Self.resume).status == 0)
    try expectWhole(sandbox)

    let again = try sandbox.run(Self.resume)
    #expect(again.status == 0 && again.output.hasSuffix("run folder: out\n"))
    #expect(again.error.hasSuffix("mynah: out: the run is complete; there is nothing to resume\n"))
  }

  @Test func terminationKeepsACheckpoint() throws {
    let sandbox = try sandbox()
    let (process, _) = try start(sandbox, untilEpochs: 2)
    end(process, by: SIGTERM)
    #expect(process.terminationReason == .uncaughtSignal)
    // To begin anew does no harm to it until the new run is whole.
    let (other, _) = try start(sandbox, untilEpochs: 0, ["run", "e.yaml", "-o", "out", "--set", "epochs=1000000"])
    while !sandbox.contents.contains(".out.interrupted") { try #require(other.isRunning) }
    end(other, by: SIGTERM)
    let result = try sandbox.run(Self.resume)
    #expect(result.status == 0 && result.error.contains("\ncontinuing after epoch "), "\(result.error)")
    try expectWhole(sandbox)
  }

  @Test func aSecondProcessIsRefused() throws {
    let sandbox = try sandbox()
    let endless = Self.resume + ["--set", "epochs=1000000"]
    let (process, _) = try start(sandbox, untilEpochs: 1, endless)
    for arguments in [Self.resume, ["run", "e.yaml", "-o", "out"]] {
      let result = try sandbox.run(arguments + ["-q"])
      #expect(result.status == 73)
      #expect(
        result.error == "mynah: out: another process (\(process.processIdentifier)) is running an experiment in this "
          + "folder; wait for it, or choose another folder with --output\n")
    }
    #expect(process.isRunning)
    end(process, by: SIGKILL)
    let refused = try sandbox.run(Self.resume + ["-q"])
    #expect(refused.status == 65)
    #expect(
      refused.error == "mynah: out: the checkpoint there was made with epochs 1000000, the configuration says 10; "
        + "change that back, or run without --resume to begin anew\n")
  }

  // MARK: No room

  /// A file that may not grow beyond some kilobytes, as on a full disk: enough for a line of the log, too little for a
  /// checkpoint.
  @Test func aFullDiskLeavesTheEarlierCheckpointWhole() throws {
    let sandbox = try sandbox()
    let (process, _) = try start(sandbox, untilEpochs: 2)
    end(process, by: SIGKILL)
    let checkpoint = try sandbox.data(".out.partial/checkpoint.safetensors")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "ulimit -f 8; exec \"$0\" \"$@\"", Sandbox.binary.path] + Self.resume + ["-q"]
    shell.currentDirectoryURL = sandbox.folder
    let pipe = Pipe()
    shell.standardError = pipe
    try shell.run()
    Sandbox.watch(shell)
    let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationReason == .exit && shell.terminationStatus == 73)
    #expect(
      said.hasSuffix(
        "/.out.partial/checkpoint.safetensors: cannot be written: File too large; what was trained so far is kept, and "
          + "--resume continues from it\n"), "\(said)")
    #expect(try sandbox.data(".out.partial/checkpoint.safetensors") == checkpoint)
    #expect(try sandbox.run(Self.resume).status == 0)
    try expectWhole(sandbox)
  }

  @Test func theIntervalHasToBeATime() throws {
    let sandbox = try Sandbox()
    let result = try sandbox.run(["run", "e.yaml", "--checkpoint-interval=-1"])
    #expect(result.status == 64 && result.error.hasPrefix("mynah: --checkpoint-interval must be in 0 ... 1000000"))
  }
}
