import MynahRandomness
import MynahTables

/// Names of records (keys, account numbers). They are never learned: nothing is encoded, and decoding makes fresh ones of
/// the same form, all different: each belongs to the number of its row in the whole sampled table.
public struct IdentifierEncoder: ColumnEncoder {
  public static let identifier = "identifier"
  public static let kinds: Set<ColumnKind> = [.identifier]

  public init() {}

  public func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> FittedIdentifierEncoder
  {
    try checkLength(of: column.validity, rows: column.count)
    let present = column.count - column.missingCount
    let missingShare = column.count == 0 ? 0 : Double(column.missingCount) / Double(column.count)
    switch column {
    case .integer(let values, let validity):
      var greatest = Int64(0)
      var isFirst = true
      for row in values.indices where validity.map({ $0[row] }) ?? true {
        greatest = isFirst ? values[row] : max(greatest, values[row])
        isFirst = false
      }
      return FittedIdentifierEncoder(form: .numbers(after: greatest), missingShare: missingShare, seenCount: present)
    case .categorical(let codes, let levels, let validity):
      var isSeen = [Bool](repeating: false, count: levels.count)
      for row in codes.indices where validity.map({ $0[row] }) ?? true {
        guard levels.indices.contains(Int(codes[row])) else {
          throw TableError("row \(row + 1) has a code without a level")
        }
        isSeen[Int(codes[row])] = true
      }
      let texts = levels.indices.filter { isSeen[$0] }.map { levels[$0] }
      return FittedIdentifierEncoder(
        form: .texts(IdentifierPattern(of: texts, using: &random)), missingShare: missingShare, seenCount: texts.count)
    case .continuous, .timestamp:
      throw TableError("identifiers are whole numbers or texts")
    }
  }
}

/// The form of an identifier column; none of its values, except the greatest of numbers, is kept.
public struct FittedIdentifierEncoder: FittedColumnEncoder {
  enum Form: Codable, Sendable, Equatable {
    /// Consecutive numbers that follow the greatest one seen.
    case numbers(after: Int64)
    case texts(IdentifierPattern)
  }

  let form: Form
  /// The share of rows without an identifier; as many new rows, at random, have none either.
  let missingShare: Double
  /// How many different identifiers were seen: patterns grow until a chance match with one of them is unlikely.
  let seenCount: Int

  public var spans: [EncodedSpan] { [] }

  init(form: Form, missingShare: Double, seenCount: Int) {
    self.form = form
    self.missingShare = missingShare
    self.seenCount = seenCount
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    form = try container.decode(Form.self, forKey: .form)
    missingShare = try container.decode(Double.self, forKey: .missingShare)
    seenCount = try container.decode(Int.self, forKey: .seenCount)
    guard (0...1).contains(missingShare) else { throw TableError("a missing share of \(missingShare), expected 0...1") }
    guard (0...Int(Int32.max)).contains(seenCount) else { throw TableError("\(seenCount) identifiers seen") }
  }

  /// As many texts are told apart whatever the pattern.
  private static let mostRows = 1 << 56

  public func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] { [] }

  public func decode(
    _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
  ) throws(TableError) -> Column {
    let count = rows.count
    try check(blocks, count: count)
    guard rows.lowerBound >= 0, rows.upperBound <= Self.mostRows else {
      throw TableError("rows \(rows) to name, they are numbered from 0 to at most 2^56")
    }
    var validity: Validity?
    if missingShare > 0 {
      var drawn = Validity(count: count)
      for row in 0..<count where random.uniform() < missingShare { drawn[row] = false }
      validity = drawn.missingCount == 0 ? nil : drawn
    }
    switch form {
    case .numbers(let greatest):
      // After the type's greatest number comes its least.
      return .integer(rows.map { greatest &+ 1 &+ Int64($0) }, validity)
    case .texts(let pattern):
      let texts = pattern.fresh(rows, apartFrom: seenCount, using: &random)
      let codes = (0..<count).map { row in validity.map { $0[row] } ?? true ? Int32(row) : -1 }
      return .categorical(codes: codes, levels: texts, validity)
    }
  }
}
