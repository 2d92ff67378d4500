import CKernels
import COpenBLAS
import MynahParallelism

/// Exact search among all points by blocked matrix products.
///
/// ‖a − b‖² = ‖a‖² + ‖b‖² − 2 a·b gives the distances of a block of queries to a tile of points by one product in single
/// precision; categories, and numbers that some points lack, are added one by one. That is too coarse to rank neighbours, but
/// its error is bounded: only points whose distance could, by that bound, be among the k least are measured again, in double
/// precision. So the result is exact, and nearly all of the work is in single precision.
struct ProductSearch: Sendable {
  private let points: MixedPoints
  private let frame: ProductFrame
  private let singles: SingleFeatures
  /// Row-major.
  private let scaled: [Float]
  private let norms: [Float]

  static let tile = 256

  /// Nil where the numbers are beyond what can be scaled.
  init?(_ points: MixedPoints) {
    guard let frame = ProductFrame(points) else { return nil }
    self.points = points
    self.frame = frame
    singles = SingleFeatures(points, frame: frame)
    scaled = frame.scaled(points, rows: 0..<points.count)
    norms = frame.shrunkNorms(points, scaled, rows: 0..<points.count).map { Float($0).nextDown }
  }

  /// Nil where a query lies so far outside that single precision cannot hold it, or lacks what all points have.
  func neighbors(of queries: Queries, k: Int) -> Neighbors? {
    let d = points.dimensions
    if !queries.excludesSelf {
      for row in queries.rows {
        for column in 0..<d {
          let value = abs((queries.points.numbers[row * d + column] - frame.center[column]) * frame.scale)
          // Far below the limit that `select` puts to a squared distance, 1e30.
          guard value < 1e13 || (value.isNaN && frame.gappy.contains(column)) else { return nil }
        }
      }
    }
    return queries.searched(k: k) { block, store in
      let scratch = Scratch(rows: block.count)
      search(block, queries, k: k, scratch, store)
    }
  }

  /// Memory of one block of queries.
  private final class Scratch {
    let dots: UnsafeMutablePointer<Float>
    let penalties: UnsafeMutablePointer<Float>
    let absent: UnsafeMutablePointer<Float>
    let selected: UnsafeMutablePointer<UInt32>
    let counts = SingleFeatures.Counts(tile: ProductSearch.tile)

    init(rows: Int) {
      dots = .allocate(capacity: rows * ProductSearch.tile)
      dots.initialize(repeating: 0, count: rows * ProductSearch.tile)
      penalties = .allocate(capacity: ProductSearch.tile)
      absent = .allocate(capacity: ProductSearch.tile)
      selected = .allocate(capacity: ProductSearch.tile)
      penalties.initialize(repeating: 0, count: ProductSearch.tile)
      absent.initialize(repeating: 0, count: ProductSearch.tile)
      selected.initialize(repeating: 0, count: ProductSearch.tile)
    }

    deinit {
      dots.deallocate()
      penalties.deallocate()
      absent.deallocate()
      selected.deallocate()
    }
  }

  private func search(
    _ block: Range<Int>, _ queries: Queries, k: Int, _ scratch: Scratch, _ store: (Int, NearestList) -> Void
  ) {
    let rows = queries.rows[block]
    let own = frame.scaled(queries.points, rows: rows)
    let ownNorms = frame.shrunkNorms(queries.points, own, rows: rows)
    var lists = Array(repeating: NearestList(k: k), count: rows.count)
    for start in stride(from: 0, to: points.count, by: Self.tile) {
      let tile = start..<min(points.count, start + Self.tile)
      if !frame.complete.isEmpty { multiply(own, count: rows.count, tile: tile, into: scratch.dots) }
      for (place, row) in rows.enumerated() {
        // Nothing is nearer than 0, and later points lose ties.
        if lists[place].worst == 0 { continue }
        let count = select(
          tile, row, queries.points, worst: lists[place].worst, ownNorm: ownNorms[place],
          dots: scratch.dots + place * Self.tile, scratch)
        let excluded = Int(queries.excluded(block.lowerBound + place))
        for chosen in 0..<count {
          let index = start + Int(scratch.selected[chosen])
          if index == excluded { continue }
          lists[place].insert(points.squaredDistance(index, to: queries.points, row), Int32(index))
        }
      }
    }
    for (place, list) in lists.enumerated() { store(block.lowerBound + place, list) }
  }

  /// Points of a tile that could be nearer to a query than `worst`, a squared distance.
  private func select(
    _ tile: Range<Int>, _ row: Int, _ other: MixedPoints, worst: Double, ownNorm: Double,
    dots: UnsafeMutablePointer<Float>, _ scratch: Scratch
  ) -> Int {
    // Where all features are shared; each one that is not lowers it by its share.
    let reach = min(worst * frame.scale * frame.scale, 1e30)
    let limit = reach - ownNorm
    let lifted = Float(limit + (abs(limit) + reach) * 1e-6 + 1e-30)
    return norms.withUnsafeBufferPointer { norms in
      guard let norms = norms.baseAddress.map({ $0 + tile.lowerBound }) else { return 0 }
      if singles.isEmpty { return mynah_select_below(dots, norms, nil, tile.count, lifted, scratch.selected) }
      scratch.penalties.update(repeating: 0, count: tile.count)
      let hasMissing = points.hasMissing || other.hasMissing
      if hasMissing {
        scratch.absent.update(repeating: Float(singles.absent(row, of: other)), count: tile.count)
      }
      singles.add(row, of: other, tile: tile, to: scratch.penalties, absent: scratch.absent, scratch.counts)
      guard hasMissing else {
        return mynah_select_below(dots, norms, scratch.penalties, tile.count, lifted, scratch.selected)
      }
      let step = Float(reach / Double(points.featureCount) * (1 - 1e-6))
      return mynah_select_shared(
        dots, norms, scratch.penalties, scratch.absent, tile.count, lifted, step, scratch.selected)
    }
  }

  /// dots[i * tile + j] = own row i · point j of the tile.
  private func multiply(_ own: [Float], count: Int, tile: Range<Int>, into dots: UnsafeMutablePointer<Float>) {
    let width = frame.complete.count
    own.withUnsafeBufferPointer { own in
      scaled.withUnsafeBufferPointer { scaled in
        guard let a = own.baseAddress, let b = scaled.baseAddress.map({ $0 + tile.lowerBound * width }) else { return }
        if mynah_has_matmul() != 0 {
          mynah_matmul_f32(count, tile.count, width, a, width, 1, b, 1, width, dots, Self.tile, 0)
        } else {
          cblas_sgemm(
            Int32(MynahRowMajor), Int32(MynahNoTranspose), Int32(MynahTranspose), Int32(count), Int32(tile.count),
            Int32(width), 1, a, Int32(width), b, Int32(width), 0, dots, Int32(Self.tile))
        }
      }
    }
  }
}
