import MynahRandomness
import MynahTables

/// The levels seen, in the column's order. Codes count the levels that have one of their own, then, where there is one, the
/// rest, then, where the column has any, the missing values.
public struct FittedOneHotEncoder: FittedColumnEncoder {
  /// Every level: those with codes of their own, then the rest. Decoded columns have their levels in this order.
  public let levels: [String]
  /// How many of them have codes of their own: number n has code n.
  public let ownCount: Int
  /// Rows that held each level of the rest.
  public let restCounts: [Int]
  /// Levels are the texts of whole numbers, and decoded to such.
  public let isInteger: Bool
  public let hasMissing: Bool
  /// The place of each level in `levels`.
  private let places: [String: Int32]
  let restTable: AliasTable?

  /// The levels that share a code.
  public var rest: ArraySlice<String> { levels[ownCount...] }
  /// The code that the rest shares; nil where every level has its own.
  public var restCode: Int? { restCounts.isEmpty ? nil : ownCount }
  /// The code of a missing value; nil where the column has none.
  public var missingCode: Int? { hasMissing ? cardinality - 1 : nil }

  /// Number of codes.
  public var cardinality: Int { ownCount + (restCounts.isEmpty ? 0 : 1) + (hasMissing ? 1 : 0) }

  public var spans: [EncodedSpan] { cardinality > 1 ? [EncodedSpan(width: cardinality, head: .softmax)] : [] }

  /// - Parameters:
  ///   - levels: those with codes of their own.
  ///   - rest: those that share a code.
  ///   - restCounts: rows that held each of the rest; at least one.
  ///   - isInteger: levels are the texts of whole numbers.
  ///   - hasMissing: missing values have a code too.
  /// - Throws: `TableError` when levels are not distinct, or counts do not fit the rest.
  public init(
    levels: [String], rest: [String] = [], restCounts: [Int] = [], isInteger: Bool = false, hasMissing: Bool
  ) throws(TableError) {
    let all = rest.isEmpty ? levels : levels + rest
    guard all.count < Int(Int32.max) else {
      throw TableError("\(all.count) levels, at most 2^31 - 2 are possible")
    }
    guard rest.count == restCounts.count, restCounts.allSatisfy({ $0 > 0 && $0 <= Int(Int32.max) }) else {
      throw TableError("the rest's \(rest.count) levels need as many counts, each in 1...2^31 - 1")
    }
    places = Dictionary(zip(all, Int32(0)...), uniquingKeysWith: { first, _ in first })
    guard places.count == all.count else { throw TableError("two levels have the same name") }
    if isInteger, let text = all.first(where: { Int64($0).map(String.init) != $0 }) {
      throw TableError("the level '\(text)' is no whole number")
    }
    self.levels = all
    ownCount = levels.count
    self.restCounts = restCounts
    self.isInteger = isInteger
    self.hasMissing = hasMissing
    restTable = restCounts.isEmpty ? nil : AliasTable(counts: restCounts)
  }

  public var isDiscrete: Bool { true }
  public var knownLevels: [String]? { levels }
  public var canBeMissing: Bool? { hasMissing }

  /// The code of a level's own; nil for one that shares the rest's, and for one that was not seen.
  public func code(of level: String) -> Int? {
    guard case .own(let code)? = place(of: level) else { return nil }
    return code
  }

  /// Where a level stands among the codes; nil for one that was not seen. Takes the same time with any number of levels.
  public func place(of level: String) -> LevelPlace? {
    guard let place = places[isInteger ? Int64(level).map(String.init) ?? level : level].map(Int.init) else {
      return nil
    }
    return place < ownCount ? .own(code: place) : .rest(code: ownCount, index: place - ownCount)
  }

  /// `count` rows that all hold the level at `place`: what a condition on it asks for, where decoding would draw among
  /// the rest.
  public func column(holding place: LevelPlace, count: Int) throws(TableError) -> Column {
    let level =
      switch place {
      case .own(let code): code
      case .rest(_, let index): ownCount + index
      }
    guard levels.indices.contains(level) else { throw TableError("there is no level at \(place)") }
    return column(Array(repeating: Int32(level), count: count), nil)
  }

  private enum CodingKeys: String, CodingKey { case levels, hasMissing, rest, restCounts, isInteger }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      levels: container.decode([String].self, forKey: .levels),
      rest: container.decodeIfPresent([String].self, forKey: .rest) ?? [],
      restCounts: container.decodeIfPresent([Int].self, forKey: .restCounts) ?? [],
      isInteger: container.decodeIfPresent(Bool.self, forKey: .isInteger) ?? false,
      hasMissing: container.decode(Bool.self, forKey: .hasMissing))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Array(levels[..<ownCount]), forKey: .levels)
    try container.encode(hasMissing, forKey: .hasMissing)
    if isInteger { try container.encode(true, forKey: .isInteger) }
    guard !restCounts.isEmpty else { return }
    try container.encode(Array(rest), forKey: .rest)
    try container.encode(restCounts, forKey: .restCounts)
  }
}
