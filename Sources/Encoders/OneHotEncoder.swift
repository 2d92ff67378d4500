import MynahRandomness
import MynahTables

/// Levels as one-hot vectors; a missing value, where the column has any, is a level of its own.
public struct OneHotEncoder: ColumnEncoder, Equatable {
  public init() {}

  public func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> FittedOneHotEncoder {
    guard case .categorical(let codes, let levels, let validity) = column else {
      throw TableError("holds numbers, one-hot encoding takes levels")
    }
    try checkLength(of: validity, rows: codes.count)
    var isSeen = [Bool](repeating: false, count: levels.count)
    for (row, code) in codes.enumerated() where validity.map({ $0[row] }) ?? true {
      guard levels.indices.contains(Int(code)) else { throw TableError("row \(row + 1) has a code without a level") }
      isSeen[Int(code)] = true
    }
    guard Set(levels).count == levels.count else { throw TableError("two levels have the same name") }
    return FittedOneHotEncoder(
      trusted: levels.indices.filter { isSeen[$0] }.map { levels[$0] }, hasMissing: column.missingCount > 0)
  }
}

/// The levels seen, in the column's order. The code of a missing value is `levels.count`.
public struct FittedOneHotEncoder: FittedColumnEncoder, Equatable {
  public let levels: [String]
  public let hasMissing: Bool

  /// Levels and the missing one.
  public var cardinality: Int { levels.count + (hasMissing ? 1 : 0) }

  public var spans: [EncodedSpan] { cardinality > 1 ? [EncodedSpan(width: cardinality, head: .softmax)] : [] }

  init(trusted levels: [String], hasMissing: Bool) {
    self.levels = levels
    self.hasMissing = hasMissing
  }

  /// - Throws: `TableError` when levels are not distinct.
  public init(levels: [String], hasMissing: Bool) throws(TableError) {
    guard Set(levels).count == levels.count else { throw TableError("two levels have the same name") }
    guard levels.count < Int(Int32.max) else {
      throw TableError("\(levels.count) levels, at most 2^31 - 2 are possible")
    }
    self.init(trusted: levels, hasMissing: hasMissing)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      levels: container.decode([String].self, forKey: .levels),
      hasMissing: container.decode(Bool.self, forKey: .hasMissing))
  }

  /// The code of a level; nil for one that was not seen.
  public func code(of level: String) -> Int? { levels.firstIndex(of: level) }

  public func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] {
    guard case .categorical(let codes, let names, let validity) = column else {
      throw TableError("holds numbers, the encoder was fitted to levels")
    }
    try checkLength(of: validity, rows: codes.count)
    guard hasMissing || column.missingCount == 0 else {
      throw TableError("has missing values, the column the encoder was fitted to has none")
    }
    let map = knownCodes(of: names)
    let missing = levels.count
    var encoded = CompactCodes(count: codes.count, cardinality: max(1, cardinality))
    var unknown: Int32?
    encoded.update { writer in
      for (row, code) in codes.enumerated() {
        if let validity, !validity[row] {
          writer.set(row, missing)
        } else if map.indices.contains(Int(code)), map[Int(code)] >= 0 {
          writer.set(row, map[Int(code)])
        } else {
          unknown = code
        }
      }
    }
    if let unknown {
      let name = names.indices.contains(Int(unknown)) ? "'\(names[Int(unknown)])'" : "code \(unknown)"
      throw TableError("has the level \(name), which the column the encoder was fitted to has not")
    }
    return spans.isEmpty ? [] : [.codes(encoded)]
  }

  /// The code of each of a column's levels, −1 for those not seen.
  private func knownCodes(of names: [String]) -> [Int] {
    // The table fitted to is the one most often encoded; with very many levels, looking each up takes a while.
    if names == levels { return Array(levels.indices) }
    let known = Dictionary(zip(levels, 0...), uniquingKeysWith: { first, _ in first })
    return names.map { known[$0] ?? -1 }
  }

  public func decode(
    _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
  ) throws(TableError) -> Column {
    let count = rows.count
    try check(blocks, count: count)
    guard case .codes(let codes)? = blocks.first else {
      return levels.isEmpty
        ? .categorical(codes: Array(repeating: -1, count: count), levels: [], Validity(count: count, allPresent: false))
        : .categorical(codes: Array(repeating: 0, count: count), levels: levels, nil)
    }
    var validity = hasMissing ? Validity(count: count) : nil
    let missing = Int32(levels.count)
    let decoded = [Int32](unsafeUninitializedCapacity: count) { decoded, initialized in
      if let base = decoded.baseAddress { codes.read(0..<count, into: base) }
      if hasMissing {
        for row in 0..<count where decoded[row] == missing {
          decoded[row] = -1
          validity?[row] = false
        }
      }
      initialized = count
    }
    return .categorical(codes: decoded, levels: levels, validity?.missingCount == 0 ? nil : validity)
  }
}

/// Throws when a column's validity bits are not as many as its rows.
func checkLength(of validity: Validity?, rows: Int) throws(TableError) {
  if let validity, validity.count != rows {
    throw TableError("has \(rows) rows and \(validity.count) validity bits")
  }
}
