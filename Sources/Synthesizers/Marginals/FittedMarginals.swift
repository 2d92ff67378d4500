import MynahParallelism
import MynahRandomness
import MynahTables

/// The distributions of a table's columns, each by itself.
public struct FittedMarginals: FittedSynthesizer {
  public static let identifier = Marginals.identifier
  let settings: Marginals
  let marginals: TableMarginals

  public var schema: Schema { marginals.schema }
  /// The hyperparameters it was fitted with.
  public var hyperparameters: Marginals { settings }

  init(settings: Marginals, marginals: TableMarginals) {
    self.settings = settings
    self.marginals = marginals
  }

  /// New rows. A column with a condition holds nothing else; the others do not depend on it.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, or a value out of the column's range.
  public func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let plan = try ConditionPlan(request.conditions, schema: schema, domains: marginals.domains)
    let rows = try request.rowNumbers
    let sources = marginals.columns.map { _ in random.split() }
    let outcomes = parallelMap(marginals.columns.count) { index -> Result<Column, any Error> in
      let marginal = marginals.columns[index]
      if let test = plan.test(of: index) { return .success(marginal.column(of: test, count: request.count)) }
      var own = sources[index]
      let draw = CellDraw(marginal.cellCounts, isStratified: settings.isStratified, count: request.count, own)
      return Result {
        try marginal.column(rows: rows, using: &own, cells: { draw.cells }, places: { draw.places[$0] })
      }
    }
    return try Table(schema: schema, columns: outcomes.map { try $0.get() })
  }

  public func write(to archive: inout ModelArchive) throws {
    try archive.encode(settings, as: "hyperparameters")
    try marginals.write(to: &archive)
  }

  /// - Throws: `SynthesisError` when something is absent or does not fit.
  public init(from archive: ModelArchive) throws {
    settings = try archive.decodeHyperparameters(Marginals.self)
    marginals = try TableMarginals(from: archive)
  }
}

/// A column's drawn cells, and where in its cell each row lies.
private struct CellDraw {
  private(set) var cells: [Int32]
  private(set) var places: [Double]

  /// Rows that are cut into strata together.
  private static let block = 65_536

  init(_ counts: [Int64], isStratified: Bool, count: Int, _ random: RandomSource) {
    cells = Array(repeating: 0, count: counts.isEmpty ? 0 : count)
    places = Array(repeating: 0, count: cells.count)
    guard !counts.isEmpty else { return }
    let sums = CellSums(counts).sums
    let total = Double(sums[sums.count - 1])
    for start in stride(from: 0, to: count, by: Self.block) {
      var own = random.stream(for: UInt64(start / Self.block))
      let rows = min(Self.block, count - start)
      let order = isStratified ? own.permutation(rows) : []
      var cell = 0
      for index in 0..<rows {
        let uniform = isStratified ? (Double(index) + own.uniform()) / Double(rows) : own.uniform()
        let target = uniform * total
        if isStratified {
          while cell + 1 < counts.count, Double(sums[cell + 1]) <= target { cell += 1 }
        } else {
          cell = Self.cell(at: target, sums)
        }
        let row = start + (isStratified ? order[index] : index)
        cells[row] = Int32(cell)
        places[row] = min(0x1.fffffffffffffp-1, max(0, (target - Double(sums[cell])) / Double(counts[cell])))
      }
    }
  }

  private static func cell(at target: Double, _ sums: [Int64]) -> Int {
    var (low, high) = (0, sums.count - 2)
    while low < high {
      let middle = (low + high) / 2
      if Double(sums[middle + 1]) > target { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension SamplingRequest {
  /// The numbers of its rows in the whole sampled table.
  ///
  /// - Throws: `SynthesisError` where they are none.
  var rowNumbers: Range<Int> {
    get throws {
      let (end, overflows) = firstRow.addingReportingOverflow(count)
      guard count >= 0, firstRow >= 0, !overflows else {
        throw SynthesisError("\(count) rows from number \(firstRow) on cannot be made")
      }
      return firstRow..<end
    }
  }
}
