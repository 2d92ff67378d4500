import MynahClassifiers
import MynahTables

extension TrialPlan {
  /// The class that was asked for, else the rarest; of equally rare ones the first.
  static func positive(_ trial: BalanceTrial, _ classes: ClassLabels) throws(TableError) -> Int {
    let counts = classes.counts
    let present = counts.indices.filter { counts[$0] > 0 }
    guard present.count >= 2 else {
      let only = present.first.map { ", '\(classes.names[$0])'" } ?? ""
      throw TableError("column '\(trial.target)' has \(present.count) class\(only); there must be two to tell apart")
    }
    guard let name = trial.positive else {
      return present.min { (counts[$0], $0) < (counts[$1], $1) } ?? 0
    }
    guard let code = present.first(where: { classes.names[$0] == name }) else {
      let names = present.map { classes.names[$0] }
      let near = nearest(to: name, among: names).map { "did you mean '\($0)'?" }
      let hint = near ?? "there are " + names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      throw TableError("column '\(trial.target)' has no class '\(name)'; \(hint)")
    }
    return code
  }

  /// Each fold needs a positive row, and each training part two: one to learn from and one to choose a threshold on. So does
  /// the rest.
  static func checkRows(_ counts: [Int], _ positive: Int, _ name: String, folds: Int) throws(TableError) {
    // The largest class among the rest gives its validation rows for certain.
    let largest = counts.indices.filter { $0 != positive }.map { counts[$0] }.max() ?? 0
    for (count, whose) in [(counts[positive], "of class '\(name)'"), (largest, "of any other class")] {
      let works = { (folds: Int) in count >= folds && count - (count + folds - 1) / folds >= 2 }
      guard !works(folds) else { continue }
      let most = (2...max(2, min(folds, count))).last(where: works)
      let advice = most.map { "\($0) folds would work" } ?? "3 rows at least, in 3 folds, would work"
      throw TableError("\(count) rows \(whose) are too few for \(folds) folds; \(advice)")
    }
    guard folds <= Int(UInt16.max) else { throw TableError("folds must be at most \(UInt16.max), not \(folds)") }
  }

  /// The test table without rows that lack a target.
  static func checkedTest(_ test: Table?, _ trial: BalanceTrial, _ table: Table, _ positive: String) throws(TableError)
    -> Table?
  {
    guard let test else { return nil }
    let classes = try inTest { () throws(TableError) in try ClassLabels(of: trial.target, in: test) }
    let counts = classes.counts
    let found = classes.names.firstIndex(of: positive).map { counts[$0] } ?? 0
    let others = counts.reduce(0, +) - found
    guard found > 0 else {
      throw TableError("the test table has no row of class '\(positive)'; it must have some to find")
    }
    guard others > 0 else {
      throw TableError("the test table has rows of class '\(positive)' only; it must have others too")
    }
    // Without rows: only columns and their kinds are looked at.
    _ = try inTest { () throws(TableError) in
      try FeatureDesign(fittedTo: table, target: trial.target).matrix(of: test.gathering([]), as: .trees)
    }
    let complete = classes.codes.indices.filter { classes.codes[$0] >= 0 }
    return complete.count == test.rowCount ? test : test.gathering(complete)
  }

  private static func inTest<Result>(_ body: () throws(TableError) -> Result) throws(TableError) -> Result {
    do { return try body() } catch {
      throw TableError("in the test table, \(error.message)", reason: error.reason)
    }
  }
}
