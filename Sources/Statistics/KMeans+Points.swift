import CKernels
import MynahParallelism
import MynahRandomness

/// Points, and what k-means asks of them. Sums are taken over chunks of fixed size and added in order, so that they are the
/// same with any number of threads.
struct ClusteredPoints: Sendable {
  let numbers: [Double]
  let count: Int
  let dimensions: Int

  static let chunk = 2048

  init(_ numbers: [Double], count: Int, dimensions: Int) {
    self.numbers = numbers
    self.count = count
    self.dimensions = dimensions
  }

  struct Assigned: Sendable {
    var labels: [Int32]
    /// Squared distances to the nearest center.
    var distances: [Double]
    var inertia: Double
  }

  var chunkCount: Int { (count + Self.chunk - 1) / Self.chunk }

  func places(ofChunk chunk: Int) -> Range<Int> { chunk * Self.chunk..<min(count, (chunk + 1) * Self.chunk) }

  func row(_ index: Int) -> ArraySlice<Double> { numbers[index * dimensions..<(index + 1) * dimensions] }

  /// The points at `rows`, in that order.
  func gathering(_ rows: [Int]) -> ClusteredPoints {
    var picked: [Double] = []
    picked.reserveCapacity(rows.count * dimensions)
    for index in rows { picked += row(index) }
    return ClusteredPoints(picked, count: rows.count, dimensions: dimensions)
  }

  /// The nearest of `centers` (row-major) for every point, the first of several.
  func assigned(to centers: [Double]) -> Assigned {
    let clusters = dimensions == 0 ? 1 : centers.count / dimensions
    let columns = CenterColumns(centers, count: clusters, dimensions: dimensions)
    var labels = [Int32](repeating: 0, count: count)
    var distances = [Double](repeating: 0, count: count)
    let inertias = labels.withUnsafeMutableBufferPointer { labels in
      distances.withUnsafeMutableBufferPointer { distances in
        parallelMap(chunkCount) { [labels, distances] chunk in
          var sum = 0.0
          columns.forDistances(from: self, places(ofChunk: chunk)) { index, toCenters in
            var best = 0
            for cluster in 1..<max(1, clusters) where toCenters[cluster] < toCenters[best] { best = cluster }
            labels[index] = Int32(best)
            distances[index] = toCenters[best]
            sum += toCenters[best]
          }
          return sum
        }
      }
    }
    return Assigned(labels: labels, distances: distances, inertia: inertias.reduce(0, +))
  }

  /// The means of clusters. Those without points move to the points farthest from their centers, which leave theirs.
  func centers(of assigned: Assigned, before: [Double]) -> [Double] {
    guard dimensions > 0 else { return before }
    let clusters = before.count / dimensions
    let partial = parallelMap(chunkCount) { chunk in
      var sums = [Double](repeating: 0, count: clusters * dimensions)
      var sizes = [Int](repeating: 0, count: clusters)
      numbers.withUnsafeBufferPointer { numbers in
        for index in places(ofChunk: chunk) {
          let cluster = Int(assigned.labels[index])
          sizes[cluster] += 1
          for j in 0..<dimensions { sums[cluster * dimensions + j] += numbers[index * dimensions + j] }
        }
      }
      return (sums, sizes)
    }
    var sums = [Double](repeating: 0, count: clusters * dimensions)
    var sizes = [Int](repeating: 0, count: clusters)
    for (chunkSums, chunkSizes) in partial {
      for index in sums.indices { sums[index] += chunkSums[index] }
      for cluster in sizes.indices { sizes[cluster] += chunkSizes[cluster] }
    }
    let empty = sizes.indices.filter { sizes[$0] == 0 }
    for (cluster, point) in zip(empty, farthest(empty.count, assigned)) {
      let left = Int(assigned.labels[point])
      guard sizes[left] > 1 else { continue }
      sizes[left] -= 1
      sizes[cluster] = 1
      for (j, value) in row(point).enumerated() {
        sums[left * dimensions + j] -= value
        sums[cluster * dimensions + j] = value
      }
    }
    return sums.indices.map { sizes[$0 / dimensions] > 0 ? sums[$0] / Double(sizes[$0 / dimensions]) : before[$0] }
  }

  /// Points by descending distance from their centers, ties by index.
  private func farthest(_ wanted: Int, _ assigned: Assigned) -> [Int] {
    guard wanted > 0 else { return [] }
    var list = NearestList(k: min(wanted, count))
    for index in 0..<count { list.insert(-assigned.distances[index], Int32(index)) }
    return list.indices.map(Int.init)
  }

  /// The mean over columns of their variances.
  func meanVariance() -> Double {
    guard dimensions > 0 else { return 0 }
    let mean = ClusteredPoints.Assigned(labels: Array(repeating: 0, count: count), distances: [], inertia: 0)
    let center = centers(of: mean, before: Array(repeating: 0, count: dimensions))
    return assigned(to: center).inertia / Double(count * dimensions)
  }
}

/// Centers column by column, as the kernel of distances wants them.
struct CenterColumns: Sendable {
  private let columns: [Double]
  private let stride: Int
  private let dimensions: Int

  init(_ centers: [Double], count: Int, dimensions: Int) {
    stride = max(8, (count + 7) / 8 * 8)
    self.dimensions = dimensions
    var columns = [Double](repeating: 0, count: max(1, stride * dimensions))
    for center in 0..<count {
      for j in 0..<dimensions { columns[j * stride + center] = centers[center * dimensions + j] }
    }
    self.columns = columns
  }

  /// Calls `body` with each point of `range` and its squared distances to all centers.
  func forDistances(
    from points: ClusteredPoints, _ range: Range<Int>, _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: stride) { out in
      points.numbers.withUnsafeBufferPointer { numbers in
        out.initialize(repeating: 0)
        for index in range {
          if let point = numbers.baseAddress, let toCenters = out.baseAddress {
            mynah_column_distances(columns, stride, dimensions, point + index * dimensions, toCenters)
          }
          body(index, out)
        }
      }
    }
  }
}
