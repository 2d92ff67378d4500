import MynahParallelism
import MynahTables
import MynahTensors

/// Sums over a table's rows of the products of its latent variables' scores, and of their presence: a missing number has
/// the score 0 and the presence 0. Rows are scored a block at a time, so that no copy of the table is made.
struct ScoreMoments {
  private let readers: [CellReader?]
  private let latents: [Latent]
  /// By latent and cell.
  private let scores: [[Double]]
  private let rowCount: Int

  private static let block = 4_096

  init(_ table: Table, _ marginals: TableMarginals, _ latents: [Latent]) {
    readers = zip(table.columns, marginals.columns).map { CellReader($0, $1) }
    self.latents = latents
    scores = latents.map(\.scores)
    rowCount = table.rowCount
  }

  /// The covariance of two latents' scores over the rows where both are present, by pair: row-major, of the order of
  /// `latents.count`. Nil stands for pairs of which fewer than two rows have both.
  func covariances() -> [Double?] {
    let count = latents.count
    // Scores, then the presence of those that can be missing, then ones.
    let partial = latents.indices.filter { isPartial(latents[$0]) }
    let width = count + partial.count + 1
    var sums = Tensor.zeros([width, width], scalarType: .float64)
    forEachBlock { rows, cells in
      let block = Tensor(shape: [rows.count, width], of: Double.self) { output in
        fill(output, width: width, rows: rows.count, cells: cells, partial: partial)
      }
      sums = sums + matmul(block, block, transposingFirst: true)
    }
    let totals = sums.scalars
    func presence(_ latent: Int) -> Int { partial.firstIndex(of: latent).map { count + $0 } ?? width - 1 }
    return (0..<count * count).map { place in
      let (i, j) = (place / count, place % count)
      let (pi, pj) = (presence(i), presence(j))
      let both = totals[pi * width + pj]
      guard both >= 2 else { return nil }
      return totals[i * width + j] / both - totals[i * width + pj] / both * totals[j * width + pi] / both
    }
  }

  /// For each of the given discrete columns' latents, the mean score of every latent among the rows of each cell: row-major,
  /// cells × latents.
  func means(byCellOf discrete: [Int]) -> [[Double]] {
    let count = latents.count
    let sums = discrete.map {
      UnsafeMutableBufferPointer<Double>.allocate(capacity: latents[$0].cellCount * (count + 1))
    }
    defer { for buffer in sums { buffer.deallocate() } }
    for buffer in sums { buffer.initialize(repeating: 0) }
    var block = [Double](repeating: 0, count: Self.block * count)
    forEachBlock { rows, cells in
      block.withUnsafeMutableBufferPointer { fill($0, width: count, rows: rows.count, cells: cells, partial: nil) }
      block.withUnsafeBufferPointer { block in
        parallelFor(discrete.count) { index in
          let own = cells + latents[discrete[index]].column * Self.block
          // The last number of a cell's row counts its rows.
          for row in 0..<rows.count {
            let target = sums[index].baseAddress! + Int(own[row]) * (count + 1)
            for k in 0..<count { target[k] += block[row * count + k] }
            target[count] += 1
          }
        }
      }
    }
    return sums.map { sums in
      (0..<sums.count / (count + 1)).flatMap { cell in
        (0..<count).map { sums[cell * (count + 1) + $0] / max(1, sums[cell * (count + 1) + count]) }
      }
    }
  }

  /// Whether some rows have no value of it.
  private func isPartial(_ latent: Latent) -> Bool {
    latent.role == .value && latents.contains { $0.column == latent.column && $0.role == .presence }
  }

  private func score(_ index: Int, _ latent: Latent, _ cell: Int32) -> Double {
    switch latent.role {
    case .value: cell < 0 ? 0 : scores[index][Int(cell)]
    case .presence: scores[index][cell < 0 ? 0 : 1]
    }
  }

  private func fill(
    _ output: UnsafeMutableBufferPointer<Double>, width: Int, rows: Int, cells: UnsafePointer<Int32>, partial: [Int]?
  ) {
    for (index, latent) in latents.enumerated() {
      let own = cells + latent.column * Self.block
      for row in 0..<rows { output[row * width + index] = score(index, latent, own[row]) }
    }
    guard let partial else { return }
    for (place, index) in partial.enumerated() {
      let own = cells + latents[index].column * Self.block
      for row in 0..<rows { output[row * width + latents.count + place] = own[row] < 0 ? 0 : 1 }
    }
    for row in 0..<rows { output[row * width + width - 1] = 1 }
  }

  /// Calls `body` with the cells of each block of rows, column by column, `block` numbers apart.
  private func forEachBlock(_ body: (Range<Int>, UnsafePointer<Int32>) -> Void) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, readers.count * Self.block)) { cells in
      guard let base = cells.baseAddress else { return }
      cells.initialize(repeating: 0)
      for start in stride(from: 0, to: rowCount, by: Self.block) {
        let rows = start..<min(rowCount, start + Self.block)
        nonisolated(unsafe) let target = base
        parallelFor(readers.count) { column in readers[column]?.read(rows, into: target + column * Self.block) }
        body(rows, UnsafePointer(base))
      }
    }
  }
}
