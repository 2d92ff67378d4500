import CKernels

/// A k-d tree over points of numbers, none of them missing: exact nearest neighbours in few dimensions (Bentley,
/// "Multidimensional binary search trees used for associative searching", 1975).
///
/// Every split halves the points at the median of the dimension in which they spread most, so the shape of the tree follows
/// from the number of points alone: nodes need no links, node `i` has the children `2i + 1` and `2i + 2`, and leaves differ
/// in size by one at most. Each node has its bounding box. The distance to a box is summed in the order in which the
/// distance to a point is, so rounding never puts a box further away than a point in it, and results equal those of a
/// naive scan bit for bit, ties included.
struct KDTree: Sendable {
  let count: Int
  let dimensions: Int
  /// Rows, leaf by leaf. Queries that are asked in this order find what they need in the caches.
  let order: [Int32]
  /// How often the points are halved.
  let depth: Int
  /// Leaf `i` holds `order[leafStarts[i]..<leafStarts[i + 1]]`.
  let leafStarts: [Int32]
  /// Room for the points of a leaf, a multiple of 8.
  let stride: Int
  /// Leaves × dimensions × stride: the points of a leaf lie column by column.
  let columns: [Double]
  /// Nodes × 2 × dimensions: the least and the greatest corner of each node's box.
  let boxes: [Double]

  /// - Parameter numbers: row-major, `count × dimensions`, no NaN.
  init(_ numbers: [Double], count: Int, dimensions: Int) {
    precondition(
      numbers.count == count * dimensions && count <= Int(Int32.max),
      "KDTree: \(numbers.count) numbers for \(count) points of \(dimensions) dimensions")
    let shape = KDTreeShape(count: count, dimensions: dimensions)
    let built = KDTreeBuilder(numbers, dimensions: dimensions, shape: shape).built()
    self.count = count
    self.dimensions = dimensions
    depth = shape.depth
    leafStarts = shape.leafStarts
    stride = shape.stride
    order = built.order
    columns = built.columns
    boxes = built.boxes
  }

  /// Enters the points nearest to `query` (`dimensions` numbers) into `list`, by squared distance.
  /// - Parameter excluding: a row that is no neighbour, −1 for none.
  func nearest(to query: UnsafePointer<Double>, excluding: Int32, into list: inout NearestList) {
    guard count > 0, list.k > 0 else { return }
    columns.withUnsafeBufferPointer { columns in
      boxes.withUnsafeBufferPointer { boxes in
        withUnsafeTemporaryAllocation(of: Pending.self, capacity: depth + 1) { stack in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: stride) { distances in
            var search = KDTreeSearch(
              tree: self, columns: columns.baseAddress, boxes: boxes.baseAddress, stack: stack, distances: distances,
              query: query, excluding: excluding)
            search.run(&list)
          }
        }
      }
    }
  }

  /// A subtree that is still to be visited, and the squared distance to its box.
  struct Pending {
    var node: Int
    var distance: Double
  }
}

/// One walk through a `KDTree`, nearest boxes first.
private struct KDTreeSearch {
  let tree: KDTree
  let columns: UnsafePointer<Double>?
  let boxes: UnsafePointer<Double>?
  let stack: UnsafeMutableBufferPointer<KDTree.Pending>
  let distances: UnsafeMutableBufferPointer<Double>
  let query: UnsafePointer<Double>
  let excluding: Int32
  private var waiting = 0

  init(
    tree: KDTree, columns: UnsafePointer<Double>?, boxes: UnsafePointer<Double>?,
    stack: UnsafeMutableBufferPointer<KDTree.Pending>, distances: UnsafeMutableBufferPointer<Double>,
    query: UnsafePointer<Double>, excluding: Int32
  ) {
    self.tree = tree
    self.columns = columns
    self.boxes = boxes
    self.stack = stack
    self.distances = distances
    self.query = query
    self.excluding = excluding
  }

  mutating func run(_ list: inout NearestList) {
    let firstLeaf = 1 << tree.depth - 1
    push(0, distanceToBox(0))
    while waiting > 0 {
      waiting -= 1
      var (node, distance) = (stack[waiting].node, stack[waiting].distance)
      // A box exactly as far away as the worst neighbour may hold a point with a lower index: only beyond it is out.
      while node < firstLeaf, !(distance > list.worst) {
        let left = distanceToBox(2 * node + 1)
        let right = distanceToBox(2 * node + 2)
        let leftFirst = !(right < left)
        push(leftFirst ? 2 * node + 2 : 2 * node + 1, leftFirst ? right : left)
        node = leftFirst ? 2 * node + 1 : 2 * node + 2
        distance = leftFirst ? left : right
      }
      if node >= firstLeaf, !(distance > list.worst) { visit(leaf: node - firstLeaf, &list) }
    }
  }

  private mutating func push(_ node: Int, _ distance: Double) {
    stack[waiting] = KDTree.Pending(node: node, distance: distance)
    waiting += 1
  }

  private func distanceToBox(_ node: Int) -> Double {
    guard let boxes else { return 0 }
    let box = boxes + 2 * node * tree.dimensions
    return mynah_box_distance(box, box + tree.dimensions, tree.dimensions, query)
  }

  private func visit(leaf: Int, _ list: inout NearestList) {
    guard let out = distances.baseAddress else { return }
    if let columns {
      let block = columns + leaf * tree.dimensions * tree.stride
      mynah_column_distances(block, tree.stride, tree.dimensions, query, out)
    } else {
      distances.update(repeating: 0)
    }
    let start = Int(tree.leafStarts[leaf])
    var worst = list.worst
    for place in 0..<Int(tree.leafStarts[leaf + 1]) - start where out[place] <= worst {
      let row = tree.order[start + place]
      if row == excluding { continue }
      list.insert(out[place], row)
      worst = list.worst
    }
  }
}
