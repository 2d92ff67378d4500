import MynahClassifiers
import MynahRandomness
import MynahTables

/// What a trial works on: the rows, which of them are positive, and how they are cut.
struct TrialPlan {
  /// Rows of a fold, by number in the table: to learn from, to choose thresholds on, and held out.
  struct Part {
    var learning: [Int]
    var validation: [Int]
    var heldOut: [Int]
  }

  /// Without rows that lack a target.
  let table: Table
  let test: Table?
  let classes: ClassLabels
  let positive: Int
  let leftOut: Int
  let folds: Int
  let repeats: Int
  private let validationShare: Double
  /// By repeat, the fold of each row.
  private let assignments: [[UInt16]]
  /// Streams for every purpose come from it.
  let random: RandomSource

  var isPositive: [Bool] { classes.codes.map { Int($0) == positive } }
  var positiveName: String { classes.names[positive] }
  var foldCount: Int { folds * repeats }

  init(_ trial: BalanceTrial, table: Table, test: Table?, random: RandomSource) throws(TableError) {
    let all = try ClassLabels(of: trial.target, in: table)
    positive = try Self.positive(trial, all)
    try Self.checkRows(all.counts, positive, all.names[positive], folds: trial.folds)
    let complete = all.codes.indices.filter { all.codes[$0] >= 0 }
    leftOut = table.rowCount - complete.count
    self.table = leftOut == 0 ? table : table.gathering(complete)
    classes = try ClassLabels(of: trial.target, in: self.table)
    self.test = try Self.checkedTest(test, trial, table, all.names[positive])
    (folds, repeats, validationShare) = (trial.folds, trial.repeats, trial.validationShare)
    self.random = random
    let (codes, names, folds) = (classes.codes, classes.names, trial.folds)
    assignments = (0..<trial.repeats).map { turn in
      var stream = random.stream(for: "folds").stream(for: UInt64(turn))
      return Self.deal(codes, names.count, folds, &stream)
    }
  }

  /// The rows of fold `number`, 0 ..< `foldCount`. The same for every arm.
  func part(_ number: Int) -> Part {
    let (assignment, fold) = (assignments[number / folds], UInt16(number % folds))
    var training = Array(repeating: [Int](), count: classes.names.count)
    var part = Part(learning: [], validation: [], heldOut: [])
    for row in assignment.indices {
      if assignment[row] == fold { part.heldOut.append(row) } else { training[Int(classes.codes[row])].append(row) }
    }
    var stream = random.stream(for: "validation").stream(for: UInt64(number))
    let counts = training.map(\.count)
    let largestOther = counts.indices.filter { $0 != positive }.max { (counts[$0], -$0) < (counts[$1], -$1) }
    for (code, rows) in training.enumerated() {
      var size = Int((Double(rows.count) * validationShare).rounded())
      // Both sides of a threshold need a row, and so does learning.
      if code == positive || code == largestOther { size = max(1, min(rows.count - 1, size)) }
      let shuffled = rows.shuffled(using: &stream)
      part.validation += shuffled.prefix(size)
      part.learning += shuffled.dropFirst(size)
    }
    part.validation.sort()
    part.learning.sort()
    return part
  }

  /// Each class's rows in random order, dealt to the folds in turn; the next class goes on where the last one ended.
  private static func deal(_ codes: [Int32], _ classCount: Int, _ folds: Int, _ random: inout RandomSource) -> [UInt16]
  {
    var rows = Array(repeating: [Int](), count: classCount)
    for (row, code) in codes.enumerated() { rows[Int(code)].append(row) }
    var assignment = Array(repeating: UInt16(0), count: codes.count)
    var next = 0
    for members in rows {
      for row in members.shuffled(using: &random) {
        assignment[row] = UInt16(next)
        next = (next + 1) % folds
      }
    }
    return assignment
  }
}

extension RandomSource {
  /// The stream of a purpose that is named: of the name's 64-bit FNV-1a hash, so that one arm's numbers do not depend on which
  /// others there are.
  func stream(for purpose: String) -> RandomSource {
    stream(for: purpose.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }
}
