import MynahParallelism
import MynahRandomness
import MynahTables

extension FittedOneHotEncoder {
  public func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] {
    let column = try LevelColumn(column)
    guard column.isInteger == isInteger else {
      throw TableError(
        isInteger
          ? "holds levels, the encoder was fitted to whole numbers" : "holds numbers, the encoder was fitted to levels")
    }
    guard hasMissing || column.missingCount == 0 else {
      throw TableError("has missing values, the column the encoder was fitted to has none")
    }
    let (codes, names, validity) = (column.codes, column.levels, column.validity)
    let map = knownCodes(of: names)
    let missing = cardinality - 1
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
    if restCounts.isEmpty, names == levels { return Array(names.indices) }
    return names.map { place(of: $0)?.code ?? -1 }
  }

  public func decode(
    _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
  ) throws(TableError) -> Column {
    let count = rows.count
    try check(blocks, count: count)
    guard !levels.isEmpty else {
      return column(Array(repeating: -1, count: count), Validity(count: count, allPresent: false))
    }
    var validity = hasMissing ? Validity(count: count) : nil
    var decoded = [Int32](repeating: 0, count: count)
    decoded.withUnsafeMutableBufferPointer { decoded in
      // Without a block there is one code only, 0.
      if case .codes(let codes)? = blocks.first, let base = decoded.baseAddress { codes.read(0..<count, into: base) }
      if let missing = missingCode.map(Int32.init) {
        for row in 0..<count where decoded[row] == missing {
          decoded[row] = -1
          validity?[row] = false
        }
      }
      drawRest(decoded, using: &random)
    }
    return column(decoded, validity?.missingCount == 0 ? nil : validity)
  }

  /// Puts a level of the rest, drawn by its frequency, wherever the rest's code stands.
  private func drawRest(_ decoded: UnsafeMutableBufferPointer<Int32>, using random: inout RandomSource) {
    guard let table = restTable, let code = restCode.map(Int32.init), let base = decoded.baseAddress else { return }
    nonisolated(unsafe) let codes = base
    let source = random.split()
    parallelChunks(of: decoded.count, size: 8_192) { rows in
      var own = source.stream(for: UInt64(rows.lowerBound))
      for row in rows where codes[row] == code { codes[row] = code + Int32(table.draw(using: &own)) }
    }
  }

  /// The column of which `places` index `levels`; −1 for missing values.
  func column(_ places: [Int32], _ validity: Validity?) -> Column {
    guard isInteger else { return .categorical(codes: places, levels: levels, validity) }
    let values = levels.map { Int64($0) ?? 0 }
    return .integer(places.map { $0 < 0 ? 0 : values[Int($0)] }, validity)
  }
}
