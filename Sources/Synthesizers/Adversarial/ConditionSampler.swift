import MynahEncoders
import MynahRandomness
import MynahTensors

/// Training by sampling (Xu et al. 2019): a discrete column is drawn uniformly, one of its levels by the logarithm of its
/// frequency, and a real row uniformly among those that have it. So rare levels are seen often.
struct ConditionSampler: Sendable {
  /// One drawn condition per row.
  struct Batch: Sendable {
    /// Index into the space's columns.
    var columns: [Int]
    /// The level within the column.
    var levels: [Int32]
    /// The bit in the condition vector: the right column's offset plus the level.
    var codes: [Int32]

    func permuted(_ order: [Int]) -> Batch {
      Batch(columns: order.map { columns[$0] }, levels: order.map { levels[$0] }, codes: order.map { codes[$0] })
    }
  }

  let columns: [ConditionSpace.Column]
  /// Running sums over each column's levels of log(1 + frequency), of the frequency itself, and of 1 for each level that
  /// occurs.
  private let logarithmic: [[Double]]
  private let proportional: [[Double]]
  private let uniform: [[Double]]

  /// - Parameter counts: rows by level, for each column of the space.
  init(_ space: ConditionSpace, counts: [[Int]]) {
    func runningSums(_ weights: [Double]) -> [Double] {
      var total = 0.0
      return weights.map {
        total += $0; return total
      }
    }
    columns = space.columns
    logarithmic = counts.map { runningSums($0.map { Double($0 + 1).logarithm }) }
    proportional = counts.map { runningSums($0.map(Double.init)) }
    uniform = counts.map { runningSums($0.map { $0 > 0 ? 1 : 0 }) }
  }

  func draw(_ count: Int, by frequencies: Conditioning.Frequencies, using random: inout RandomSource) -> Batch {
    var batch = Batch(columns: [], levels: [], codes: [])
    guard !columns.isEmpty else { return batch }
    let tables =
      switch frequencies {
      case .real: proportional
      case .logarithmic: logarithmic
      case .uniform: uniform
      }
    for _ in 0..<count {
      let column = random.index(below: columns.count)
      let level = random.index(cumulative: tables[column])
      batch.columns.append(column)
      batch.levels.append(Int32(level))
      batch.codes.append(Int32(columns[column].conditionOffset + level))
    }
    return batch
  }

  /// A row for each condition, uniform among the rows that meet it; uniform among all where there are no conditions.
  static func rows(
    meeting batch: Batch, count: Int, of rowCount: Int, _ indexes: [RowIndex], using random: inout RandomSource
  ) -> [Int32] {
    guard !batch.columns.isEmpty else { return (0..<count).map { _ in Int32(random.index(below: rowCount)) } }
    return zip(batch.columns, batch.levels).map { column, level in
      let index = indexes[column]
      let first = Int(index.starts[Int(level)])
      return index.rows[first + random.index(below: index.count(of: Int(level)))]
    }
  }
}
