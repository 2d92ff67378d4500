import MynahRandomness
import MynahTables

/// A column's fitted encoder, whichever it is, and the name by which files know it.
public struct FittedColumn: FittedColumnEncoder {
  /// The `identifier` of the encoder that was fitted.
  public let identifier: String
  public let encoder: any FittedColumnEncoder

  public init<Encoder: ColumnEncoder>(_ fitted: Encoder.Fitted, of type: Encoder.Type) {
    identifier = type.identifier
    encoder = fitted
  }

  public var spans: [EncodedSpan] { encoder.spans }
  public var isDiscrete: Bool { encoder.isDiscrete }
  public var knownLevels: [String]? { encoder.knownLevels }
  public var canBeMissing: Bool? { encoder.canBeMissing }
  public var missingCode: Int? { encoder.missingCode }
  public func place(of level: String) -> LevelPlace? { encoder.place(of: level) }

  public func described(by schema: ColumnSchema) -> FittedColumn {
    FittedColumn(identifier: identifier, encoder: encoder.described(by: schema))
  }

  private init(identifier: String, encoder: any FittedColumnEncoder) {
    self.identifier = identifier
    self.encoder = encoder
  }

  public func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] {
    try encoder.encode(column, using: &random)
  }

  public func decode(
    _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
  ) throws(TableError) -> Column {
    let column = try encoder.decode(blocks, rows: rows, using: &random)
    guard column.count == rows.count else {
      throw TableError("has \(rows.count) encoded rows, its encoder '\(identifier)' decoded \(column.count)")
    }
    return column
  }

  public static func == (a: FittedColumn, b: FittedColumn) -> Bool {
    func equal<Encoder: FittedColumnEncoder>(_ encoder: Encoder) -> Bool { encoder == b.encoder as? Encoder }
    return a.identifier == b.identifier && equal(a.encoder)
  }

  private enum CodingKeys: String, CodingKey { case encoder, parameters }

  /// Reads an encoder of a type that the registry of the decoder's `userInfo` has (`CodingUserInfoKey.encoders`); those
  /// that come with the library without one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let identifier = try container.decode(String.self, forKey: .encoder)
    guard let type = EncoderRegistry(of: decoder).type(identifier) else {
      throw DecodingError.dataCorruptedError(
        forKey: .encoder, in: container,
        debugDescription: "the encoder '\(identifier)' is unknown; a program that registers it can read this")
    }
    func fitted<Encoder: ColumnEncoder>(_ type: Encoder.Type) throws -> any FittedColumnEncoder {
      try container.decode(Encoder.Fitted.self, forKey: .parameters)
    }
    self.init(identifier: identifier, encoder: try fitted(type))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(identifier, forKey: .encoder)
    try container.encode(self.encoder, forKey: .parameters)
  }
}
