import MynahClassifiers
import MynahRandomness
import MynahTables

/// Real training rows, synthetic rows and the real rows that judge, as features that are fitted to the first.
struct LearningTrial {
  let target: LearningTarget
  let design: FeatureDesign
  let real: LearningRows
  let synthetic: LearningRows
  let test: LearningRows
  /// The rows behind `test`.
  let testTable: Table
  /// Rows that have a value of the target, before any was left out: of the real table, the synthetic one and the holdout.
  private let answered: [Int]

  /// - Parameter mostRows: of a table with more rows, so many are drawn at random.
  /// - Throws: `Inapplicable` where there is nothing to learn or to judge by; `TableError` for an absent column.
  init(_ synthetic: Table, against data: RealData, mostRows: Int, using random: inout RandomSource) throws {
    let tables = try ComparableTables(real: data.train, synthetic: synthetic)
    guard let holdout = data.holdout else { throw Inapplicable("there is no holdout to test on") }
    target = try LearningTarget(data.target, in: data.train)
    guard tables.real[target.name] != nil else {
      throw Inapplicable("the target '\(target.name)' is stored as levels in one table and as numbers in the other")
    }
    let (real, ofReal) = try Self.rows(of: tables.real, target, "real", mostRows, &random)
    var (made, judges) = (tables.synthetic, holdout)
    if holdout == synthetic {
      guard holdout != data.train else {
        throw Inapplicable("the training table, the holdout and the synthetic table are one and the same")
      }
      // Nobody is tested on what was learned: of unseen rows passed off as synthetic one half is learned from, the other
      // judges.
      let order = random.permutation(holdout.rowCount)
      let middle = (holdout.rowCount + 1) / 2
      (made, judges) = (
        tables.synthetic.gathering(order[..<middle].sorted()), holdout.gathering(order[middle...].sorted())
      )
    }
    let (ofMade, ofTest): (Int, Int)
    (made, ofMade) = try Self.rows(of: made, target, "synthetic", mostRows, &random)
    (testTable, ofTest) = try Self.rows(of: judges, target, "holdout", mostRows, &random)
    answered = [ofReal, ofMade, ofTest]
    guard real.schema.columns.count > 1 else {
      throw Inapplicable("there is no column besides '\(target.name)' to learn from")
    }
    design = try FeatureDesign(fittedTo: real, target: target.name)
    self.real = try LearningRows(real, target: target, design: design)
    self.synthetic = try LearningRows(made, target: target, design: design)
    test = try LearningRows(testTable, target: target, design: design)
  }

  private static func rows(
    of table: Table, _ target: LearningTarget, _ name: String, _ most: Int, _ random: inout RandomSource
  ) throws -> (Table, answered: Int) {
    let answered = try target.answered(in: table)
    guard !answered.isEmpty else {
      if case .classes(let classes) = target.task, let column = table[target.name], column.missingCount < column.count {
        let known = classes.prefix(3).map { "'\($0)'" }.joined(separator: ", ") + (classes.count > 3 ? ", …" : "")
        throw Inapplicable(
          "the \(name) table has other classes of the target '\(target.name)' than the real one, which has \(known)")
      }
      throw Inapplicable("the \(name) table has no row with a value of the target '\(target.name)'")
    }
    let drawn = sampledRows(of: answered.count, atMost: most, using: &random)
    return (
      drawn.count == table.rowCount ? table : table.gathering(drawn.map { answered[$0] }), answered.count
    )
  }

  /// How many rows took part, and among how many they were drawn.
  var rowCounts: [String: Double] {
    var details: [String: Double] = [:]
    for ((name, rows), all) in zip([("real", real), ("synthetic", synthetic), ("test", test)], answered) {
      details.addSampling("rows.\(name)", rows.count, of: all)
    }
    return details
  }
}
