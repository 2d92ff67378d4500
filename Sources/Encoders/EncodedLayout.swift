/// Where each column's spans lie in an encoded row.
///
/// A row is `width` numbers: columns in the table's order, each column's spans in the encoder's order (a scalar first,
/// then its softmax span). Columns with nothing to learn have no spans.
public struct EncodedLayout: Sendable, Equatable {
  /// One span in place.
  public struct Placement: Sendable, Equatable {
    public let span: EncodedSpan
    /// Index of the column in the table.
    public let column: Int
    /// First index in the encoded row.
    public let offset: Int

    public var range: Range<Int> { offset..<offset + span.width }
  }

  /// The one-hot span of a discrete column, which conditions can name.
  public struct DiscreteColumn: Sendable, Equatable {
    /// Index of the column in the table.
    public let column: Int
    /// Index into `placements`, and into `EncodedTable.blocks`.
    public let block: Int
    /// First index in the encoded row.
    public let offset: Int
    /// First index in the condition vector, where the one-hot spans of discrete columns follow each other.
    public let conditionOffset: Int
    public let cardinality: Int
  }

  public let columnCount: Int
  /// All spans from left to right; `EncodedTable.blocks` has the same order.
  public let placements: [Placement]
  /// Numbers in an encoded row.
  public let width: Int
  /// Discrete columns with something to learn, from left to right.
  public let discreteColumns: [DiscreteColumn]
  /// Length of the condition vector: the sum of the discrete columns' cardinalities.
  public let conditionWidth: Int
  /// Offsets of the spans that hold one scalar, and the blocks they come from.
  public let scalarOffsets: [Int]
  public let scalarBlocks: [Int]
  /// Offsets of the softmax spans, and the blocks they come from.
  public let codeOffsets: [Int]
  public let codeBlocks: [Int]

  /// - Parameters:
  ///   - spans: each column's spans.
  ///   - isDiscrete: whether the column's last span is the one-hot span of a discrete column.
  public init(spans: [[EncodedSpan]], isDiscrete: [Bool]) {
    var placements: [Placement] = []
    var discrete: [DiscreteColumn] = []
    var (offset, conditionOffset) = (0, 0)
    for (column, own) in spans.enumerated() {
      for span in own {
        placements.append(Placement(span: span, column: column, offset: offset))
        offset += span.width
      }
      if isDiscrete[column], let span = own.last, span.head == .softmax {
        discrete.append(
          DiscreteColumn(
            column: column, block: placements.count - 1, offset: offset - span.width, conditionOffset: conditionOffset,
            cardinality: span.width))
        conditionOffset += span.width
      }
    }
    columnCount = spans.count
    self.placements = placements
    width = offset
    discreteColumns = discrete
    conditionWidth = conditionOffset
    codeBlocks = placements.indices.filter { placements[$0].span.head == .softmax }
    codeOffsets = codeBlocks.map { placements[$0].offset }
    scalarBlocks = placements.indices.filter { placements[$0].span.head != .softmax }
    scalarOffsets = scalarBlocks.map { placements[$0].offset }
  }

  /// Indices into `placements` of a column's spans.
  public func blocks(of column: Int) -> Range<Int> {
    let first = placements.firstIndex { $0.column == column } ?? 0
    return first..<first + placements.count { $0.column == column }
  }
}
