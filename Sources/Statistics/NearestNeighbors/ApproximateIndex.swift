import CHNSW
import MynahParallelism
import MynahRandomness

/// Why an approximate index cannot be built: one line.
public struct ApproximateIndexError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
}

/// Most of the nearest points, by navigable small-world graphs (Malkov and Yashunin, "Efficient and robust approximate
/// nearest neighbor search using hierarchical navigable small world graphs", 2018; hnswlib).
///
/// A graph depends on the order in which points enter it, so each is built by one thread: points are cut into shards by
/// their number alone, shards are built at the same time, and a query asks all of them. Rows that are equal in single
/// precision enter once: a graph in which a point occurs more often than it has links falls apart.
///
/// Graphs are walked in single precision, around the columns' medians; what they find is measured in double precision,
/// so distances and their order are those of an exact search.
final class ApproximateIndex: Sendable {
  struct Settings: Sendable, Equatable {
    /// Links of a point, M.
    var links = 16
    /// Candidates while building, efConstruction.
    var buildEffort = 200
    /// Candidates while searching each shard, efSearch; raised to the number of neighbours that are asked for. Of the 5
    /// nearest of 1,000,000 gaussian points of 30 numbers, which have no structure that would help, 50 find 86 %, 80 find
    /// 92 % and 120 find 95 %, in graphs built with an effort of 100.
    var searchEffort = 150
  }

  let count: Int
  let dimensions: Int
  let settings: Settings
  private let numbers: [Double]
  private let frame: SinglePrecisionFrame
  private let rows: DistinctRows
  private let shards: [Shard]

  static var isAvailable: Bool { mynah_has_hnsw() != 0 }

  /// - Parameter numbers: row-major, `count × dimensions`, no NaN.
  init(
    _ numbers: [Double], count: Int, dimensions: Int, settings: Settings = Settings(), using random: inout RandomSource
  ) throws(ApproximateIndexError) {
    precondition(
      numbers.count == count * dimensions && count <= Int(Int32.max),
      "ApproximateIndex: \(numbers.count) numbers for \(count) points of \(dimensions) dimensions")
    guard Self.isAvailable else {
      throw ApproximateIndexError(
        description:
          "this program was built without hnswlib, which approximate neighbours need: install libhnswlib-dev "
          + "and build again, or choose an exact search")
    }
    self.numbers = numbers
    self.count = count
    self.dimensions = dimensions
    self.settings = settings
    let frame = SinglePrecisionFrame(numbers, count: count, dimensions: dimensions)
    let rows = DistinctRows(numbers, count: count, frame: frame)
    self.frame = frame
    self.rows = rows
    // A table that is sorted would enter as a growing line.
    let order = random.permutation(rows.count).map(Int32.init)
    let pieces = Self.shardCount(of: rows.count)
    let seeds = (0..<pieces).map { _ in random.next() >> 33 }
    let built = parallelMap(pieces) { piece in
      Shard(
        rows: Array(order[piece * order.count / pieces..<(piece + 1) * order.count / pieces]), of: rows,
        numbers: numbers,
        frame: frame, settings: settings, seed: seeds[piece])
    }
    var shards: [Shard] = []
    for shard in built {
      guard let shard else {
        throw ApproximateIndexError(description: "not enough memory for an approximate index of \(count) points")
      }
      shards.append(shard)
    }
    self.shards = shards
  }

  /// One for each 250,000 points, and two from 100,000 on.
  static func shardCount(of count: Int) -> Int { max(count >= 100_000 ? 2 : 1, (count + 249_999) / 250_000) }

  /// Enters points near to `query` (`dimensions` numbers) into `list`, by squared distance.
  /// - Parameter excluding: a row that is no neighbour, −1 for none.
  func nearest(to query: UnsafePointer<Double>, excluding: Int32, into list: inout NearestList) {
    // The excluded row may be among those found.
    let wanted = list.k + (excluding >= 0 ? 1 : 0)
    guard count > 0, list.k > 0 else { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: frame.width) { point in
      frame.write(query, to: point)
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: min(wanted, count)) { found in
        for shard in shards {
          for place in 0..<shard.search(point, wanted, effort: settings.searchEffort, found) {
            for row in rows.members(of: Int(shard.rows[Int(found[place])])).prefix(wanted) where row != excluding {
              list.insert(squaredDistance(query, Int(row)), row)
            }
          }
        }
      }
    }
  }

  func point(_ row: Int) -> [Double] { Array(numbers[row * dimensions..<(row + 1) * dimensions]) }

  func squaredDistance(_ query: UnsafePointer<Double>, _ row: Int) -> Double {
    numbers.withUnsafeBufferPointer { numbers in
      guard let first = numbers.baseAddress else { return 0 }
      return squaredDistance(query, first + row * dimensions)
    }
  }

  private func squaredDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for j in 0..<dimensions {
      let difference = b[j] - a[j]
      sum += difference * difference
    }
    return sum
  }
}

/// A graph over some of the distinct rows.
private final class Shard: @unchecked Sendable {
  let rows: [Int32]
  // Written by `init` only; hnswlib allows searches at the same time.
  private let graph: OpaquePointer

  /// Nil where memory does not suffice.
  init?(
    rows: [Int32], of distinct: DistinctRows, numbers: [Double], frame: SinglePrecisionFrame,
    settings: ApproximateIndex.Settings, seed: UInt64
  ) {
    let points = [Float](unsafeUninitializedCapacity: rows.count * frame.width) { points, initialized in
      numbers.withUnsafeBufferPointer { numbers in
        for (place, row) in rows.enumerated() {
          let first = Int(distinct.members(of: Int(row)).first ?? 0) * frame.dimensions
          frame.write(
            UnsafeBufferPointer(rebasing: numbers[first..<first + frame.dimensions]),
            to: UnsafeMutableBufferPointer(rebasing: points[place * frame.width..<(place + 1) * frame.width]))
        }
      }
      initialized = rows.count * frame.width
    }
    let links = max(2, settings.links)
    guard
      let graph = mynah_hnsw_build(points, rows.count, frame.dimensions, links, max(links, settings.buildEffort), seed)
    else { return nil }
    self.rows = rows
    self.graph = graph
  }

  deinit { mynah_hnsw_free(graph) }

  func search(
    _ point: UnsafeMutableBufferPointer<Float>, _ k: Int, effort: Int, _ found: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    let places = mynah_hnsw_search(graph, point.baseAddress, min(k, rows.count), max(1, effort), found.baseAddress)
    precondition(places >= 0, "ApproximateIndex: not enough memory for a search")
    return places
  }
}
