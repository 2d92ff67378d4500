import MynahStatistics
import MynahTables
import Synchronization

/// A table, its classes and its features: what every method starts from.
struct BalanceProblem: Sendable {
  let table: Table
  let request: BalanceRequest
  let classes: TargetClasses
  let roles: FeatureRoles
  /// Categories that count in distances; none where a method leaves them out.
  let countedCategories: [Int]
  /// By number that counts in distances what it is multiplied by there.
  private let scales: [Double]
  /// Whether there are categories that are voted on.
  let votes: Bool
  let noticeLog = NoticeLog()

  /// - Parameter handling: nil for methods that take every column as it is.
  init(
    _ table: Table, _ request: BalanceRequest, method: String, handling: CategoricalHandling?
  ) throws(ResamplingError) {
    self.table = table
    self.request = request
    classes = try TargetClasses(table, target: request.target, bins: request.bins)
    roles = try FeatureRoles(table, request, classes: classes)
    for notice in roles.notices { noticeLog.add(notice) }
    votes = handling != .refuse && handling != .base && !roles.categories.isEmpty
    countedCategories = handling == .base ? [] : roles.categories
    scales = Self.scales(table, roles.numbers)
    if classes.isBinned { noticeLog.add(Self.described(classes, table)) }
    if let handling { try requireNumbers(method, handling) }
  }

  /// Numbers count in their own units. Times do not: seconds would outweigh everything else, so that they are scaled to the
  /// median spread of the numbers, or to 1 where there are none.
  private static func scales(_ table: Table, _ columns: [Int]) -> [Double] {
    let all = Array(0..<table.rowCount)
    func isTime(_ column: Int) -> Bool { table.schema.columns[column].kind == .datetime }
    guard columns.contains(where: isTime) else { return columns.map { _ in 1 } }
    let spreads = columns.filter { !isTime($0) }.map { table.columns[$0].populationDeviation(all) }.sorted()
    let median = spreads.isEmpty ? 1 : spreads[spreads.count / 2]
    return columns.map { column in
      guard isTime(column) else { return 1 }
      let own = table.columns[column].populationDeviation(all)
      return own > 0 && median > 0 ? median / own : 0
    }
  }

  /// The bins that a target was cut into, for a user who wants to name them.
  private static func described(_ classes: TargetClasses, _ table: Table) -> String {
    let target = table.columns[classes.columnIndex]
    let bins = zip(classes.names, classes.rows).prefix(20).map { name, rows in
      let range = target.gathering(rows).range
      return "\(name): \(rows.count) rows from \(range?.lowerBound ?? 0) to \(range?.upperBound ?? 0)"
    }
    return "bins of '\(classes.columnName)': \(bins.joined(separator: "; "))"
      + (classes.names.count > 20 ? "; and \(classes.names.count - 20) more" : "")
  }

  /// What a user should know.
  var notices: [String] { noticeLog.notices }

  private func requireNumbers(_ method: String, _ handling: CategoricalHandling) throws(ResamplingError) {
    if handling == .refuse, let first = roles.categories.first {
      let name = table.schema.columns[first].name
      let others = roles.categories.count == 1 ? "" : " (and \(roles.categories.count - 1) more)"
      throw ResamplingError(
        "column '\(name)'\(others) is categorical, and '\(method)' interpolates numbers: use smote-nc, or set categorical "
          + "to vote (as smote-nc does) or base (taken from the row that a new one starts from)")
    }
    guard !roles.numbers.isEmpty else {
      throw ResamplingError(
        "there is no numeric column for '\(method)' to interpolate; use smoten for categories, or random")
    }
  }

  /// How many rows classes gain.
  func additions() throws(ResamplingError) -> [(classIndex: Int, count: Int)] {
    try SamplingPlan.additions(to: classes, request.strategy).additions(to: classes)
  }

  /// Looks at the smallest class that gains rows, so that what the message proposes works for all of them.
  ///
  /// - Throws: `ResamplingError` where a class has too few rows for `k` neighbours each.
  func requireNeighbors(_ k: Int) throws(ResamplingError) {
    let growing = try additions().map(\.classIndex)
    let smallest = growing.min { (classes.counts[$0], $0) < (classes.counts[$1], $1) }
    guard let classIndex = smallest, classes.counts[classIndex] <= k else { return }
    let count = classes.counts[classIndex]
    let name = classes.names[classIndex]
    let rows = count == 1 ? "1 row" : "\(count) rows"
    throw ResamplingError(
      count < 2
        ? "class '\(name)' has \(rows), and a row without another of its class has no neighbours; use random, or leave the "
          + "class out by --counts"
        : "class '\(name)' has \(rows), too few for \(k) neighbours; --neighbours \(count - 1) would work",
      hyperparameter: "kNeighbors")
  }

