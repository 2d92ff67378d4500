import CKernels
import COpenBLAS
import MynahParallelism

/// Exact search among all points by blocked matrix products, for points without missing values whose categories count by
/// mismatch.
///
/// ‖a − b‖² = ‖a‖² + ‖b‖² − 2 a·b gives the distances of a block of queries to a tile of points by one product in single
/// precision. That is too coarse to rank neighbours, but its error is bounded: only points whose distance could, by that
/// bound, be among the k least are measured again, in double precision. So the result is exact, and nearly all of the work
/// is in the product.
struct ProductSearch: Sendable {
  private let points: MixedPoints
  private let center: [Double]
  private let scale: Double
  /// Row-major, centred, scaled to at most 1.
  private let scaled: [Float]
  /// Squared norms, less the share that rounding can have added.
  private let norms: [Float]
  /// How much of a squared norm the product's error can be.
  private let slack: Double

  static let tile = 256

  init?(_ points: MixedPoints) {
    guard !points.hasMissing else { return nil }
    for feature in points.categories {
      guard case .mismatch = feature.dissimilarity else { return nil }
    }
    let (n, d) = (points.count, points.dimensions)
    var center = [Double](repeating: 0, count: d)
    var reach = 0.0
    points.numbers.withUnsafeBufferPointer { numbers in
      for row in 0..<n { for j in 0..<d { center[j] += numbers[row * d + j] / Double(n) } }
      for row in 0..<n { for j in 0..<d { reach = max(reach, abs(numbers[row * d + j] - center[j])) } }
    }
    guard reach.isFinite, reach < 1e150 else { return nil }
    self.points = points
    self.center = center
    let scale = reach > 1e-150 ? 1 / reach : 1
    let slack = Double(d + 16) * 0x1p-23
    let scaled = Self.scaled(points, rows: 0..<n, center: center, scale: scale)
    norms = Self.norms(scaled, count: n, dimensions: d).map { Float($0 * (1 - slack)).nextDown }
    (self.scale, self.slack, self.scaled) = (scale, slack, scaled)
  }

  private static func scaled(
    _ points: MixedPoints, rows: some Collection<Int>, center: [Double], scale: Double
  ) -> [Float] {
    let d = points.dimensions
    return [Float](unsafeUninitializedCapacity: rows.count * d) { buffer, initialized in
      points.numbers.withUnsafeBufferPointer { numbers in
        for (place, row) in rows.enumerated() {
          for j in 0..<d {
            buffer.initializeElement(
              at: place * d + j, to: Float((numbers[row * d + j] - center[j]) * scale))
          }
        }
      }
      initialized = rows.count * d
    }
  }

  private static func norms(_ scaled: [Float], count: Int, dimensions d: Int) -> [Double] {
    scaled.withUnsafeBufferPointer { scaled in
      (0..<count).map { row in
        var sum = 0.0
        for j in 0..<d { sum += Double(scaled[row * d + j]) * Double(scaled[row * d + j]) }
        return sum
      }
    }
  }

  /// Nil where a query lies so far outside that single precision cannot hold it.
  func neighbors(of queries: Queries, k: Int) -> Neighbors? {
    let d = points.dimensions
    let reach = queries.rows.reduce(0.0) { reach, row in
      (0..<d).reduce(reach) { max($0, abs((queries.points.numbers[row * d + $1] - center[$1]) * scale)) }
    }
    guard reach < 1e15 else { return nil }
    return queries.searched(k: k) { block, store in search(block, queries, k: k, store) }
  }

  private func search(_ block: Range<Int>, _ queries: Queries, k: Int, _ store: (Int, NearestList) -> Void) {
    let d = points.dimensions
    let rows = queries.rows[block]
    let own = Self.scaled(queries.points, rows: rows, center: center, scale: scale)
    let ownNorms = Self.norms(own, count: rows.count, dimensions: d)
    var lists = Array(repeating: NearestList(k: k), count: rows.count)
    let dots = UnsafeMutablePointer<Float>.allocate(capacity: rows.count * Self.tile)
    let penalties = UnsafeMutablePointer<Float>.allocate(capacity: Self.tile)
    let selected = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.tile)
    dots.initialize(repeating: 0, count: rows.count * Self.tile)
    penalties.initialize(repeating: 0, count: Self.tile)
    selected.initialize(repeating: 0, count: Self.tile)
    defer {
      dots.deallocate()
      penalties.deallocate()
      selected.deallocate()
    }
    for start in stride(from: 0, to: points.count, by: Self.tile) {
      let width = min(Self.tile, points.count - start)
      if d > 0 { multiply(own, count: rows.count, tile: start..<start + width, into: dots) }
      for (place, row) in rows.enumerated() {
        // Nothing is nearer than 0, and later points lose ties.
        let worst = lists[place].worst
        if worst == 0 { continue }
        if !points.categories.isEmpty {
          addMismatches(of: row, queries.points, tile: start..<start + width, into: penalties)
        }
        let limit = worst * scale * scale - ownNorms[place] * (1 - slack)
        let count = norms.withUnsafeBufferPointer { norms in
          mynah_select_below(
            dots + place * Self.tile, norms.baseAddress! + start, points.categories.isEmpty ? nil : penalties, width,
            Float(limit + abs(limit) * 1e-6 + 1e-30), selected)
        }
        let excluded = queries.excluded(block.lowerBound + place)
        for chosen in 0..<count {
          let index = start + Int(selected[chosen])
          if index == Int(excluded) { continue }
          lists[place].insert(points.squaredDistance(index, to: queries.points, row), Int32(index))
        }
      }
    }
    for (place, list) in lists.enumerated() { store(block.lowerBound + place, list) }
  }

  /// dots[i * tile + j] = own row i · point j of the tile.
  private func multiply(
    _ own: [Float], count: Int, tile: Range<Int>, into dots: UnsafeMutablePointer<Float>
  ) {
    let d = points.dimensions
    own.withUnsafeBufferPointer { own in
      scaled.withUnsafeBufferPointer { scaled in
        guard let a = own.baseAddress, let b = scaled.baseAddress.map({ $0 + tile.lowerBound * d }) else { return }
        if mynah_has_matmul() != 0 {
          mynah_matmul_f32(count, tile.count, d, a, d, 1, b, 1, d, dots, Self.tile, 0)
        } else {
          cblas_sgemm(
            Int32(MynahRowMajor), Int32(MynahNoTranspose), Int32(MynahTranspose), Int32(count), Int32(tile.count),
            Int32(d), 1, a, Int32(d), b, Int32(d), 0, dots, Int32(Self.tile))
        }
      }
    }
  }

  private func addMismatches(
    of row: Int, _ other: MixedPoints, tile: Range<Int>, into penalties: UnsafeMutablePointer<Float>
  ) {
    penalties.update(repeating: 0, count: tile.count)
    for (feature, theirs) in zip(points.categories, other.categories) {
      guard case .mismatch(let weight) = feature.dissimilarity else { continue }
      feature.codes.withUnsafeBufferPointer { codes in
        guard let codes = codes.baseAddress else { return }
        mynah_add_mismatches(
          codes + tile.lowerBound, tile.count, theirs.codes[row], Float(weight * scale * scale * (1 - slack)).nextDown,
          penalties)
      }
    }
  }
}
