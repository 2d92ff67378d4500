import Foundation
import Testing

/// From a table to a model, to rows, to figures: what a user does first.
@Suite struct PipelineTests {
  @Test func fitsSamplesAndEvaluates() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    let fit = try sandbox.fit("data.csv", "--target", "income", "--output", "m.safetensors")
    #expect(fit.status == 0 && fit.output.isEmpty && fit.error.isEmpty, "\(fit.error)")

    let sample = try sandbox.run(
      [
        "sample", "m.safetensors", "--rows", "70", "--where", "income=>50K", "--where", "color=red", "-o", "s.csv",
        "-q",
      ])
    #expect(sample.status == 0 && sample.error.isEmpty, "\(sample.error)")
    let lines = try sandbox.text("s.csv").split(separator: "\n")
    #expect(lines.count == 71 && lines[0] == "age,color,income,score")
    #expect(lines.dropFirst().allSatisfy { $0.contains(",red,>50K,") })

    // The training rows but for one.
    try sandbox.write(smallTable(rows: 59), to: "other.csv")
    let evaluate = try sandbox.run(
      [
        "evaluate", "s.csv", "--train", "data.csv", "--holdout", "other.csv", "--json", "e.json", "--report", "e.html",
        "-q",
      ])
    #expect(evaluate.status == 0 && evaluate.error.isEmpty, "\(evaluate.error)")
    #expect(
      evaluate.output.hasPrefix("shape    0.")
        && evaluate.output.contains("(unseen real rows: 0.99"))
    let json = try #require(try JSONSerialization.jsonObject(with: sandbox.data("e.json")) as? [String: Any])
    #expect((json["rows"] as? Int) == 70 && json["quality"] is [String: Any] && json["yardstick"] is [String: Any])
    #expect(try sandbox.text("e.html").contains("</html>"))
    #expect(sandbox.contents == ["data.csv", "e.html", "e.json", "m.safetensors", "other.csv", "s.csv"])
    let same = try sandbox.run(["evaluate", "s.csv", "--train", "data.csv", "--holdout", "data.csv"])
    #expect(
      same.status == 65 && same.error.contains("data.csv: is the training table, row for row; a holdout is made of"))

    let inspect = try sandbox.run(["inspect", "m.safetensors"])
    #expect(inspect.output.contains("model            ctgan (format version 1, mynah 0.1.0)"))
    #expect(inspect.output.contains("fitted to        60 rows") && inspect.output.contains("target           income"))
    #expect(inspect.output.contains("  batch_size") && inspect.output.contains("  color   categorical"))
    let asJSON = try sandbox.run(["inspect", "m.safetensors", "--json"])
    #expect(try JSONSerialization.jsonObject(with: Data(asJSON.output.utf8)) is [String: Any])
  }

  @Test func whatIsReadIsNotOverwritten() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    let fit = try sandbox.run(["fit", "data.csv", "--model", "marginals", "-o", "./data.csv", "-q"])
    #expect(fit.status == 73 && fit.error.contains("is what is read"), "\(fit.error)")
    #expect(try sandbox.text("data.csv") == smallTable())
    #expect(try sandbox.run(["fit", "data.csv", "--model", "marginals", "-o", "m", "-q"]).status == 0)
    #expect(try sandbox.run(["sample", "m", "-r", "5", "-o", "m"]).status == 73)
    // Nor is a header sent down a pipe before it is known that there are rows.
    let none = try sandbox.run(["sample", "m", "-r", "5", "--where", "color=rde", "-o", "-", "-q"])
    #expect(none.status == 65 && none.output.isEmpty)
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.fit("data.csv", "--seed", "3", "--threads", "1", "-o", "one")
    try sandbox.fit("data.csv", "--seed", "3", "--threads", "2", "-o", "two")
    try sandbox.fit("data.csv", "--seed", "4", "--threads", "2", "-o", "other")
    #expect(try sandbox.data("one") == sandbox.data("two"))
    #expect(try sandbox.data("one") != sandbox.data("other"))
    for threads in ["1", "2"] {
      try sandbox.run(["sample", "one", "--rows", "500", "--seed", "5", "--threads", threads, "-o", "s\(threads)"])
    }
    try sandbox.run(["sample", "one", "--rows", "500", "--seed", "6", "-o", "other"])
    #expect(try sandbox.data("s1") == sandbox.data("s2"))
    #expect(try sandbox.data("s1") != sandbox.data("other"))
  }

  @Test func dashesAreTheStandardStreams() throws {
    let sandbox = try Sandbox()
    let inspect = try sandbox.run(["inspect", "-"], input: smallTable())
    #expect(inspect.status == 0 && inspect.output.hasPrefix("60 rows, 4 columns\n"))
    let fit = try sandbox.run(["fit", "-", "--model", "ctgan", "-o", "m", "-q"] + tiny, input: smallTable())
    #expect(fit.status == 0, "\(fit.error)")
    let sample = try sandbox.run(["sample", "m", "--rows", "3", "-o", "-"])
    #expect(sample.status == 0 && sample.output.split(separator: "\n").count == 4)
    try sandbox.write(smallTable(), to: "data.csv")
    let evaluate = try sandbox.run(["evaluate", "-", "--train", "data.csv", "--json", "-"], input: smallTable())
    #expect(evaluate.status == 0, "\(evaluate.error)")
    #expect(try JSONSerialization.jsonObject(with: Data(evaluate.output.utf8)) is [String: Any])
  }

  /// What a shell makes of `<(zcat table.csv.gz)` can be read once only; a second opening would wait for ever.
  @Test(arguments: [["inspect", "pipe"], ["fit", "pipe", "--model", "ctgan", "-q", "-o", "m"] + tiny])
  func pipesAreRead(_ arguments: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try #require(mkfifo(sandbox.folder.appendingPathComponent("pipe").path, 0o600) == 0)
    let process = sandbox.process(["-c", "cat data.csv > pipe & exec \"$0\" \"$@\"", Sandbox.binary.path] + arguments)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    Sandbox.watch(process)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(sandbox.contents.contains("m") == arguments.contains("m"))
  }

  @Test func modelsAndExperimentsAreReadFromPipes() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.fit("data.csv", "-o", "m")
    let experiment = "dataset: data.csv\\ngenerators: [{kind: ctgan}]\\nsample: {rows: 20}\\n"
    for (script, settings) in [
      ("cat m | \"$0\" sample - --rows 5 -o s.csv", []),
      ("mkfifo p; cat m > p & \"$0\" sample p --rows 5 -o s.csv; status=$?; rm p; exit $status", []),
      ("mkfifo p; printf '\(experiment)' > p & \"$0\" run p -q -o out \"$@\" && mv out/synthetic.csv s.csv", tiny),
    ] {
      let process = sandbox.process(["-c", script, Sandbox.binary.path] + settings)
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      try process.run()
      Sandbox.watch(process)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(script)")
      #expect(try sandbox.text("s.csv").hasPrefix("age,color,income,score\n"))
      try FileManager.default.removeItem(at: sandbox.folder.appendingPathComponent("s.csv"))
    }
  }

  @Test func aSchemaFileSaysWhatColumnsAre() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.write("age: categorical\n", to: "schema.yaml")
    let result = try sandbox.run(["inspect", "data.csv", "--schema", "schema.yaml", "--json"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("\"categorical\""))
    try sandbox.write("{\"aeg\": \"categorical\"}", to: "schema.json")
    let wrong = try sandbox.run(["inspect", "data.csv", "--schema", "schema.json"])
    #expect(wrong.status == 65 && wrong.error == "mynah: data.csv: there is no column 'aeg'; did you mean 'age'?\n")
  }

  @Test func progressGoesToStandardErrorUnlessQuiet() throws {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    let result = try sandbox.run(["fit", "data.csv", "--model", "ctgan", "-o", "m"] + tiny)
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(result.error.contains("epoch 1/1, critic ") && result.error.contains(" rows/s\n"))
  }
}
