import MynahParallelism

/// The shape of a `KDTree`: the points are halved until no leaf has more than 16 for each dimension, from 32 to 128. The more
/// dimensions, the more leaves a query looks at, and the more of its time would go into their boxes.
struct KDTreeShape: Sendable {
  let count: Int
  let depth: Int
  let leafStarts: [Int32]
  let stride: Int

  init(count: Int, dimensions: Int) {
    self.count = count
    var depth = 0
    let leafSize = min(128, max(32, 16 * dimensions))
    while (count + (1 << depth) - 1) >> depth > leafSize { depth += 1 }
    self.depth = depth
    var starts = [0, count]
    for _ in 0..<depth {
      var finer: [Int] = []
      finer.reserveCapacity(2 * starts.count)
      for (start, end) in zip(starts, starts.dropFirst()) { finer += [start, (start + end) / 2] }
      starts = finer + [count]
    }
    leafStarts = starts.map(Int32.init)
    let largest = zip(starts, starts.dropFirst()).map { $1 - $0 }.max() ?? 0
    stride = max(8, (largest + 7) / 8 * 8)
  }

  var nodeCount: Int { 2 << depth - 1 }

  /// The places of the points of the `index`-th node of a level.
  func range(level: Int, index: Int) -> Range<Int> {
    let leaves = 1 << (depth - level)
    return Int(leafStarts[index * leaves])..<Int(leafStarts[(index + 1) * leaves])
  }
}

/// Builds a `KDTree`, level by level while nodes are large, then subtree by subtree: how work is cut depends on the number
/// of points alone.
struct KDTreeBuilder {
  let numbers: [Double]
  let dimensions: Int
  let shape: KDTreeShape

  init(_ numbers: [Double], dimensions: Int, shape: KDTreeShape) {
    self.numbers = numbers
    self.dimensions = dimensions
    self.shape = shape
  }

  /// Subtrees of at most this many points are built by one task, on a copy of theirs that fits a cache.
  private static let taskSize = 16384

  func built() -> (order: [Int32], columns: [Double], boxes: [Double]) {
    var order = (0..<Int32(shape.count)).map { $0 }
    var boxes = [Double](repeating: 0, count: shape.nodeCount * 2 * dimensions)
    var columns = [Double](repeating: 0, count: shape.leafStarts.dropLast().count * dimensions * shape.stride)
    var top = 0
    while top < shape.depth, shape.range(level: top, index: 0).count > Self.taskSize { top += 1 }
    numbers.withUnsafeBufferPointer { numbers in
      order.withUnsafeMutableBufferPointer { order in
        boxes.withUnsafeMutableBufferPointer { boxes in
          columns.withUnsafeMutableBufferPointer { columns in
            let whole = Part(rows: numbers, order: order, offset: 0, dimensions: dimensions)
            for level in 0..<top {
              parallelFor(1 << level) { [boxes] index in
                whole.split(shape.range(level: level, index: index), node: 1 << level - 1 + index, boxes: boxes)
              }
            }
            parallelFor(1 << top) { [boxes, columns] index in
              buildSubtree(whole, level: top, index: index, boxes: boxes, columns: columns)
            }
          }
        }
      }
    }
    return (order, columns, boxes)
  }

  private func buildSubtree(
    _ whole: Part, level top: Int, index first: Int, boxes: UnsafeMutableBufferPointer<Double>,
    columns: UnsafeMutableBufferPointer<Double>
  ) {
    let range = shape.range(level: top, index: first)
    var rows: [Double] = []
    rows.reserveCapacity(range.count * dimensions)
    for place in range {
      let row = Int(whole.order[place]) * dimensions
      rows.append(contentsOf: whole.rows[row..<row + dimensions])
    }
    var order = (0..<Int32(range.count)).map { $0 }
    rows.withUnsafeBufferPointer { rows in
      order.withUnsafeMutableBufferPointer { order in
        let part = Part(rows: rows, order: order, offset: range.lowerBound, dimensions: dimensions)
        for level in top...shape.depth {
          let nodes = 1 << (level - top)
          for index in first * nodes..<(first + 1) * nodes {
            let places = shape.range(level: level, index: index)
            if level < shape.depth {
              part.split(places, node: 1 << level - 1 + index, boxes: boxes)
            } else {
              part.box(places, node: 1 << level - 1 + index, boxes: boxes)
              part.fill(places, columns: columns, from: index * dimensions * shape.stride, stride: shape.stride)
            }
          }
        }
      }
    }
    let rowsBefore = Array(whole.order[range])
    for (place, row) in zip(range, order) { whole.order[place] = rowsBefore[Int(row)] }
  }
}

