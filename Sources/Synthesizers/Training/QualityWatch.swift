import MynahEvaluation
import MynahRandomness
import MynahTables

/// Scores models in training against rows held out, and tells when they collapse.
struct QualityWatch {
  private let heldOut: Table
  private let random: RandomSource
  private let duplicatesHeldOut: Double
  /// Whether a column of one level only is a collapse.
  private let watchesLevels: Bool

  /// Rows sampled for a score, at least: of a small held-out part, more rows than it has, so that at least the sample's
  /// share of the noise is small.
  private static let rows = 2_000

  init(heldOut: Table, random: RandomSource, watchesLevels: Bool) {
    self.watchesLevels = watchesLevels
    self.heldOut = heldOut
    self.random = random
    duplicatesHeldOut = shareOfDuplicates(heldOut)
  }

  /// Shape and trend of rows from `model`, every time with the same random numbers; nil where no column can be scored.
  ///
  /// - Returns: The scores, `isBest` being false, and what looks like a collapse.
  func score(_ model: some FittedSynthesizer) throws -> (quality: TrainingQuality?, collapse: TrainingDiverged.Cause?) {
    var own = random
    let rows = try model.sample(SamplingRequest(max(Self.rows, heldOut.rowCount)), using: &own)
    let report = try QualityReport(comparing: rows, with: heldOut)
    let quality = report.shape.map { TrainingQuality(shape: $0, trend: report.trend, isBest: false) }
    return (quality, collapse(of: rows))
  }

  private func collapse(of rows: Table) -> TrainingDiverged.Cause? {
    for (index, described) in heldOut.schema.columns.enumerated() where watchesLevels && described.isDiscrete {
      // A column that is nearly constant can look constant by chance.
      guard shareOfCommonest(heldOut.columns[index]) < 0.95, shareOfCommonest(rows.columns[index]) == 1 else {
        continue
      }
      return .collapsed(column: described.name)
    }
    let share = shareOfDuplicates(rows)
    if share > 0.5, duplicatesHeldOut < 0.1 { return .duplicates(share: share, real: duplicatesHeldOut) }
    return nil
  }
}

/// The share of rows that the most frequent level holds, missing being a level; 0 for other columns and none.
private func shareOfCommonest(_ column: Column) -> Double {
  guard case .categorical(let codes, let levels, _) = column, !codes.isEmpty else { return 0 }
  var counts = [Int](repeating: 0, count: levels.count + 1)
  for (row, code) in codes.enumerated() {
    let level = column.isMissing(row) || !levels.indices.contains(Int(code)) ? levels.count : Int(code)
    counts[level] += 1
  }
  return Double(counts.max() ?? 0) / Double(codes.count)
}

/// The share of rows that equal an earlier row in every column but identifiers. Rows are compared by 64-bit hashes.
private func shareOfDuplicates(_ table: Table) -> Double {
  guard table.rowCount > 0 else { return 0 }
  var hashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: table.rowCount)
  for (described, column) in zip(table.schema.columns, table.columns) where described.kind != .identifier {
    for row in hashes.indices {
      let bits: UInt64 =
        switch column {
        case _ where column.isMissing(row): 0x5851_F42D_4C95_7F2D
        case .continuous(let values, _): values[row].bitPattern
        case .integer(let values, _), .timestamp(let values, _): UInt64(bitPattern: values[row])
        case .categorical(let codes, _, _): UInt64(truncatingIfNeeded: codes[row])
        }
      // The finalizer of SplitMix64.
      var mixed = (hashes[row] ^ bits) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      hashes[row] = mixed ^ (mixed >> 31)
    }
  }
  hashes.sort()
  let repeated = zip(hashes, hashes.dropFirst()).count { $0 == $1 }
  return Double(repeated) / Double(table.rowCount)
}
