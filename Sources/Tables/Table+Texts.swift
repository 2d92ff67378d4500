extension Table {
  /// The values of some rows as a CSV file has them, but without quotes: by row, in the columns' order.
  ///
  /// - Parameter rows: places of rows.
  package func texts(ofRows rows: [Int]) -> [[String]] {
    let some = gathering(rows)
    var texts = rows.map { _ in [String]() }
    for (column, described) in zip(some.columns, schema.columns) {
      for (row, text) in Self.texts(of: column, described).enumerated() { texts[row].append(text) }
    }
    return texts
  }

  private static func texts(of column: Column, _ described: ColumnSchema) -> [String] {
    if case .categorical(let codes, let levels, let validity) = column {
      return codes.indices.map { row in
        guard validity?[row] ?? true, levels.indices.contains(Int(codes[row])) else { return described.missingMarker }
        return levels[Int(codes[row])]
      }
    }
    // What numbers and times are written as needs no quotes; a missing value's marker may.
    var plain = described
    plain.missingMarker = "-"
    let schema = Schema([plain])
    guard let single = try? Table(schema: schema, columns: [column]) else {
      return (0..<column.count).map { _ in described.missingMarker }
    }
    let formatter = RowFormatter(single, schema: schema, delimiter: UInt8(ascii: ","))
    // A row at a time: a form of dates may have line ends in it.
    return (0..<column.count).map { row in
      let text = formatter.rows(row..<row + 1).array.dropLast()
      return text.elementsEqual([UInt8(ascii: "-")]) ? described.missingMarker : String(decoding: text, as: UTF8.self)
    }
  }
}
