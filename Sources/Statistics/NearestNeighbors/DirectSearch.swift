import CKernels
import MynahParallelism

/// Exact search among all points, feature by feature: for missing values and tables of dissimilarities, which no matrix
/// product knows.
struct DirectSearch: Sendable {
  private let points: MixedPoints
  /// Column-major.
  private let columns: [[Double]]

  private static let tile = 1024

  init(_ points: MixedPoints) {
    self.points = points
    let (n, d) = (points.count, points.dimensions)
    columns = (0..<d).map { j in
      points.numbers.withUnsafeBufferPointer { numbers in (0..<n).map { numbers[$0 * d + j] } }
    }
  }

  func neighbors(of queries: Queries, k: Int) -> Neighbors {
    let hasMissing = points.hasMissing || queries.points.hasMissing
    return queries.searched(k: k) { block, store in
      let sums = UnsafeMutablePointer<Double>.allocate(capacity: Self.tile)
      let shared = UnsafeMutablePointer<Double>.allocate(capacity: Self.tile)
      let selected = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.tile)
      defer {
        selected.deallocate()
        sums.deallocate()
        shared.deallocate()
      }
      for query in block {
        var list = NearestList(k: k)
        let excluded = queries.excluded(query)
        for start in stride(from: 0, to: points.count, by: Self.tile) {
          let width = min(Self.tile, points.count - start)
          sums.update(repeating: 0, count: width)
          shared.update(repeating: 0, count: width)
          measure(queries.rows[query], queries.points, start, width, hasMissing: hasMissing, sums, shared)
          let count = mynah_select_scaled(
            sums, hasMissing ? shared : nil, width, Double(points.featureCount), list.worst, selected)
          for chosen in 0..<count {
            let place = Int(selected[chosen])
            if start + place != Int(excluded) { list.insert(sums[place], Int32(start + place)) }
          }
        }
        store(query, list)
      }
    }
  }

  private func measure(
    _ row: Int, _ other: MixedPoints, _ start: Int, _ width: Int, hasMissing: Bool,
    _ sums: UnsafeMutablePointer<Double>, _ shared: UnsafeMutablePointer<Double>
  ) {
    for (j, column) in columns.enumerated() {
      let value = other.numbers[row * points.dimensions + j]
      if value.isNaN { continue }
      column.withUnsafeBufferPointer { column in
        guard let x = column.baseAddress.map({ $0 + start }) else { return }
        if hasMissing {
          mynah_add_present_squares(x, width, value, sums, shared)
        } else {
          mynah_add_squares(x, width, value, sums)
        }
      }
    }
    for (feature, theirs) in zip(points.categories, other.categories) {
      let code = theirs.codes[row]
      if code < 0 { continue }
      feature.codes.withUnsafeBufferPointer { codes in
        guard let codes = codes.baseAddress.map({ $0 + start }) else { return }
        switch feature.dissimilarity {
        case .mismatch(let weight): mynah_add_present_mismatches(codes, width, code, weight, sums, shared)
        case .table(let values, let levels):
          values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            mynah_add_looked_up(codes, width, base + Int(code) * levels, sums, shared)
          }
        }
      }
    }
  }
}
