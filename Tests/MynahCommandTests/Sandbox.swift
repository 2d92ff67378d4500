import Foundation
import Testing

/// A folder of its own in which the built `mynah` runs, as a user would start it.
final class Sandbox {
  struct Result {
    var status: Int32
    var output: String
    var error: String
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The executable that stands beside the test bundle.
  static let binary: URL = {
    let bundle = Bundle.main.bundleURL
    let places = [bundle, bundle.deletingLastPathComponent()].map { $0.appendingPathComponent("mynah") }
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? places[0]
  }()

  func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = Self.binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    return process
  }

  /// Ends a process that hangs, so that a test fails and does not hang too.
  static func watch(_ process: Process) {
    let identifier = process.processIdentifier
    DispatchQueue.global().asyncAfter(deadline: .now() + 60) { [weak process] in
      if process?.isRunning == true { kill(identifier, SIGKILL) }
    }
  }

  /// Runs `mynah` to its end. Streams are files, so that neither side ever waits for the other.
  @discardableResult func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Result {
    let name = UUID().uuidString
    let streams = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-streams-\(name)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: streams) }
    let files = ["in", "out", "err"].map { streams.appendingPathComponent($0) }
    for file in files { try Data(file == files[0] ? Data(input.utf8) : Data()).write(to: file) }
    let process = process(arguments, environment: environment)
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    Self.watch(process)
    process.waitUntilExit()
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws { try data.write(to: folder.appendingPathComponent(name)) }

  func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }

  func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

  /// Every file and folder, hidden ones too.
  var contents: [String] { (FileManager.default.subpaths(atPath: folder.path) ?? []).sorted() }
}

/// A table of `rows` rows with numbers, levels and gaps.
func smallTable(rows: Int = 60) -> String {
  var text = "age,color,income,score\n"
  for row in 0..<rows {
    let score = row % 7 == 0 ? "?" : "\(Double(row * 37 % 101) / 4)"
    text += "\(20 + row * 13 % 50),\(["red", "green", "blue"][row % 3]),\(row % 4 == 0 ? ">50K" : "<=50K"),\(score)\n"
  }
  return text
}

/// A network small enough for a debug build.
let tiny = [
  "--set", "epochs=1", "--set", "batch_size=20", "--set", "generator_dimensions=[8]", "--set",
  "discriminator_dimensions=[8]", "--set", "embedding_dimension=4",
]

extension Sandbox {
  /// As `run` with the options of a tiny network.
  @discardableResult func fit(_ data: String, _ arguments: String...) throws -> Result {
    try run(["fit", data, "--model", "ctgan", "--quiet"] + tiny + arguments)
  }
}