/// Rows and their order, from place `offset` on. Tasks at the same time use ranges of places that do not overlap.
private struct Part {
  let rows: UnsafeBufferPointer<Double>
  let order: UnsafeMutableBufferPointer<Int32>
  let offset: Int
  let dimensions: Int

  /// Writes the bounding box of the points at `places`, and returns the dimension in which they spread most, nil where
  /// they are all the same.
  @discardableResult
  func box(_ places: Range<Int>, node: Int, boxes: UnsafeMutableBufferPointer<Double>) -> Int? {
    guard !places.isEmpty, dimensions > 0 else { return nil }
    let box = UnsafeMutableBufferPointer(rebasing: boxes[2 * node * dimensions..<2 * (node + 1) * dimensions])
    let first = Int(order[places.lowerBound - offset]) * dimensions
    for j in 0..<dimensions {
      box[j] = rows[first + j]
      box[dimensions + j] = rows[first + j]
    }
    for place in places {
      let row = Int(order[place - offset]) * dimensions
      for j in 0..<dimensions {
        let value = rows[row + j]
        if value < box[j] { box[j] = value }
        if value > box[dimensions + j] { box[dimensions + j] = value }
      }
    }
    var widest: Int?
    var width = 0.0
    for j in 0..<dimensions where box[dimensions + j] - box[j] > width {
      width = box[dimensions + j] - box[j]
      widest = j
    }
    return widest
  }

  /// Orders the points at `places` so that the first half is on the low side of the median.
  func split(_ places: Range<Int>, node: Int, boxes: UnsafeMutableBufferPointer<Double>) {
    guard let dimension = box(places, node: node, boxes: boxes) else { return }
    withUnsafeTemporaryAllocation(of: KeyedRow.self, capacity: places.count) { keyed in
      for (index, place) in places.enumerated() {
        let row = order[place - offset]
        keyed.initializeElement(at: index, to: KeyedRow(key: rows[Int(row) * dimensions + dimension], row: row))
      }
      select(keyed, (places.lowerBound + places.upperBound) / 2 - places.lowerBound)
      for (index, place) in places.enumerated() { order[place - offset] = keyed[index].row }
    }
  }

  /// Writes the points at `places` column by column.
  func fill(_ places: Range<Int>, columns: UnsafeMutableBufferPointer<Double>, from start: Int, stride: Int) {
    for (index, place) in places.enumerated() {
      let row = Int(order[place - offset]) * dimensions
      for j in 0..<dimensions { columns[start + j * stride + index] = rows[row + j] }
    }
  }
}

private struct KeyedRow {
  var key: Double
  var row: Int32
}

/// Hoare's selection: nothing before `middle` is greater, nothing after it less than what stands there. Scans stop at
/// equal keys, so that many of them are halved rather than peeled off one by one.
private func select(_ rows: UnsafeMutableBufferPointer<KeyedRow>, _ middle: Int) {
  var low = 0
  var high = rows.count - 1
  while low < high {
    let (a, b, c) = (rows[low].key, rows[(low + high) / 2].key, rows[high].key)
    let pivot = max(min(a, b), min(max(a, b), c))
    var left = low
    var right = high
    while left <= right {
      while rows[left].key < pivot { left += 1 }
      while pivot < rows[right].key { right -= 1 }
      if left <= right {
        rows.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if middle <= right { high = right } else if middle >= left { low = left } else { return }
  }
}
