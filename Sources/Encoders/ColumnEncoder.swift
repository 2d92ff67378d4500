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
///
/// Its stored properties are its parameters: each has a default, and an experiment file may set it by its name in
/// snake_case. An encoder of one's own is registered (`EncoderRegistry`) and then chosen by its name; `checkEncoder` of the
/// test support holds it to what is promised here.
public protocol ColumnEncoder: Codable, Sendable, Equatable {
  /// The name in experiment and model files, for example "one-hot".
  static var identifier: String { get }
  /// The kinds of columns that it takes.
  static var kinds: Set<ColumnKind> { get }
  associatedtype Fitted: FittedColumnEncoder
  /// Every parameter at its default.
  init()
  /// Checks the parameters before any data are read; they may come from a file.
  ///
  /// - Throws: `TableError` that says which values would do.
  func validate() throws(TableError)
  /// Learns a column. What stands in the place of a missing value means nothing.
  ///
  /// - Throws: `TableError` when the column is of a kind this encoder does not take, or holds NaN or infinity. The message
  ///   goes on after the column's name: "holds levels, the encoder takes numbers".
  func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> Fitted
}

extension ColumnEncoder {
  /// Every value is possible.
  public func validate() throws(TableError) {}
}

/// An encoder that has learned a column. A type needs `spans`, `encode` and `decode`; everything else has a default.
public protocol FittedColumnEncoder: Codable, Sendable, Equatable {
  /// What `encode` returns, block by block. Empty where there is nothing to learn: a constant column, an identifier.
  var spans: [EncodedSpan] { get }
  /// One block per span, each with a value per row.
  ///
  /// - Throws: `TableError` when the column is of another kind than the one fitted to, or holds a level never seen.
  func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock]
  /// The inverse: rows from one block per span. Scalars are brought into range first.
  ///
  /// - Parameters:
  ///   - blocks: one per span, each with as many values as there are rows.
  ///   - rows: the numbers that the rows have in the whole sampled table, which may be decoded in pieces; identifiers
  ///     depend on them.
  ///   - random: for values that are drawn.
  /// - Throws: `TableError` when blocks do not fit the spans in number, length, kind or cardinality.
  func decode(_ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource) throws(TableError) -> Column

  /// The same encoder, which decodes values in the form that the schema describes. Called once after fitting.
  func described(by schema: ColumnSchema) -> Self

  /// Whether the last span is the one-hot span of the column's levels, which models can be asked for. False by default;
  /// conditions are then met by drawing rows again.
  var isDiscrete: Bool { get }
  /// Where a level stands among the codes of the discrete span; nil, as by default, for one that is not there.
  func place(of level: String) -> LevelPlace?
  /// The code of missing values in the discrete span; nil, as by default, where there is none.
  var missingCode: Int? { get }
  /// All levels that decoded columns can have; nil, as by default, where they are not known.
  var knownLevels: [String]? { get }
  /// Whether decoded columns can have missing values; nil, as by default, where that is not known.
  var canBeMissing: Bool? { get }
}

extension FittedColumnEncoder {
  public func described(by schema: ColumnSchema) -> Self { self }
  public var isDiscrete: Bool { false }
  public func place(of level: String) -> LevelPlace? { nil }
  public var missingCode: Int? { nil }
  public var knownLevels: [String]? { nil }
  public var canBeMissing: Bool? { nil }
}

extension FittedColumnEncoder {
  /// Decodes the first `count` rows of a sampled table.
  public func decode(
    _ blocks: [EncodedBlock], count: Int, using random: inout RandomSource
  ) throws(TableError) -> Column {
    try decode(blocks, rows: 0..<count, using: &random)
  }

  /// Throws unless there is one block for each span, of its kind and with `count` rows: what `decode` begins with.
  public func check(_ blocks: [EncodedBlock], count: Int) throws(TableError) {
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