  /// The features of some rows.
  ///
  /// - Parameter classIndex: by whose numbers a mismatch of categories is weighed; nil for those of all rows.
  func points(_ rows: [Int], weighedBy classIndex: Int?) -> MixedPoints {
    let numbers = numbers(rows)
    let weight = countedCategories.isEmpty ? 0 : mismatchWeight(of: classIndex)
    return MixedPoints(
      count: rows.count, dimensions: roles.numbers.count, numbers: numbers,
      categories: countedCategories.map { column in
        CategoricalFeature(codes: codes(column, rows), .mismatch(weight: weight))
      })
  }

  /// Row-major; NaN where a value is missing.
  func numbers(_ rows: [Int]) -> [Double] {
    let d = roles.numbers.count
    return [Double](unsafeUninitializedCapacity: rows.count * d) { buffer, initialized in
      let buffer = buffer
      for (place, column) in roles.numbers.enumerated() {
        let scale = scales[place]
        table.columns[column].forEachNumber(rows) { buffer.initializeElement(at: $0 * d + place, to: $1 * scale) }
      }
      initialized = rows.count * d
    }
  }

  /// The numbers of all rows, a missing one being the column's mean.
  func imputedNumbers() -> [Double] {
    var numbers = numbers(Array(0..<table.rowCount))
    let d = roles.numbers.count
    for j in 0..<d {
      var (sum, present) = (0.0, 0.0)
      for place in stride(from: j, to: numbers.count, by: d) where !numbers[place].isNaN {
        (sum, present) = (sum + numbers[place], present + 1)
      }
      let mean = present > 0 ? sum / present : 0
      for place in stride(from: j, to: numbers.count, by: d) where numbers[place].isNaN { numbers[place] = mean }
    }
    return numbers
  }

  func codes(_ column: Int, _ rows: [Int]) -> [Int32] {
    guard case .categorical(let codes, _, let validity) = table.columns[column] else { return [] }
    return rows.map { validity?[$0] ?? true ? codes[$0] : -1 }
  }

  /// What SMOTE-NC adds to a squared distance for each category that differs: the square of the median, over numbers, of
  /// the population standard deviations in the
  /// class; 2 where that is 0, the squared distance of two one-hot codes.
  func mismatchWeight(of classIndex: Int?) -> Double {
    let rows = classIndex.map { classes.rows[$0] } ?? Array(0..<table.rowCount)
    let deviations = zip(roles.numbers, scales).map { table.columns[$0].populationDeviation(rows) * $1 }.sorted()
    guard !deviations.isEmpty else { return 1 }
    let middle = deviations.count / 2
    let median =
      deviations.count % 2 == 1 ? deviations[middle] : (deviations[middle - 1] + deviations[middle]) / 2
    // imbalanced-learn then leaves categories out of the search.
    return median == 0 ? (request.followsReference ? 0 : 2) : median * median
  }
}

/// Lines for the user, each once, in the order in which they came up.
final class NoticeLog: Sendable {
  private let lines = Mutex<[String]>([])

  var notices: [String] { lines.withLock { $0 } }

  func add(_ line: String) { lines.withLock { if !$0.contains(line) { $0.append(line) } } }
}

extension Column {
  /// Calls `body` with each row's place and number; NaN where it is missing.
  func forEachNumber(_ rows: [Int], _ body: (Int, Double) -> Void) {
    switch self {
    case .continuous(let values, let validity):
      for (place, row) in rows.enumerated() { body(place, validity?[row] ?? true ? values[row] : .nan) }
    case .integer(let values, let validity), .timestamp(let values, let validity):
      for (place, row) in rows.enumerated() { body(place, validity?[row] ?? true ? Double(values[row]) : .nan) }
    case .categorical:
      for place in rows.indices { body(place, .nan) }
    }
  }

  /// √(Σ (x − mean)² / n) over the rows that have a number.
  func populationDeviation(_ rows: [Int]) -> Double {
    var (sum, count) = (0.0, 0.0)
    forEachNumber(rows) { if !$1.isNaN { (sum, count) = (sum + $1, count + 1) } }
    guard count > 0 else { return 0 }
    let mean = sum / count
    var squares = 0.0
    forEachNumber(rows) { if !$1.isNaN { squares += ($1 - mean) * ($1 - mean) } }
    return (squares / count).squareRoot()
  }
}
