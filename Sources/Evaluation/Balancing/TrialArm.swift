import MynahClassifiers
import MynahRandomness
import MynahTables

/// One way to prepare a training table.
struct TrialArm {
  static let imbalancedName = "imbalanced"
  static let weightsName = "class-weights"
  static let randomName = "random"

  enum Kind {
    case imbalanced, classWeights
    case random
    case method(BalanceTrial.Method)
  }

  let name: String
  let kind: Kind

  /// The baselines, then the methods.
  static func all(for methods: [BalanceTrial.Method]) -> [TrialArm] {
    var arms = [TrialArm(name: imbalancedName, kind: .imbalanced), TrialArm(name: weightsName, kind: .classWeights)]
    if !methods.contains(where: { $0.name == randomName }) { arms.append(TrialArm(name: randomName, kind: .random)) }
    return arms + methods.map { TrialArm(name: $0.name, kind: .method($0)) }
  }

  /// Whether it changes the rows.
  var resamples: Bool {
    switch kind {
    case .imbalanced, .classWeights: false
    case .random, .method: true
    }
  }

  var isMethod: Bool { if case .method(let method) = kind { !method.isBaseline } else { false } }

  /// The rows to learn from. The first `realCount` are real.
  func prepared(_ table: Table, target: String, using random: inout RandomSource) throws -> (
    table: Table, realCount: Int
  ) {
    switch kind {
    case .imbalanced, .classWeights: (table, table.rowCount)
    case .random: (try Self.randomlyOversampled(table, target, &random), table.rowCount)
    case .method(let method): try Self.checked(try method.balance(table, &random))
    }
  }

  private static func checked(_ result: (table: Table, realCount: Int)) throws -> (table: Table, realCount: Int) {
    guard (0...result.table.rowCount).contains(result.realCount) else {
      throw ClassifierError("it gave \(result.table.rowCount) rows and called \(result.realCount) of them real")
    }
    return result
  }

  /// The table, then for each class but the largest as many of its rows, drawn with replacement, as it lacks.
  private static func randomlyOversampled(_ table: Table, _ target: String, _ random: inout RandomSource) throws
    -> Table
  {
    let classes = try ClassLabels(of: target, in: table)
    var rows = Array(repeating: [Int](), count: classes.names.count)
    for (row, code) in classes.codes.enumerated() where code >= 0 { rows[Int(code)].append(row) }
    let largest = rows.map(\.count).max() ?? 0
    var order = Array(0..<table.rowCount)
    for members in rows where !members.isEmpty {
      for _ in members.count..<largest { order.append(members[random.index(below: members.count)]) }
    }
    return table.gathering(order)
  }
}
