import MynahParallelism
import MynahRandomness
import MynahStatistics
import MynahTensors

/// Drawn rows as cells of their columns.
///
/// Rows are drawn in pieces of a fixed size, each with random numbers of its own: so they do not depend on how many threads
/// draw them.
struct LatentDraws {
  private let model: FittedGaussianCopula
  private let box: LatentBox
  private let count: Int
  /// Row after row within a latent.
  private var values: [Float]

  private static let piece = 512

  init(_ model: FittedGaussianCopula, _ box: LatentBox, count: Int, using random: RandomSource) {
    self.model = model
    self.box = box
    self.count = count
    let order = model.correlation.order
    let lower = Tensor(box.cholesky.lower, shape: [order, order])
    values = [Float](unsafeUninitializedCapacity: order * count) { values, initialized in
      initialized = order * count
      guard order > 0, let base = values.baseAddress else { return }
      nonisolated(unsafe) let target = base
      parallelChunks(of: count, size: Self.piece) { rows in
        var own = random.stream(for: UInt64(rows.lowerBound / Self.piece))
        let noise = Self.noise(rows.count, box, using: &own)
        // One latent's rows lie beside each other: L times the noise, which has a column for each row.
        let drawn = matmul(lower, noise, transposingSecond: true)
        drawn.withUnsafeElements(as: Float.self) { drawn in
          for (place, latent) in box.places.enumerated() {
            (target + latent * count + rows.lowerBound).update(
              from: drawn.baseAddress! + place * rows.count, count: rows.count)
          }
        }
      }
    }
  }

  /// A row of independent normal numbers for each drawn row, the first of which are those that keep it in the box.
  private static func noise(_ rows: Int, _ box: LatentBox, using random: inout RandomSource) -> Tensor {
    let order = box.cholesky.order
    return Tensor(shape: [rows, order], of: Float.self) { noise in
      random.fillNormal(noise)
      guard box.isConstrained else { return }
      for row in 0..<rows {
        for (place, value) in box.draw(using: &random).enumerated() { noise[row * order + place] = Float(value) }
      }
    }
  }

  /// The cell of a column in every row; a missing number is the cell after the bins.
  func cells(of column: Int) -> [Int32] {
    let value = model.latents.firstIndex { $0.column == column && $0.role == .value }
    let presence = model.latents.firstIndex { $0.column == column && $0.role == .presence }
    let marginal = model.marginals.columns[column]
    // Without a variable of its own, all rows are alike: of one cell, or all missing.
    var cells = [Int32](repeating: 0, count: count)
    if let value {
      let latent = model.latents[value]
      for row in 0..<count { cells[row] = latent.order[latent.position(of: Double(values[value * count + row]))] }
    }
    if let presence {
      let cut = model.latents[presence].cuts[1]
      let missing = Int32(marginal.cellCounts.count - 1)
      for row in 0..<count where Double(values[presence * count + row]) < cut { cells[row] = missing }
    }
    return cells
  }

  /// Where in its cell each row of a column lies: which share of the cell is below it.
  func places(of column: Int) -> (Int) -> Double {
    guard let index = model.latents.firstIndex(where: { $0.column == column && $0.role == .value }) else {
      return { _ in 0.5 }
    }
    let latent = model.latents[index]
    return { row in
      let z = Double(values[index * count + row])
      let position = latent.position(of: z)
      let (low, high) = (latent.shares[position], latent.shares[position + 1])
      return max(0, min(0x1.fffffffffffffp-1, (StandardNormal.cumulative(z) - low) / (high - low)))
    }
  }
}
