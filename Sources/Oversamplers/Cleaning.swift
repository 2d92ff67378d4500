import MynahRandomness
import MynahTables

/// A method that removes rows by what is near them.
protocol Cleaning: Resampler {
  /// Which rows go, of the classes that may lose any.
  func removals(in problem: BalanceProblem, from removable: Set<Int>) throws(ResamplingError) -> [Bool]
}

extension Cleaning {
  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    try validate()
    let problem = try BalanceProblem(table, request, method: Self.identifier, handling: nil)
    let removable = try removableClasses(problem.classes, request.strategy)
    let isRemoved = try removals(in: problem, from: removable)
    let kept = isRemoved.indices.filter { !isRemoved[$0] }
    try requireRows(of: problem.classes, kept, Self.identifier)
    return ResampledTable(source: table, kept: kept, added: NoRows(like: table), notices: problem.notices)
  }

  /// Removes rows of every class from real and new rows.
  func cleaned(
    _ resampled: ResampledTable, _ request: BalanceRequest, named method: String
  ) throws -> ResampledTable {
    let whole = try resampled.table()
    var request = request
    request.strategy = .all
    let problem = try BalanceProblem(whole, request, method: Self.identifier, handling: nil)
    let isRemoved = try removals(in: problem, from: Set(problem.classes.names.indices))
    let real = resampled.realCount
    try requireRows(of: problem.classes, isRemoved.indices.filter { !isRemoved[$0] }, method)
    return ResampledTable(
      source: resampled.source, kept: (0..<real).filter { !isRemoved[$0] }.map { resampled.kept[$0] },
      added: SelectedRows(
        rows: resampled.added, selection: (real..<whole.rowCount).filter { !isRemoved[$0] }.map { $0 - real },
        method: method),
      notices: resampled.notices)
  }

  private func requireRows(of classes: TargetClasses, _ kept: [Int], _ method: String) throws(ResamplingError) {
    var counts = Array(repeating: 0, count: classes.names.count)
    for row in kept { counts[Int(classes.labels[row])] += 1 }
    if let empty = counts.firstIndex(of: 0) {
      throw ResamplingError(
        "'\(method)' would remove all \(classes.counts[empty]) rows of class '\(classes.names[empty])'; the classes "
          + "overlap too much for it")
    }
  }

  private func removableClasses(
    _ classes: TargetClasses, _ strategy: SamplingStrategy
  ) throws(ResamplingError) -> Set<Int> {
    let all = Set(classes.names.indices)
    switch strategy {
    case .auto, .notMinority: return all.subtracting([classes.minority])
    case .all: return all
    case .notMajority: return all.subtracting([classes.majority])
    case .minority: return [classes.minority]
    case .ratio, .counts:
      throw ResamplingError(
        "'\(Self.identifier)' removes the rows that it finds, not a number of them; leave the ratio and the counts out")
    }
  }
}
