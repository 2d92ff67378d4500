import MynahRandomness
import MynahTables

/// A run of neighbouring model outputs and the activation that ends it (CTGAN's SpanInfo).
public struct EncodedSpan: Codable, Sendable, Equatable {
  public enum Head: String, Codable, Sendable { case tanh, softmax, identity }
  public var width: Int
  public var head: Head

  public init(width: Int, head: Head) {
    self.width = width
    self.head = head
  }
}

/// Encoded values of one span, kept compact: a one-hot span is stored as its codes and widened a batch at a time.
public enum EncodedBlock: Sendable, Equatable {
  case scalars([Float])
  case codes(CompactCodes)

  public var count: Int {
    switch self {
    case .scalars(let values): values.count
    case .codes(let codes): codes.count
    }
  }
}

/// Turns a column into numbers for a model and back. Fitting returns another type, so that "not fitted" cannot be
/// expressed.
public protocol ColumnEncoder: Codable, Sendable {
  associatedtype Fitted: FittedColumnEncoder
  /// - Throws: `TableError` when the column is of a kind this encoder does not take, or holds NaN or infinity.
  func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> Fitted
}

public protocol FittedColumnEncoder: Codable, Sendable, Equatable {
  /// What `encode` returns, block by block. Empty where there is nothing to learn: a constant column, an identifier.
  var spans: [EncodedSpan] { get }
  /// One block per span, each with a value per row.
  ///
  /// - Throws: `TableError` when the column is of another kind than the one fitted to, or holds a level never seen.
  func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock]
  /// The inverse: rows from one block per span. Scalars are brought into range first.
  ///
  /// - Parameter rows: the numbers that the rows have in the whole sampled table, which may be decoded in pieces;
  ///   identifiers depend on them.
  ///
  /// - Throws: `TableError` when blocks do not fit the spans in number, length, kind or cardinality.
  func decode(_ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource) throws(TableError) -> Column
}

extension FittedColumnEncoder {
  /// Decodes the first `count` rows of a sampled table.
  public func decode(
    _ blocks: [EncodedBlock], count: Int, using random: inout RandomSource
  ) throws(TableError) -> Column {
    try decode(blocks, rows: 0..<count, using: &random)
  }

  /// Throws unless there is one block for each span, of its kind and with `count` rows.
  func check(_ blocks: [EncodedBlock], count: Int) throws(TableError) {
    guard blocks.count == spans.count else {
      throw TableError("\(blocks.count) encoded blocks, expected \(spans.count)")
    }
    for (block, span) in zip(blocks, spans) {
      guard block.count == count else {
        throw TableError("an encoded block has \(block.count) rows, expected \(count)")
      }
      switch block {
      case .scalars:
        guard span.head != .softmax else { throw TableError("scalars where codes of \(span.width) levels belong") }
      case .codes(let codes):
        guard span.head == .softmax, codes.cardinality == span.width else {
          throw TableError("codes of \(codes.cardinality) levels where a \(span.head) span of \(span.width) belongs")
        }
      }
    }
  }
}

/// Throws when a column's validity bits are not as many as its rows.
func checkLength(of validity: Validity?, rows: Int) throws(TableError) {
  if let validity, validity.count != rows {
    throw TableError("has \(rows) rows and \(validity.count) validity bits")
  }
}
