import Foundation
import Testing

/// `mynah balance --evaluate`, and experiment files with a `balance` section.
@Suite struct BalanceProofTests {
  /// 96 rows of "no" and 24 of "yes", which have larger amounts.
  private static func table(shift: Int = 0) -> String {
    "amount,age,color,label\n"
      + (0..<120).map { row in
        let isRare = row % 5 == 3
        let amount = Double((row + shift) * 37 % 101) / 4 + (isRare ? 15 : 0)
        return String(format: "%.2f", amount)
          + ",\(20 + (row + shift) * 13 % 50),\(["red", "green", "blue"][row % 3]),\(isRare ? "yes" : "no")\n"
      }.joined()
  }

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.table(), to: "data.csv")
    try sandbox.write(Self.table(shift: 7), to: "test.csv")
    return sandbox
  }

  private static let small = ["--folds", "2", "--repeats", "1", "--judge", "logistic"]

  private func prove(_ sandbox: Sandbox, _ arguments: [String]) throws -> Sandbox.Result {
    var arguments = arguments
    for (name, value) in [("--target", "label"), ("--method", "smote-nc"), ("--evaluate", "test.csv")]
    where !arguments.contains(name) { arguments += [name, value] }
    return try sandbox.run(["balance", "data.csv"] + arguments)
  }

  @Test func theVerdictIsPrintedAndReported() throws {
    let sandbox = try sandbox()
    let forms = ["json", "md", "html"]
    for form in forms {
      let result = try prove(sandbox, ["-o", "out.csv", "-q", "--report", "r.\(form)"] + Self.small)
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
      #expect(result.output.contains("Verdicts\n") && result.output.contains("smote-nc"))
      #expect(result.output.contains("class-weights") && !result.output.contains("boosted trees"))
    }
    #expect(sandbox.contents == ["data.csv", "out.csv", "r.html", "r.json", "r.md", "test.csv"])
    let json = try #require(try JSONSerialization.jsonObject(with: sandbox.data("r.json")) as? [String: Any])
    let arms = try #require(json["arms"] as? [[String: Any]])
    #expect(arms.compactMap { $0["name"] as? String } == ["imbalanced", "class-weights", "random", "smote-nc"])
    #expect(try sandbox.text("r.md").hasPrefix("# Does balancing help?"))
    let page = try sandbox.text("r.html")
    #expect(page.contains("Balancing data.csv by smote-nc") && page.hasSuffix("</html>\n") && !page.contains("{{"))
    #expect(try sandbox.text("out.csv").hasPrefix(Self.table()))
  }

  @Test func rowsOnStandardOutputLeaveTheVerdictToStandardError() throws {
    let result = try prove(try sandbox(), ["-o", "-", "-q"] + Self.small)
    #expect(result.status == 0 && result.output.hasPrefix(Self.table()) && !result.output.contains("Verdicts"))
    #expect(result.error.contains("Verdicts\n"))
  }

  @Test func threadsChangeNothing() throws {
    let sandbox = try sandbox()
    for threads in ["1", "2"] {
      let result = try prove(
        sandbox,
        ["-o", "t\(threads).csv", "-q", "--report", "t\(threads).json", "--threads", threads, "--folds", "2"])
      #expect(result.status == 0, "\(result.error)")
    }
    #expect(try sandbox.data("t1.csv") == sandbox.data("t2.csv"))
    #expect(try sandbox.data("t1.json") == sandbox.data("t2.json"))
  }

  @Test(arguments: [
    (["--judge", "forest"], 64, "The value 'forest' is invalid for '--judge"),
    (["--folds", "1"], 64, "--folds must be at least 2, got 1"),
    (["--repeats", "0"], 64, "--repeats must be at least 1, got 0"),
    (["--alert-budget", "1.5"], 64, "--alert-budget must be a share of the rows above 0 and below 1, or a whole"),
    (["--cost-false-negative=-1"], 64, "--cost-false-negative must be at least 0, got -1.0"),
    (["--report", "r.pdf"], 64, "--report: the name must end in .json, .md or .html, got 'r.pdf'"),
    (["--positive", "maybe"], 65, "data.csv: column 'label' has no class 'maybe'"),
    (["--evaluate", "none.csv"], 66, "none.csv: no such file"),
    (["--report", "none/r.md"], 73, "none/r.md: cannot be written: the folder does not exist"),
    (["--report", "data.csv.md", "--folds", "100"], 65, "data.csv: 24 rows of class 'yes' are too few for 100 folds"),
    (["--output", "test.csv"], 73, "test.csv: is what is read"),
    (["--bins", "3", "--target", "amount"], 65, "data.csv: bins are no classes that a classifier could find"),
  ]) func refuses(_ options: [String], _ status: Int32, _ message: String) throws {
    let sandbox = try sandbox()
    let output = options.contains("--output") ? [] : ["--output", "out.csv"]
    let result = try prove(sandbox, ["-q"] + options + output)
    #expect(result.status == status && result.output.isEmpty, "\(result.error)")
    #expect(result.error.hasPrefix("mynah: \(message)"), "\(result.error)")
    #expect(result.error.filter { $0 == "\n" }.count == 1 && sandbox.contents == ["data.csv", "test.csv"])
  }

  @Test func optionsOfTheTrialNeedOne() throws {
    let result = try sandbox().run([
      "balance", "data.csv", "--target", "label", "--method", "random", "--report", "r.md", "-o", "out.csv",
    ])
    #expect(result.status == 64 && result.error == "mynah: --report is about the trial; add --evaluate TEST.csv\n")
  }

  @Test func anExperimentLeavesARunFolder() throws {
    let sandbox = try sandbox()
    try sandbox.write(
      """
      name: proof
      dataset: {path: data.csv, holdout: test.csv, target: label}
      balance:
        methods: [smote-nc, {kind: smote, categorical: base, k_neighbors: 3}, {kind: ctgan, epochs: 1, batch_size: 20, \
      generator_dimensions: [8], discriminator_dimensions: [8]}]
        folds: 2
        repeats: 1
        judges: [logistic]
      """, to: "proof.yaml")
    for threads in ["1", "2"] {
      let result = try sandbox.run(["run", "proof.yaml", "-q", "--threads", threads, "-o", "out\(threads)"])
      #expect(result.status == 0, "\(result.error)")
    }
    let tables = ["ctgan", "smote", "smote-nc"].map { "\($0)/balanced.csv" }
    let files = ["balance.json", "balance.md", "configuration.yaml", "manifest.json", "report.html"] + tables
    #expect(
      sandbox.contents.filter { $0.hasPrefix("out1/") && $0.contains(".") }.sorted()
        == files.map { "out1/\($0)" }.sorted())
    for name in ["balance.json", "balance.md", "report.html"] + tables {
      #expect(try sandbox.data("out1/\(name)") == sandbox.data("out2/\(name)"), "\(name)")
    }
    let again = try sandbox.run(["run", "proof.yaml", "--set", "epochs=2", "-o", "out1"])
    #expect(again.status == 0, "\(again.error)")
    #expect(again.output.contains("Rows of label:\nsmote-nc  no 96 -> 96, yes 24 -> 96; 192 rows, 72 of them new\n"))
    #expect(again.output.contains("Verdicts\n") && again.output.hasSuffix("run folder: out1\n"))
    #expect(try sandbox.text("out1/configuration.yaml").contains("epochs: 2"))
  }
}
