import CHNSW
import MynahParallelism

/// How points of double precision become points of single precision that keep their distances: columns move to their
/// medians, all are divided by one typical spread, and what is so far out that its square would overflow is brought in.
struct SinglePrecisionFrame: Sendable {
  let dimensions: Int
  /// Floats of a point; those beyond the dimensions are zero.
  let width: Int
  let centers: [Double]
  let scale: Double

  private static let limit = 1e15

  init(_ numbers: [Double], count: Int, dimensions: Int) {
    self.dimensions = dimensions
    width = mynah_hnsw_width(dimensions)
    // About a thousand rows, evenly spaced, tell medians and spreads well enough.
    let step = max(1, count / 1000)
    var spread = 0.0
    var extent = 0.0
    centers = (0..<dimensions).map { j in
      let column = stride(from: 0, to: count, by: step).map { numbers[$0 * dimensions + j] }.sorted()
      guard let least = column.first, let most = column.last else { return 0 }
      spread = max(spread, column[column.count * 9 / 10] - column[column.count / 10])
      extent = max(extent, most - least)
      return column[column.count / 2]
    }
    let typical = spread > 0 ? spread : extent
    scale = typical > 0 && typical.isFinite ? 1 / typical : 1
  }

  func write(_ point: UnsafeBufferPointer<Double>, to out: UnsafeMutableBufferPointer<Float>) {
    for j in 0..<dimensions {
      let value = (point[j] - centers[j]) * scale
      // Adding zero turns −0 into 0, so that equal points have equal bits.
      out.initializeElement(at: j, to: Float(min(max(value, -Self.limit), Self.limit)) + 0)
    }
    for j in dimensions..<width { out.initializeElement(at: j, to: 0) }
  }

  func write(_ point: UnsafePointer<Double>, to out: UnsafeMutableBufferPointer<Float>) {
    write(UnsafeBufferPointer(start: point, count: dimensions), to: out)
  }
}

/// The rows of a table that differ in single precision, and which rows of the table each of them stands for.
///
/// Rows are told apart by a hash of 64 bits. Should two that differ have the same, one of them is found through the other
/// and measured for itself.
struct DistinctRows: Sendable {
  private let starts: [Int32]
  private let rows: [Int32]

  var count: Int { starts.count - 1 }

  init(_ numbers: [Double], count: Int, frame: SinglePrecisionFrame) {
    let hashes = [UInt64](unsafeUninitializedCapacity: count) { hashes, initialized in
      numbers.withUnsafeBufferPointer { numbers in
        parallelChunks(of: count, size: 4096) { [hashes] range in
          withUnsafeTemporaryAllocation(of: Float.self, capacity: frame.width) { point in
            for row in range {
              let first = row * frame.dimensions
              frame.write(UnsafeBufferPointer(rebasing: numbers[first..<first + frame.dimensions]), to: point)
              var hash: UInt64 = 0
              for value in point {
                hash = (hash ^ UInt64(value.bitPattern)) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
              }
              hashes.initializeElement(at: row, to: hash)
            }
          }
        }
      }
      initialized = count
    }
    var groups: [UInt64: Int32] = [:]
    groups.reserveCapacity(count)
    var sizes: [Int32] = []
    let groupOfRow = hashes.map { hash in
      let next = Int32(sizes.count)
      let group = groups[hash] ?? next
      if group == next {
        groups[hash] = next
        sizes.append(0)
      }
      sizes[Int(group)] += 1
      return group
    }
    var starts: [Int32] = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + size) }
    var places = starts
    var rows = [Int32](repeating: 0, count: count)
    for (row, group) in groupOfRow.enumerated() {
      rows[Int(places[Int(group)])] = Int32(row)
      places[Int(group)] += 1
    }
    self.starts = starts
    self.rows = rows
  }

  /// The rows that are one point, ascending.
  func members(of group: Int) -> ArraySlice<Int32> { rows[Int(starts[group])..<Int(starts[group + 1])] }
}
