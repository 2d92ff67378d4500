/// The rows that hold each level of a discrete column, for training by sampling: draw a level, then one of its rows.
public struct RowIndex: Sendable, Equatable {
  /// `rows[starts[level] ..< starts[level + 1]]` are the level's rows, ascending. One entry more than levels.
  public let starts: [Int32]
  public let rows: [Int32]

  public var cardinality: Int { starts.count - 1 }

  /// How many rows hold `level`.
  public func count(of level: Int) -> Int { Int(starts[level + 1] - starts[level]) }

  public init(_ codes: CompactCodes) {
    precondition(codes.count <= Int(Int32.max), "RowIndex: more than 2^31 rows")
    var starts = [Int32](repeating: 0, count: codes.cardinality + 1)
    let cardinality = codes.cardinality
    rows = [Int32](unsafeUninitializedCapacity: codes.count) { rows, initialized in
      starts.withUnsafeMutableBufferPointer { starts in
        codes.withElements { elements in
          switch elements {
          case .bytes(let elements): Self.count(elements, codes.count, into: starts)
          case .halves(let elements): Self.count(elements, codes.count, into: starts)
          case .words(let elements): Self.count(elements, codes.count, into: starts)
          }
          // starts[level + 1] holds the count; running sums make it the start of the next level.
          for level in 0..<cardinality { starts[level + 1] += starts[level] }
          var next = Array(starts)
          next.withUnsafeMutableBufferPointer { next in
            switch elements {
            case .bytes(let elements): Self.scatter(elements, codes.count, next, rows)
            case .halves(let elements): Self.scatter(elements, codes.count, next, rows)
            case .words(let elements): Self.scatter(elements, codes.count, next, rows)
            }
          }
        }
      }
      initialized = codes.count
    }
    self.starts = starts
  }

  private static func count(
    _ codes: UnsafePointer<some FixedWidthInteger>, _ count: Int, into starts: UnsafeMutableBufferPointer<Int32>
  ) {
    for row in 0..<count { starts[Int(codes[row]) + 1] += 1 }
  }

  private static func scatter(
    _ codes: UnsafePointer<some FixedWidthInteger>, _ count: Int, _ next: UnsafeMutableBufferPointer<Int32>,
    _ rows: UnsafeMutableBufferPointer<Int32>
  ) {
    for row in 0..<count {
      let level = Int(codes[row])
      rows[Int(next[level])] = Int32(row)
      next[level] += 1
    }
  }
}

extension EncodedTable {
  /// The row index of every discrete column, in the order of `layout.discreteColumns`.
  public func rowIndexes() -> [RowIndex] {
    layout.discreteColumns.compactMap { column in
      guard case .codes(let codes) = blocks[column.block] else { return nil }
      return RowIndex(codes)
    }
  }
}
