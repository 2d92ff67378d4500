import Foundation
import Testing

/// `mynah balance`, as a user starts it.
@Suite struct BalanceCommandTests {
  /// 36 rows of "no" and 12 of "yes", in the form in which they are written again.
  static let table =
    "amount,age,color,label\n"
    + (0..<48).map { row in
      let amount = Double(row * 37 % 101) / 4 + (row % 4 == 3 ? 30 : 0)
      return String(format: "%.2f", amount)
        + ",\(20 + row * 13 % 50),\(["red", "green", "blue"][row % 3]),\(row % 4 == 3 ? "yes" : "no")\n"
    }.joined()

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.table, to: "data.csv")
    return sandbox
  }

  private func balance(_ sandbox: Sandbox, _ arguments: String...) throws -> Sandbox.Result {
    try sandbox.run(["balance", "data.csv", "--target", "label", "--method", "bootstrap"] + arguments)
  }

  /// The labels of the rows after the real ones.
  private func newLabels(_ text: String, column: Int = 3) -> [Substring] {
    text.split(separator: "\n").dropFirst(49).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)[column]
    }
  }

  @Test func aModelMakesTheRowsThatAreLacking() throws {
    let sandbox = try sandbox()
    let result = try balance(sandbox, "-o", "out.csv")
    #expect(result.status == 0 && result.output.isEmpty, "\(result.error)")
    #expect(result.error.hasSuffix("label: no 36 -> 36, yes 12 -> 36; 48 rows -> 72\n"), "\(result.error)")
    let text = try sandbox.text("out.csv")
    #expect(text.hasPrefix(Self.table))
    #expect(newLabels(text) == Array(repeating: "yes", count: 24))
    let quiet = try balance(sandbox, "-o", "again.csv", "-q")
    #expect(quiet.error.isEmpty && quiet.output.isEmpty)
    #expect(try sandbox.data("again.csv") == sandbox.data("out.csv"))
    #expect(sandbox.contents == ["again.csv", "data.csv", "out.csv"])
  }

  @Test(arguments: [
    (["--ratio", "0.5"], 6), (["--counts", "yes=20"], 8), (["--counts", "\"yes\"=13,no=36"], 1),
    (["--counts", "yes=12"], 0), (["--strategy", "minority"], 24), (["--strategy", "all"], 24),
  ]) func classesComeOutAsAskedFor(_ options: [String], _ added: Int) throws {
    let sandbox = try sandbox()
    let result = try sandbox.run(
      ["balance", "data.csv", "--target", "label", "--method", "marginals", "-o", "out.csv"] + options)
    #expect(result.status == 0, "\(result.error)")
    #expect(newLabels(try sandbox.text("out.csv")) == Array(repeating: "yes", count: added))
  }

  @Test func aModelOfOneClassSetsTheLabel() throws {
    let sandbox = try sandbox()
    let result = try balance(sandbox, "--set", "train_on=minority", "-o", "out.csv")
    #expect(result.status == 0, "\(result.error)")
    let lines = try sandbox.text("out.csv").split(separator: "\n").dropFirst()
    let rare = Set(lines.prefix(48).filter { $0.hasSuffix(",yes") })
    #expect(lines.count == 72 && lines.dropFirst(48).allSatisfy { rare.contains($0) })
  }

  @Test func provenanceIsALastColumn() throws {
    let sandbox = try sandbox()
    let result = try balance(sandbox, "--provenance", "-o", "out.csv", "-q")
    #expect(result.status == 0, "\(result.error)")
    let lines = try sandbox.text("out.csv").split(separator: "\n")
    #expect(lines[0] == "amount,age,color,label,provenance")
    #expect(lines.dropFirst().prefix(48).allSatisfy { $0.hasSuffix(",real") })
    #expect(lines.dropFirst(49).allSatisfy { $0.hasSuffix(",yes,synthetic:bootstrap") })
    let named = try balance(sandbox, "--provenance=came, from", "-o", "named.csv", "-q")
    #expect(named.status == 0, "\(named.error)")
    #expect(try sandbox.text("named.csv").hasPrefix("amount,age,color,label,\"came, from\"\n"))
    let taken = try balance(sandbox, "--provenance=age", "-o", "taken.csv")
    #expect(
      taken.status == 65
        && taken.error.hasSuffix(
          "mynah: data.csv: there is a column 'age' already; name another one by --provenance=NAME\n")
    )
    #expect(!sandbox.contents.contains("taken.csv"))
  }

  @Test func newRowsNameTheirParents() throws {
    let sandbox = try sandbox()
    let result = try sandbox.run([
      "balance", "data.csv", "--target", "label", "--method", "smote-nc", "--neighbours", "3", "--provenance", "-o",
      "out.csv",
    ])
    #expect(result.status == 0, "\(result.error)")
    let text = try sandbox.text("out.csv")
    #expect(newLabels(text) == Array(repeating: "yes", count: 24))
    for origin in newLabels(text, column: 4) {
      let parts = origin.split(separator: ":")
      #expect(parts.prefix(2) == ["synthetic", "smote-nc"])
      // Every fourth row of the data is "yes".
      let parents = try #require(parts.last).split(separator: "+").compactMap { Int($0) }
      #expect(parents.count == 2 && parents.allSatisfy { (1...48).contains($0) && $0 % 4 == 0 }, "\(origin)")
    }
  }

  @Test func rowsThatAreKeptStayInOrder() throws {
    let sandbox = try sandbox()
    let result = try sandbox.run([
      "balance", "data.csv", "--target", "label", "--method", "random-under", "-o", "out.csv",
    ])
    #expect(result.status == 0 && result.error.hasSuffix("label: no 36 -> 12, yes 12 -> 12; 48 rows -> 24\n"))
    let all = Self.table.split(separator: "\n")
    let kept = try sandbox.text("out.csv").split(separator: "\n")
    #expect(all.filter { kept.contains($0) } == kept && kept.count == 25)
  }

  @Test func dashesAreTheStandardStreams() throws {
    let result = try Sandbox().run(
      ["balance", "-", "--target", "label", "--method", "bootstrap", "-o", "-", "-q"], input: Self.table)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(result.output.hasPrefix(Self.table) && newLabels(result.output).count == 24)
  }

  @Test func threadsChangeNothingAndTheSeedDoes() throws {
    let sandbox = try sandbox()
    for threads in ["1", "2"] {
      let result = try balance(sandbox, "--threads", threads, "--seed", "5", "-o", "t\(threads).csv", "-q")
      #expect(result.status == 0, "\(result.error)")
    }
    _ = try balance(sandbox, "--seed", "6", "-o", "other.csv", "-q")
    #expect(try sandbox.data("t1.csv") == sandbox.data("t2.csv"))
    #expect(try sandbox.data("t1.csv") != sandbox.data("other.csv"))
  }

  @Test func aNumericTargetIsCutIntoBins() throws {
    let sandbox = try sandbox()
    let result = try sandbox.run([
      "balance", "data.csv", "--target", "amount", "--bins", "2", "--method", "bootstrap", "-o", "out.csv",
    ])
    #expect(result.status == 0, "\(result.error)")
    let amounts = try sandbox.text("out.csv").split(separator: "\n").dropFirst().compactMap {
      Double($0.split(separator: ",")[0])
    }
    let middle = ((amounts.min() ?? 0) + (amounts.max() ?? 0)) / 2
    #expect(amounts.count { $0 < middle } == amounts.count { $0 >= middle })
  }

  @Test func combinationsAreKeptTogether() throws {
    let sandbox = try sandbox()
    let result = try sandbox.run([
      "balance", "data.csv", "--target", "label", "--method", "marginals", "--keep-together", "age,color", "-o",
      "out.csv",
    ])
    #expect(result.status == 0, "\(result.error)")
    let pairs = try sandbox.text("out.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",")[1...2].joined(separator: ",")
    }
    #expect(pairs.count == 72 && Set(pairs.prefix(48)).isSuperset(of: pairs))
  }

  @Test(arguments: [
    (["--method", "bootstrp"], 64, "unknown method 'bootstrp'; did you mean 'bootstrap'?"),
    (["--ratio", "0.5", "--counts", "yes=20"], 64, "--ratio and --counts exclude each other; give one of them"),
    (["--ratio", "1", "--strategy", "all"], 64, "--ratio and --strategy exclude each other; give one of them"),
    (["--ratio", "0"], 64, "--ratio must be above 0, got 0.0"),
    (["--ratio", "nan"], 64, "--ratio must be above 0, got nan"),
    (["--ratio=-1"], 64, "--ratio must be above 0, got -1.0"),
    (["--counts", "yes"], 64, "The value 'yes' is invalid for '--counts <A=N,B=M>'"),
    (["--counts", "yes=many"], 64, "The value 'yes=many' is invalid for '--counts <A=N,B=M>'"),
    (["--counts", "yes=1,yes=2"], 64, "The value 'yes=1,yes=2' is invalid for '--counts <A=N,B=M>'"),
    (["--strategy", "most"], 64, "The value 'most' is invalid for '--strategy"),
    (["--bins", "1"], 64, "--bins must be at least 2, got 1"),
    (["--keep-together", "age"], 64, "--keep-together needs at least two columns, got 'age'"),
    (["--neighbours", "5"], 64, "--neighbours: 'bootstrap' has no neighbours; leave the option out"),
    (["--provenance="], 64, "Missing value for '--provenance <name>'"),
    (["--method", "smte"], 64, "unknown method 'smte'; did you mean 'smote'?"),
    (
      ["--method", "random", "--neighbours", "5"], 64, "--neighbours: 'random' has no neighbours; leave the option out"
    ),
    (["--method", "smote-nc", "--neighbours", "0"], 64, "--neighbours must be at least 1, got 0"),
    (["--method", "smote-nc", "--set", "k_neighbors=0"], 65, "--set k_neighbors=0: "),
    (
      ["--method", "smote-nc", "--neighbours", "20"], 65, "data.csv: class 'yes' has 12 rows, too few for 20 neighbours"
    ),
    (["--method", "smote"], 65, "data.csv: column 'color' is categorical, and 'smote' interpolates numbers"),
    (["--set", "epohcs=3", "--method", "ctgan"], 65, "--set epohcs=3: unknown key 'epohcs' in method 'ctgan'"),
    (["--set", "train_on=some"], 65, "--set train_on=some: train_on: must be one of all, minority, got 'some'"),
    (["--set", "train_onn=all"], 65, "--set train_onn=all: unknown key 'train_onn' in method 'bootstrap'; did"),
    (["--set", "epochs=0", "--method", "ctgan"], 65, "--set epochs=0: epochs must be a positive whole number, got 0"),
    (["--target", "lable"], 65, "data.csv: there is no column 'lable'; did you mean 'label'?"),
    (["--target", "amount"], 65, "data.csv: target 'amount' is continuous"),
    (["--counts", "maybe=20"], 65, "data.csv: target 'label' has no class 'maybe'"),
    (["--counts", "yes=3"], 65, "data.csv: class 'yes' has 12 rows already, more than the 3 asked for"),
    (["--ratio", "0.01"], 65, "data.csv: a ratio of 0.01 means 0 rows of 'yes'"),
    (["--keep-together", "age,colour"], 65, "data.csv: there is no column 'colour'; did you mean 'color'?"),
    (["--schema", "none.yaml"], 66, "none.yaml: no such file"),
    (["--output", "none/out.csv"], 73, "none/out.csv: cannot be written: the folder does not exist"),
    (["--output", "data.csv"], 73, "data.csv: is what is read"),
    (["--output", "/dev/full"], 73, "/dev/full: cannot be written: No space left on device"),
  ]) func refuses(_ options: [String], _ status: Int32, _ message: String) throws {
    let sandbox = try sandbox()
    var arguments = options
    for (name, value) in [("--target", "label"), ("--method", "bootstrap"), ("--output", "out.csv")]
    where !options.contains(name) { arguments += [name, value] }
    let result = try sandbox.run(["balance", "data.csv", "-q"] + arguments)
    #expect(result.status == status && result.output.isEmpty, "\(result.error)")
    #expect(result.error.hasPrefix("mynah: \(message)"), "\(result.error)")
    #expect(result.error.filter { $0 == "\n" }.count == 1 && sandbox.contents == ["data.csv"])
    #expect(try sandbox.text("data.csv") == Self.table)
  }

  @Test(arguments: [
    ("a,label\n1,x\n2,x\n3,x\n", "target 'label' has a single class: every row is 'x'"),
    ("a,label\n1,x\n2,\n3,y\n4,x\n", "target 'label' is missing in 1 of 4 rows, first in data row 2"),
  ]) func refusesATable(_ table: String, _ message: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write(table, to: "data.csv")
    let result = try balance(sandbox, "-o", "out.csv", "-q")
    #expect(result.status == 65 && result.error.hasPrefix("mynah: data.csv: \(message)"), "\(result.error)")
    #expect(sandbox.contents == ["data.csv"])
  }
}
