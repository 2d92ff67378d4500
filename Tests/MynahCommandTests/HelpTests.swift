import Foundation
import Testing

/// Help, version and wrong usage are part of the program's face: golden files stand in `Golden/`.
@Suite struct HelpTests {
  @Test(arguments: ["", "run", "fit", "sample", "balance", "evaluate", "inspect"])
  func helpIsAsRecorded(_ command: String) throws {
    let result = try Sandbox().run(command.isEmpty ? ["--help"] : [command, "--help"])
    #expect(result.status == 0 && result.error.isEmpty)
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/help\(command.isEmpty ? "" : "-\(command)").txt")
    #expect(result.output == (try String(contentsOf: golden, encoding: .utf8)))
  }

  @Test func versionIsOneLine() throws {
    let result = try Sandbox().run(["--version"])
    #expect(result.status == 0 && result.output == "0.1.0\n" && result.error.isEmpty)
  }

  @Test(arguments: [
    (["fly"], "Unexpected argument 'fly'"),
    (["fit"], "Missing expected argument '<data>'"),
    (["fit", "a.csv", "--model", "ctgn", "-o", "m"], "unknown model 'ctgn'; did you mean 'ctgan'?"),
    (["fit", "a.csv", "--model", "ctgan"], "Missing expected argument '--output <output>'"),
    (["fit", "a.csv", "--model", "ctgan", "-o", "m", "--threads", "0"], "--threads must be at least 1, got 0"),
    (["fit", "a.csv", "--model", "ctgan", "-o", "m", "--seed=-1"], "The value '-1' is invalid for '--seed <seed>'"),
    (["fit", "a.csv", "--model", "ctgan", "-o", "m", "--delimiter", "ab"], "--delimiter must be one ASCII character"),
    (["fit", "a.csv", "--model", "ctgan", "-o", "m", "--epochs", "3"], "Unknown option '--epochs'"),
    (["sample", "m", "-o", "s.csv", "--rows", "0"], "--rows must be at least 1, got 0"),
    (["sample", "m", "-o", "s.csv", "--rows=-5"], "--rows must be at least 1, got -5"),
    (["sample", "m", "-o", "s.csv", "--rows", "1e3"], "The value '1e3' is invalid for '--rows"),
    (["sample", "m", "-o", "s.csv", "--rows", "5", "--where", "income"], "The value 'income' is invalid for '--where"),
  ]) func wrongUsageIsStatus64(_ arguments: [String], _ message: String) throws {
    let sandbox = try Sandbox()
    let result = try sandbox.run(arguments)
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.error.hasPrefix("mynah: \(message)"), "\(result.error)")
    #expect(result.error.filter { $0 == "\n" }.count == 1 && sandbox.contents.isEmpty)
  }
}
