import MynahRandomness

/// Row numbers of a pass over a table: every row once, in random order, `batchSize` at a time.
///
/// ```swift
/// for rows in Minibatches(rowCount: 1_000, batchSize: 64, using: &random) { … }
/// ```
public struct Minibatches: Sequence, IteratorProtocol {
  private let order: [Int32]
  private let batchSize: Int
  private let dropsLast: Bool
  private var at = 0

  /// - Parameters:
  ///   - rowCount: rows in the table.
  ///   - batchSize: rows in a batch; at least 1.
  ///   - droppingLast: leaves out the last batch where it is not full.
  ///   - random: draws the order.
  public init(rowCount: Int, batchSize: Int, droppingLast: Bool = false, using random: inout RandomSource) {
    precondition(batchSize > 0, "Minibatches: the batch size must be positive, got \(batchSize)")
    order = random.permutation(rowCount).map(Int32.init)
    self.batchSize = batchSize
    dropsLast = droppingLast
  }

  public mutating func next() -> [Int32]? {
    let end = Swift.min(at + batchSize, order.count)
    guard at < end, !dropsLast || end - at == batchSize else { return nil }
    defer { at = end }
    return Array(order[at..<end])
  }
}
