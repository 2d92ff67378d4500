import MynahParallelism

/// The points whose neighbours are wanted.
struct Queries: Sendable {
  let points: MixedPoints
  /// Rows of `points`.
  let rows: [Int]
  /// Whether the rows are those of the searched points themselves, so that each leaves itself out.
  let excludesSelf: Bool

  /// The index that a query must not find; −1 for none.
  func excluded(_ query: Int) -> Int32 { excludesSelf ? Int32(rows[query]) : -1 }

  /// Queries that are searched together. A fixed function of their number, so that few queries, too, keep all threads
  /// busy.
  var blockSize: Int { min(128, max(8, (rows.count + 31) / 32)) }

  /// Calls `body` with blocks of queries on all threads, and collects the lists it fills.
  func searched(k: Int, _ body: (Range<Int>, (Int, NearestList) -> Void) -> Void) -> Neighbors {
    var distances = [Double](repeating: .infinity, count: rows.count * k)
    let indices = [Int32](unsafeUninitializedCapacity: rows.count * k) { indices, initialized in
      indices.initialize(repeating: -1)
      let places = indices
      distances.withUnsafeMutableBufferPointer { distances in
        nonisolated(unsafe) let (distances, places) = (distances, places)
        parallelChunks(of: rows.count, size: blockSize) { block in
          body(block) { query, list in
            for place in 0..<list.count {
              places[query * k + place] = list.indices[place]
              distances[query * k + place] = list.distances[place].squareRoot()
            }
          }
        }
      }
      initialized = rows.count * k
    }
    return Neighbors(k: k, indices: indices, distances: distances)
  }
}
