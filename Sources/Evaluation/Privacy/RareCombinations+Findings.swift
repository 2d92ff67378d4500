import MynahRandomness
import MynahTables

extension RareCombinations: RowFindingMetric {
  /// Every row that was looked at and has a rare combination, the narrowest and rarest first.
  public func findings(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> [RowFinding] {
    try findingsIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let (cells, made, _, chosen, _) = looked(tables, using: &random)
      var worst: [Int: Repeated] = [:]
      for set in chosen {
        let (ids, inTrain) = combinations(set, cells, Array(cells.train) + made)
        for (place, id) in ids.dropFirst(cells.train.count).enumerated() where id >= 0 {
          let count = inTrain[Int(id)]
          guard count > 0, count < k else { continue }
          let found = Repeated(columns: set, count: count)
          worst[made[place]] = worst[made[place]].map { min($0, found) } ?? found
        }
      }
      return worst.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { row, found in
        let names = found.columns.map { tables.names[$0] }.joined(separator: ", ")
        return RowFinding(
          row: row - cells.synthetic.lowerBound,
          reason: "\(found.count) training row\(found.count == 1 ? " has" : "s have") these values of \(names)")
      }
    }
  }

  /// A rare combination of a synthetic row.
  private struct Repeated: Comparable {
    let columns: [Int]
    let count: Int

    static func < (a: Repeated, b: Repeated) -> Bool {
      (a.columns.count, a.count) != (b.columns.count, b.count)
        ? (a.columns.count, a.count) < (b.columns.count, b.count) : a.columns.lexicographicallyPrecedes(b.columns)
    }
  }
}
