import MynahParallelism

/// Writes tables as delimited text, one block of rows after another, into a file that appears when it is complete.
///
/// Every column keeps the form its schema records: whole numbers stay whole, decimals are rounded to the digits seen,
/// datetimes have their format, values stay inside the range seen, missing values are the column's marker. Texts are
/// quoted where RFC 4180 asks for it.
///
/// ```swift
/// let writer = try CSVWriter(path: "out.csv", schema: schema)
/// for block in blocks { try writer.write(block) }
/// try writer.finish()
/// ```
public final class CSVWriter {
  private let file: AtomicFile
  private let schema: Schema
  private let delimiter: UInt8
  private let extra: TextColumn?
  private var written = 0

  /// Opens the file at `path`; `-` is standard output.
  ///
  /// - Throws: `TableError` when the file cannot be made.
  public convenience init(
    path: String, schema: Schema, delimiter: UInt8 = UInt8(ascii: ",")
  ) throws(TableError) {
    try self.init(file: try AtomicFile(path: path), schema: schema, delimiter: delimiter)
  }

  /// Writes to a file that is open already.
  ///
  /// - Parameter extra: a column that follows those of the tables.
  package init(
    file: AtomicFile, schema: Schema, delimiter: UInt8 = UInt8(ascii: ","), extra: TextColumn? = nil
  ) throws(TableError) {
    self.file = file
    self.schema = schema
    self.delimiter = delimiter
    self.extra = extra
    let added = extra.map { [ColumnSchema(name: $0.name, kind: .categorical)] } ?? []
    try file.write(Self.header(Schema(schema.columns + added), delimiter: delimiter))
  }

  /// Where the rows are until `finish`; nil when they are written straight away.
  package var temporaryPath: String? { file.temporary }

  /// Appends the rows of a table whose columns are those of the schema.
  public func write(_ table: Table) throws(TableError) {
    guard table.columns.count == schema.columns.count else {
      throw TableError(
        "the table has \(table.columns.count) columns, the file has \(schema.columns.count)", file: file.path)
    }
    let formatter = RowFormatter(table, schema: schema, delimiter: delimiter, extra: extra, firstRow: written)
    defer { written += table.rowCount }
    // A few blocks at a time, so that memory stays small however long the table is.
    let blocks = (table.rowCount + rowsPerBlock - 1) / rowsPerBlock
    for first in stride(from: 0, to: blocks, by: 64) {
      let group = first..<min(blocks, first + 64)
      var buffers: [ByteBuffer?] = Array(repeating: nil, count: group.count)
      buffers.withUnsafeMutableBufferPointer { slots in
        nonisolated(unsafe) let slots = slots
        parallelFor(slots.count) { index in
          let start = (first + index) * rowsPerBlock
          slots[index] = formatter.rows(start..<min(table.rowCount, start + rowsPerBlock))
        }
      }
      for buffer in buffers {
        if let buffer { try file.write(buffer) }
      }
    }
  }

  /// Puts the file in its place. Without it nothing is left behind.
  public func finish() throws(TableError) { try file.commit() }

  static func header(_ schema: Schema, delimiter: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, column) in schema.columns.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      bytes += RowFormatter.quoted(column.name, delimiter: delimiter)
    }
    return bytes + [0x0a]
  }
}

/// A column that is not of the table: its text by row, counted from 0 over everything that is written. Texts are made as
/// rows are formatted, on all threads, so that none of them has to be kept.
package struct TextColumn: Sendable {
  package var name: String
  package var text: @Sendable (Int) -> String

  package init(name: String, text: @escaping @Sendable (Int) -> String) {
    self.name = name
    self.text = text
  }
}

/// Fixed, so that the work is cut the same way whatever the number of threads.
private let rowsPerBlock = 1024

extension Table {
  /// Writes the table to `path` (`-` for standard output), each column in the form its schema records.
  /// - Throws: `TableError` (`cannotWrite`); no file is left behind then.
  public func writeCSV(to path: String, delimiter: UInt8 = UInt8(ascii: ",")) throws(TableError) {
    let writer = try CSVWriter(path: path, schema: schema, delimiter: delimiter)
    try writer.write(self)
    try writer.finish()
  }

  /// The table as the bytes of a CSV file.
  public func csvBytes(delimiter: UInt8 = UInt8(ascii: ",")) -> [UInt8] {
    let formatter = RowFormatter(self, schema: schema, delimiter: delimiter)
    return CSVWriter.header(schema, delimiter: delimiter) + formatter.rows(0..<rowCount).array
  }
}
