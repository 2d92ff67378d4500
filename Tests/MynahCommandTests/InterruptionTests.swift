import Foundation
import Testing

@Suite struct InterruptionTests {
  /// Starts endless training and returns once it has said that its first epoch is over.
  private func start(_ sandbox: Sandbox, _ arguments: [String]) throws -> (Process, FileHandle) {
    try sandbox.write(smallTable(), to: "data.csv")
    let process = sandbox.process(arguments)
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    Sandbox.watch(process)
    var said = ""
    while !said.contains("epoch 1/") {
      let piece = pipe.fileHandleForReading.availableData
      try #require(!piece.isEmpty, "ended early: \(said)")
      said += String(decoding: piece, as: UTF8.self)
    }
    return (process, pipe.fileHandleForReading)
  }

  private let endless = [
    "--set", "epochs=1000000", "--set", "batch_size=20", "--set", "generator_dimensions=[8]", "--set",
    "discriminator_dimensions=[8]",
  ]

  @Test func oneInterruptLeavesAUsableModel() throws {
    let sandbox = try Sandbox()
    let (process, error) = try start(sandbox, ["fit", "data.csv", "--model", "ctgan", "-o", "m"] + endless)
    process.interrupt()
    let said = String(decoding: try error.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 1)
    #expect(said.contains("mynah: interrupted: the model after epoch ") && said.hasSuffix(" of 1000000 is in m\n"))
    #expect(try sandbox.run(["sample", "m", "--rows", "5", "-o", "s.csv"]).status == 0)
    #expect(try sandbox.run(["inspect", "m"]).output.contains("interrupted      after epoch "))
    #expect(sandbox.contents == ["data.csv", "m", "s.csv"])
  }

  @Test func anInterruptedRunKeepsItsFolder() throws {
    let sandbox = try Sandbox()
    try sandbox.write("dataset: data.csv\ngenerators: [{kind: ctgan}]\nsample: {rows: 20}\n", to: "e.yaml")
    let (process, error) = try start(sandbox, ["run", "e.yaml", "-o", "out"] + endless)
    process.interrupt()
    let said = String(decoding: try error.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1 && said.contains("mynah: interrupted: training ended before its last epoch"))
    #expect(try sandbox.text("out/manifest.json").contains("\"interrupted\" : true"))
    #expect(try sandbox.text("out/synthetic.csv").split(separator: "\n").count == 21)
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func terminationLeavesNothing(_ number: Int32) throws {
    let sandbox = try Sandbox()
    try sandbox.write("dataset: data.csv\ngenerators: [{kind: ctgan}]\n", to: "e.yaml")
    for arguments in [["fit", "data.csv", "--model", "ctgan", "-o", "m"], ["run", "e.yaml", "-o", "out"]] {
      let (process, _) = try start(sandbox, arguments + endless)
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == number)
      #expect(sandbox.contents == ["data.csv", "e.yaml"])
    }
  }
}
