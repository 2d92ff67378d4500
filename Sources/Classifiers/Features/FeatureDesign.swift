import MynahTables

/// How the columns of a table become a `DesignMatrix`: fitted to a training table, applied to others by column name and
/// level text.
///
/// All columns but the target take part, identifiers excepted. Categories are one-hot: the 100 most frequent levels (equally
/// frequent ones by text) have a column each, the others none; missing is a level of its own. Numbers depend on the form.
public struct FeatureDesign: Sendable {
  /// What the matrix is for.
  public enum Form: Sendable {
    /// Numbers as they are, missing ones absent: trees learn where to send them. Times count from the earliest one, which
    /// keeps seconds exact in 32 bits for half a year.
    case trees
    /// Numbers standardised, (x − mean) / deviation over the training rows; missing ones become the mean, 0.
    case linear
  }

  /// Levels of a column that have a feature.
  public static let mostLevels = 100

  let features: [Feature]
  public let columnCount: Int
  /// A name for each column of the matrix: a column's, or "column=level".
  public let names: [String]

  /// - Parameters:
  ///   - table: the training rows.
  ///   - target: the column to leave out; nil for none.
  /// - Throws: `TableError` when no column besides the target and identifiers is left.
  public init(fittedTo table: Table, target: String?) throws(TableError) {
    var features: [Feature] = []
    var names: [String] = []
    for (described, column) in zip(table.schema.columns, table.columns)
    where described.name != target && described.kind != .identifier {
      let feature = Feature(fittedTo: column, name: described.name, first: names.count)
      names += feature.names
      features.append(feature)
    }
    guard !features.isEmpty else {
      let besides = target.map { "'\($0)' and identifiers" } ?? "identifiers"
      throw TableError("there is nothing to learn from: the table has no column besides \(besides)")
    }
    self.features = features
    self.names = names
    columnCount = names.count
  }

  /// Sums figures of the matrix's columns by the table's column they come from, in the table's order.
  package func sums(_ figures: [Double]) -> [(column: String, sum: Double)] {
    precondition(figures.count == columnCount, "sums(_:): \(figures.count) figures for \(columnCount) columns")
    return features.map { feature in
      (feature.name, figures[feature.first..<feature.first + feature.names.count].reduce(0, +))
    }
  }

  /// The rows of `table` as features.
  ///
  /// - Throws: `TableError` when a column is absent, or holds numbers where the training table had levels, or the reverse.
  public func matrix(of table: Table, as form: Form) throws(TableError) -> DesignMatrix {
    var readers: [FeatureReader] = []
    for feature in features {
      guard let column = table[feature.name] else {
        throw TableError("there is no column '\(feature.name)', which the training table has")
      }
      readers.append(try FeatureReader(feature, column, form))
    }
    return assemble(readers, rows: table.rowCount)
  }

  /// Rows that are read column by column before they are put into the matrix row by row.
  private static let rowsPerBlock = 4096

  private func assemble(_ readers: [FeatureReader], rows: Int) -> DesignMatrix {
    var starts: [Int] = [0]
    var indices: [UInt32] = []
    var values: [Float] = []
    starts.reserveCapacity(rows + 1)
    indices.reserveCapacity(rows * readers.count)
    values.reserveCapacity(rows * readers.count)
    let width = readers.count
    var block = FeatureBlock(capacity: min(rows, Self.rowsPerBlock) * width)
    for first in stride(from: 0, to: rows, by: Self.rowsPerBlock) {
      let range = first..<min(rows, first + Self.rowsPerBlock)
      for (place, reader) in readers.enumerated() { reader.read(range, into: &block, place: place, width: width) }
      for row in 0..<range.count {
        for cell in row * width..<(row + 1) * width where block.columns[cell] != FeatureBlock.absent {
          indices.append(block.columns[cell])
          values.append(block.values[cell])
        }
        starts.append(values.count)
      }
    }
    return DesignMatrix(columnCount: columnCount, rowStarts: starts, indices: indices, values: values)
  }
}
