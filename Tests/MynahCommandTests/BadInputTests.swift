import Foundation
import Testing

/// Whatever is wrong with data, options or model files: one line, the documented exit status, no file left behind.
@Suite struct BadInputTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var what: String
    var data: [UInt8]?
    var options: [String] = []
    var status: Int32 = 65
    var message: String
    var testDescription: String { what }

    init(_ what: String, _ text: String?, options: [String] = [], status: Int32 = 65, says message: String) {
      self.init(what, bytes: text.map { Array($0.utf8) }, options: options, status: status, says: message)
    }

    init(_ what: String, bytes: [UInt8]?, options: [String] = [], status: Int32 = 65, says message: String) {
      (self.what, self.data, self.options, self.status, self.message) = (what, bytes, options, status, message)
    }
  }

  @Test(arguments: [
    Case("missing file", nil, status: 66, says: "data.csv: no such file"),
    Case("empty file", "", says: "data.csv: "),
    Case("header only", "a,b\n", says: "data.csv: "),
    Case("one row", "a,b\n1,2\n", says: "data.csv: a table of 1 row is too small"),
    Case("ragged row", "a,b\n1,2\n3\n4,5\n", says: "data.csv:3"),
    Case("unclosed quote", "a,b\n1,2\n\"3,4\n5,6\n", says: "data.csv:3"),
    Case("invalid UTF-8", bytes: Array("a,b\nx,y\nx".utf8) + [0xFF] + Array(",y\nx,y\n".utf8), says: "data.csv:3"),
    Case(
      "a word among numbers", "a,b\n" + (0..<40).map { $0 == 39 ? "word,x\n" : "\($0),x\n" }.joined(),
      says: "data.csv:41:1: "),
    Case("duplicate column", "a,a\n1,2\n3,4\n", says: "data.csv:1"),
    Case(
      "unknown target", smallTable(), options: ["--target", "incme"],
      says: "data.csv: there is no column 'incme'; did you mean 'income'?"),
    Case(
      "unknown key", smallTable(), options: ["--set", "epohcs=2"],
      says: "--set epohcs=2: unknown key 'epohcs' in generator 'ctgan'; did you mean 'epochs'?"),
    Case(
      "wrong type", smallTable(), options: ["--set", "epochs=ten"],
      says: "--set epochs=ten: epochs: must be a whole number, got 'ten'"
    ),
    Case(
      "zero epochs", smallTable(), options: ["--set", "epochs=0"],
      says: "--set epochs=0: epochs must be a positive whole number, got 0"),
    Case(
      "negative epochs", smallTable(), options: ["--set", "epochs=-3"],
      says: "--set epochs=-3: epochs must be a positive whole number, got -3"),
    Case(
      "endless epochs", smallTable(), options: ["--set", "epochs=9223372036854775807"],
      says: "--set epochs=9223372036854775807: epochs must not be above 16777216"),
    Case(
      "batch and pac", smallTable(), options: ["--set", "batch_size=25"],
      says: "--set batch_size=25: batch_size must be a multiple of pac"),
    Case(
      "a network larger than the machine", smallTable(), options: ["--set", "generator_dimensions=[9000000,9000000]"],
      says: "data.csv: training would take "),
    Case(
      "no value", smallTable(), options: ["--set", "epochs"], says: "--set epochs: expected key=value, as in epochs=300"
    ),
    Case(
      "missing schema", smallTable(), options: ["--schema", "none.yaml"], status: 66, says: "none.yaml: no such file"),
    Case(
      "unwritable folder", smallTable(), options: ["--output", "none/m"], status: 73,
      says: "none/m: cannot be written: the folder does not exist"),
    Case("output is a folder", smallTable(), options: ["--output", "."], status: 73, says: ".: this is a directory"),
    Case(
      "full disk", smallTable(), options: ["--output", "/dev/full"], status: 73,
      says: "/dev/full: cannot be written: No space left on device"),
  ]) func fitRefuses(_ bad: Case) throws {
    let sandbox = try Sandbox()
    if let data = bad.data { try sandbox.write(Data(data), to: "data.csv") }
    let before = sandbox.contents
    let output = bad.options.contains("--output") ? [] : ["--output", "m"]
    let result = try sandbox.run(["fit", "data.csv", "--model", "ctgan", "-q"] + tiny + bad.options + output)
    #expect(result.status == bad.status, "\(result.error)")
    #expect(result.error.hasPrefix("mynah: \(bad.message)"), "\(result.error)")
    #expect(result.error.filter { $0 == "\n" }.count == 1 && result.error.count > "mynah: data.csv: ".count + 1)
    #expect(result.output.isEmpty && sandbox.contents == before)
  }

  @Test(arguments: [
    ("a constant column", (0..<40).map { "\($0),same" }),
    ("all columns constant", (0..<40).map { _ in "1,same" }),
    ("a column all missing", (0..<40).map { "\($0)," }),
    ("two rows", ["1,x", "2,y"]),
    ("an identifier", (0..<40).map { "\($0),name-\($0)" }),
  ]) func worksWith(_ what: String, _ rows: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.write((["a,b"] + rows).joined(separator: "\n"), to: "data.csv")
    let fit = try sandbox.fit("data.csv", "-o", "m")
    #expect(fit.status == 0, "\(what): \(fit.error)")
    let sample = try sandbox.run(["sample", "m", "--rows", "25", "-o", "s.csv"])
    #expect(sample.status == 0, "\(what): \(sample.error)")
    #expect(try sandbox.text("s.csv").split(separator: "\n").count == 26)
    let evaluate = try sandbox.run(["evaluate", "s.csv", "--train", "data.csv"])
    #expect(evaluate.status == 0, "\(what): \(evaluate.error)")
  }

  @Test(arguments: [
    ["s.csv", "--train", "data.csv", "--json", "-", "--report", "-"], ["-", "--train", "-"],
    ["s.csv", "--train", "-", "--holdout", "-"],
  ]) func aStandardStreamServesOnce(_ arguments: [String]) throws {
    let result = try Sandbox().run(["evaluate"] + arguments, input: smallTable())
    #expect(result.status == 64 && result.error.contains("standard ") && result.output.isEmpty, "\(result.error)")
  }

  @Test func divergedTrainingNamesEpochAndStep() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    let result = try sandbox.fit(
      "data.csv", "--set", "generator_learning_rate=1e30", "--set", "discriminator_learning_rate=1e30", "-o", "m")
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("mynah: training diverged: the "), "\(result.error)")
    #expect(result.error.contains("in epoch 1, step ") && sandbox.contents == ["data.csv"])
  }

  @Test func sampleRefusesConditionsItCannotMeet() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.fit("data.csv", "-o", "m")
    for (condition, words) in [
      (["colour=red"], "'colour'; did you mean 'color'?"), (["color=rot"], "'rot'; did you mean 'red'?"),
      (["color=red", "color=blue"], "column 'color' cannot be both 'red' and 'blue'"),
    ] {
      let result = try sandbox.run(
        ["sample", "m", "--rows", "5", "-o", "s.csv"] + condition.flatMap { ["--where", $0] })
      #expect(result.status == 65 && result.error.contains(words), "\(result.error)")
      #expect(sandbox.contents == ["data.csv", "m"])
    }
    for (output, words) in [("none/s.csv", "the folder does not exist"), ("/dev/full", "No space left on device")] {
      let result = try sandbox.run(["sample", "m", "--rows", "5", "-o", output])
      #expect(result.status == 73 && result.error == "mynah: \(output): cannot be written: \(words)\n")
    }
  }

  @Test func sampleRefusesWhatIsNoWholeModel() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.fit("data.csv", "-o", "m")
    let whole = try sandbox.data("m")
    var flipped = whole
    flipped[whole.count - 3] ^= 0x10
    let newer = "{\"__metadata__\":{\"mynah.format_version\":\"9\"}}  "
    let length = withUnsafeBytes(of: UInt64(newer.utf8.count).littleEndian) { Data($0) }
    for (what, contents, words) in [
      ("cut", whole.prefix(whole.count / 2), "not a model file, or damaged: not a whole safetensors file"),
      ("empty", Data(), "not a model file, or damaged"), ("text", Data(smallTable().utf8), "not a model file"),
      ("flipped", flipped, "damaged: its contents do not agree with its checksum"),
      ("newer", length + Data(newer.utf8), "written in format version 9 by a newer program"),
    ] {
      try sandbox.write(contents, to: what)
      let result = try sandbox.run(["sample", what, "--rows", "5", "-o", "s.csv"])
      #expect(result.status == 65 && result.error.hasPrefix("mynah: \(what): \(words)"), "\(result.error)")
      try FileManager.default.removeItem(at: sandbox.folder.appendingPathComponent(what))
    }
    #expect(try sandbox.run(["sample", "none", "--rows", "5", "-o", "s.csv"]).status == 66)
    #expect(try sandbox.run(["sample", ".", "--rows", "5", "-o", "s.csv"]).status == 66)
    #expect(sandbox.contents == ["data.csv", "m"])
  }

  @Test func evaluateRefusesTablesThatDiffer() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.write("age,color\n1,red\n2,red\n", to: "other.csv")
    let result = try sandbox.run(["evaluate", "other.csv", "--train", "data.csv", "--json", "e.json"])
    #expect(result.status == 65 && result.error.hasPrefix("mynah: other.csv: the columns differ"), "\(result.error)")
    #expect(try sandbox.run(["evaluate", "data.csv", "--train", "none.csv", "--report", "e.html"]).status == 66)
    #expect(sandbox.contents == ["data.csv", "other.csv"])
  }
}
