import MynahClassifiers
import MynahRandomness
import MynahTables

/// The test rows of each group of people.
struct SensitiveGroups {
  /// In the order of the column's levels.
  let rows: [(name: String, rows: [Int])]

  /// - Throws: `Inapplicable` unless there are two groups at least; `TableError` for an absent column.
  init(_ name: String, in test: Table, leastRows: Int) throws {
    guard let column = test[name] else {
      let hint = test.schema.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
      throw TableError("there is no column '\(name)'\(hint)")
    }
    if case .categorical = column {
    } else {
      guard case .integer = column else { throw Inapplicable("the sensitive column '\(name)' has no levels") }
    }
    let classes = try ClassLabels(of: name, in: test)
    var members = Array(repeating: [Int](), count: classes.names.count)
    for (row, code) in classes.codes.enumerated() where members.indices.contains(Int(code)) {
      members[Int(code)].append(row)
    }
    rows = zip(classes.names, members).filter { $1.count >= max(1, leastRows) }.map { ($0, $1) }
    guard rows.count >= 2 else {
      throw Inapplicable(
        "the sensitive column '\(name)' has \(rows.count == 1 ? "one group" : "no group") of \(leastRows) test rows or more"
      )
    }
  }

  struct Treatment {
    var equalisedOdds: Double
    var details: [String: Double]
  }

  /// How boosted trees that learned from `rows` treat each group.
  func treatment(
    _ trial: LearningTrial, learning source: LearningRows, positive: Int, using random: inout RandomSource
  ) throws -> Treatment {
    guard case .classes(let names) = trial.target.task else { throw Inapplicable("the target is a quantity") }
    let model = try ClassModel(BoostedTrees.judge, learning: source, classCount: names.count, using: &random)
    let probabilities = try model.probabilities(of: trial.test)
    let called = TestFigures.likeliest(probabilities, classCount: names.count)
    var details: [String: Double] = [:]
    var (selected, trues, falses): ([Double], [Double], [Double]) = ([], [], [])
    for (name, members) in rows {
      let isPositive = members.map { Int(trial.test.codes[$0]) == positive }
      let isCalled = members.map { called[$0] == positive }
      let share = Double(isCalled.count { $0 }) / Double(members.count)
      selected.append(share)
      details["positive.\(name)"] = share
      let positives = isPositive.count { $0 }
      let caught = members.indices.count { isPositive[$0] && isCalled[$0] }
      if positives > 0 { trues.append(Double(caught) / Double(positives)) }
      guard positives < members.count else { continue }
      let wrong = members.indices.count { !isPositive[$0] && isCalled[$0] }
      falses.append(Double(wrong) / Double(members.count - positives))
      guard positives > 0 else { continue }
      let scores = members.map { probabilities[$0 * names.count + positive] }
      details["auc.\(name)"] = RankedScores(scores: scores, isPositive: isPositive).curve().rocAUC
    }
    let odds = max(Self.spread(trues), Self.spread(falses))
    details["demographic-parity"] = Self.spread(selected)
    details["equalised-odds"] = odds
    return Treatment(equalisedOdds: odds, details: details)
  }

  private static func spread(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
}
