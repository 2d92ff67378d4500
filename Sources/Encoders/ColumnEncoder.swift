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
  case codes([Int32], cardinality: Int)
}

/// Turns a column into numbers for a model and back. Fitting returns another type, so that "not fitted" cannot be
/// expressed.
public protocol ColumnEncoder: Codable, Sendable {
  associatedtype Fitted: FittedColumnEncoder
  /// - Throws: `TableError` when the column is of a kind this encoder does not take.
  func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> Fitted
}

public protocol FittedColumnEncoder: Codable, Sendable {
  /// What `encode` returns, block by block.
  var spans: [EncodedSpan] { get }
  /// One block per span, each with a value per row.
  func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock]
  /// The inverse. Codes are taken as they are, scalars are brought into range first.
  func decode(_ blocks: [EncodedBlock]) throws(TableError) -> Column
}
