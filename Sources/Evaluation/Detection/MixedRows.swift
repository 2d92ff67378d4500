import MynahClassifiers
import MynahParallelism
import MynahRandomness
import MynahTables

/// Real rows, then synthetic ones, and which fold each is in; every fold has as many of both as the others, or one less.
struct MixedRows {
  let design: FeatureDesign
  let realCount: Int
  let isSynthetic: [Int32]
  private let table: Table
  private let folds: [[Int]]

  /// - Throws: `Inapplicable` where there are too few rows or no values.
  init(_ tables: ComparableTables, folds count: Int, mostRows: Int, using random: inout RandomSource) throws {
    guard (tables.real.columns + tables.synthetic.columns).contains(where: \.hasValues) else {
      throw Inapplicable("no column has values that can be compared")
    }
    let real = tables.real.gathering(sampledRows(of: tables.real.rowCount, atMost: mostRows, using: &random))
    let synthetic = tables.synthetic.gathering(
      sampledRows(of: tables.synthetic.rowCount, atMost: mostRows, using: &random))
    for (rows, name) in [(real.rowCount, "real"), (synthetic.rowCount, "synthetic")] where rows < 2 * count {
      throw Inapplicable("\(count) folds need at least \(2 * count) rows; the \(name) table has \(rows)")
    }
    table = try real.appending(synthetic)
    design = try FeatureDesign(fittedTo: table, target: nil)
    realCount = real.rowCount
    isSynthetic = (0..<table.rowCount).map { $0 < real.rowCount ? 0 : 1 }
    var folds = Array(repeating: [Int](), count: count)
    for (place, row) in random.permutation(real.rowCount).enumerated() { folds[place % count].append(row) }
    for (place, row) in random.permutation(synthetic.rowCount).enumerated() {
      folds[place % count].append(real.rowCount + row)
    }
    self.folds = folds.map { $0.sorted() }
  }

  /// Learns from all folds but one, for each, and asks of that one.
  func tested<C: Classifier>(by classifier: C, using random: RandomSource) throws -> FoldAreas {
    let matrix = try design.matrix(of: table, as: C.form)
    let results = parallelMap(folds.count) { held in
      Result { () throws -> (Double, [Double]) in
        var random = random.stream(for: UInt64(held))
        let learning = folds.indices.filter { $0 != held }.flatMap { folds[$0] }
        let fitted = try classifier.fitted(
          to: matrix.gathering(learning), classes: learning.map { isSynthetic[$0] }, classCount: 2, weights: nil,
          using: &random)
        let scores = try fitted.probabilities(matrix.gathering(folds[held]), of: 1)
        let ranked = RankedScores(scores: scores, isPositive: folds[held].map { isSynthetic[$0] == 1 })
        return (ranked.curve().rocAUC, try (fitted as? FittedBoostedTrees)?.totalGains() ?? [])
      }
    }
    return FoldAreas(try results.map { try $0.get() })
  }
}

/// Areas under the curve by fold.
struct FoldAreas {
  let mean: Double
  let deviation: Double
  /// Of trees: each feature's, summed over the folds.
  let gains: [Double]

  init(_ folds: [(area: Double, gains: [Double])]) {
    let mean = folds.reduce(0) { $0 + $1.area } / Double(folds.count)
    self.mean = mean
    deviation = (folds.reduce(0) { $0 + ($1.area - mean) * ($1.area - mean) } / Double(folds.count)).squareRoot()
    var gains = folds.first?.gains ?? []
    for fold in folds.dropFirst() { for column in gains.indices { gains[column] += fold.gains[column] } }
    self.gains = gains
  }

  func details(_ name: String) -> [String: Double] { ["\(name).auc": mean, "\(name).auc.deviation": deviation] }
}
