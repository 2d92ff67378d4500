import MynahRandomness
import MynahTables

/// A column's fitted encoder, whichever it is.
public enum FittedColumn: FittedColumnEncoder, Equatable {
  case modeSpecific(FittedModeSpecificEncoder)
  case oneHot(FittedOneHotEncoder)
  case identifier(FittedIdentifierEncoder)

  private var encoder: any FittedColumnEncoder {
    switch self {
    case .modeSpecific(let encoder): encoder
    case .oneHot(let encoder): encoder
    case .identifier(let encoder): encoder
    }
  }

  public var spans: [EncodedSpan] { encoder.spans }

  public func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] {
    try encoder.encode(column, using: &random)
  }

  public func decode(
    _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
  ) throws(TableError) -> Column {
    try encoder.decode(blocks, rows: rows, using: &random)
  }

  /// Whether it makes columns of the kind.
  func fits(_ kind: ColumnKind) -> Bool {
    switch (self, kind) {
    case (.modeSpecific(let encoder), .continuous): encoder.traits.form == .continuous
    case (.modeSpecific(let encoder), .integer): encoder.traits.form == .integer
    case (.modeSpecific(let encoder), .datetime): encoder.traits.form == .timestamp
    case (.oneHot, .categorical), (.oneHot, .boolean), (.identifier, .identifier): true
    default: false
    }
  }

  private enum CodingKeys: String, CodingKey { case encoder, parameters }
  private enum Kind: String, Codable {
    case modeSpecific = "mode-specific"
    case oneHot = "one-hot"
    case identifier
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .encoder) {
    case .modeSpecific: self = .modeSpecific(try container.decode(FittedModeSpecificEncoder.self, forKey: .parameters))
    case .oneHot: self = .oneHot(try container.decode(FittedOneHotEncoder.self, forKey: .parameters))
    case .identifier: self = .identifier(try container.decode(FittedIdentifierEncoder.self, forKey: .parameters))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .modeSpecific(let fitted):
      try container.encode(Kind.modeSpecific, forKey: .encoder)
      try container.encode(fitted, forKey: .parameters)
    case .oneHot(let fitted):
      try container.encode(Kind.oneHot, forKey: .encoder)
      try container.encode(fitted, forKey: .parameters)
    case .identifier(let fitted):
      try container.encode(Kind.identifier, forKey: .encoder)
      try container.encode(fitted, forKey: .parameters)
    }
  }
}
