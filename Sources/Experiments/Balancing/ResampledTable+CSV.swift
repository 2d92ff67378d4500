import MynahOversamplers
import MynahTables

extension ResampledTable {
  /// Writes the rows and puts the file in its place.
  ///
  /// - Parameters:
  ///   - target: the column whose classes are counted.
  ///   - provenance: the name of a last column that says where each row comes from: "real", or "synthetic:", the method,
  ///     and after another colon the parents' row numbers, from 1, with a plus between them.
  /// - Returns: The rows of each class.
  /// - Throws: `TableError` where the file cannot be written.
  @discardableResult package func write(
    to file: AtomicFile, counting target: String, provenance: String? = nil
  ) throws -> ClassCounts {
    let extra = provenance.map { name in
      TextColumn(name: name) { row in row < realCount ? "real" : origin(row - realCount).text }
    }
    let writer = try CSVWriter(file: file, schema: schema, extra: extra)
    var counts = ClassCounts()
    // Rows are made as they are written, so that the whole table is never in memory.
    try forEachBlock { block in
      try writer.write(block)
      counts.add(target, of: block)
    }
    try writer.finish()
    return counts
  }
}

extension RowOrigin {
  /// As the provenance column has it: "synthetic:smote:12+57", rows counted from 1.
  package var text: String {
    let parents = [base, neighbor].compactMap { $0 }.map { String($0 + 1) }.joined(separator: "+")
    return "synthetic:" + method + (parents.isEmpty ? "" : ":" + parents)
  }
}
