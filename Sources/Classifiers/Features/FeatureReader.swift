import MynahTables

/// Some rows' features, row-major: a cell for each column of the table.
struct FeatureBlock {
  /// The column of a cell that holds nothing.
  static let absent = UInt32.max

  var columns: [UInt32]
  var values: [Float]

  init(capacity: Int) {
    columns = Array(repeating: Self.absent, count: capacity)
    values = Array(repeating: 0, count: capacity)
  }
}

/// Reads a table's column as a feature.
struct FeatureReader {
  private enum Source {
    case numbers(Column, (origin: Double, mean: Double, deviation: Double), standardised: Bool)
    /// By level of this table, then for missing values: the matrix's column.
    case levels([Int32], Validity?, places: [UInt32], missing: UInt32)
  }

  private let source: Source
  private let first: UInt32

  init(_ feature: Feature, _ column: Column, _ form: FeatureDesign.Form) throws(TableError) {
    first = UInt32(feature.first)
    switch (feature.kind, column) {
    case (.number, .categorical):
      throw TableError("column '\(feature.name)' holds levels here and numbers in the training table")
    case (.number(let origin, let mean, let deviation), _):
      source = .numbers(column, (origin, mean, deviation), standardised: form == .linear)
    case (.levels(let places, let missing), .categorical(let codes, let levels, let validity)):
      let first = first
      source = .levels(
        codes, validity, places: levels.map { places[$0].map { first + UInt32($0) } ?? FeatureBlock.absent },
        missing: missing.map { first + UInt32($0) } ?? FeatureBlock.absent)
    case (.levels, _):
      throw TableError("column '\(feature.name)' holds numbers here and levels in the training table")
    }
  }

  /// Fills the feature's cell of each of `rows`.
  func read(_ rows: Range<Int>, into block: inout FeatureBlock, place: Int, width: Int) {
    var cell = place
    switch source {
    case .levels(let codes, let validity, let places, let missing):
      for row in rows {
        block.columns[cell] = validity?[row] ?? true ? places[Int(codes[row])] : missing
        block.values[cell] = 1
        cell += width
      }
    case .numbers(let column, let scale, let standardised):
      for row in rows {
        // Missing values become the mean, which is 0, and zeros need no entry.
        let value = column.finiteNumber(at: row).map { value in
          standardised ? (value - scale.origin - scale.mean) / scale.deviation : value - scale.origin
        }
        let single = value.map { Float($0) }.flatMap { $0.isFinite ? $0 : nil }
        block.columns[cell] = single == nil ? FeatureBlock.absent : first
        block.values[cell] = single ?? 0
        cell += width
      }
    }
  }
}
