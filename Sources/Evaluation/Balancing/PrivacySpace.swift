import MynahStatistics
import MynahTables

/// A table's rows as points whose distances compare: numbers as shares of their range, categories equal or not.
struct PrivacySpace {
  private enum Axis {
    case number(name: String, minimum: Double, range: Double)
    case levels(name: String, places: [String: Int32])
  }

  private let axes: [Axis]

  init(_ real: Table, target: String) throws(TableError) {
    axes = zip(real.schema.columns, real.columns).compactMap { described, column in
      guard described.name != target, described.kind != .identifier else { return nil }
      if case .categorical(_, let levels, _) = column {
        return .levels(name: described.name, places: Dictionary(uniqueKeysWithValues: zip(levels, 0...)))
      }
      let values = (0..<column.count).lazy.compactMap { column.number(at: $0) }.filter(\.isFinite)
      let (minimum, maximum) = (values.min() ?? 0, values.max() ?? 0)
      return .number(name: described.name, minimum: minimum, range: maximum > minimum ? maximum - minimum : 1)
    }
  }

  func points(of table: Table) throws(TableError) -> MixedPoints {
    var numbers: [[Double]] = []
    var categories: [CategoricalFeature] = []
    for axis in axes {
      switch axis {
      case .number(let name, let minimum, let range):
        let column = try self.column(name, table)
        numbers.append(
          (0..<table.rowCount).map { row in column.number(at: row).map { ($0 - minimum) / range } ?? .nan })
      case .levels(let name, let places):
        let codes = try levelCodes(try self.column(name, table), name, places)
        categories.append(CategoricalFeature(codes: codes, .mismatch(weight: 1)))
      }
    }
    let width = numbers.count
    let rows = [Double](unsafeUninitializedCapacity: table.rowCount * width) { buffer, initialized in
      for row in 0..<table.rowCount {
        for (place, column) in numbers.enumerated() {
          buffer.initializeElement(at: row * width + place, to: column[row])
        }
      }
      initialized = table.rowCount * width
    }
    return MixedPoints(count: table.rowCount, dimensions: width, numbers: rows, categories: categories)
  }

  private func column(_ name: String, _ table: Table) throws(TableError) -> Column {
    guard let column = table[name] else { throw TableError("the resampled table has no column '\(name)'") }
    return column
  }

  /// Missing is a level of its own, as is any that the real table does not have.
  private func levelCodes(_ column: Column, _ name: String, _ places: [String: Int32]) throws(TableError) -> [Int32] {
    guard case .categorical(let codes, let levels, let validity) = column else {
      throw TableError("column '\(name)' holds numbers in the resampled table and levels in the real one")
    }
    let missing = Int32(places.count)
    var others: [String: Int32] = [:]
    let byLevel = levels.map { level in
      if let place = places[level] { return place }
      let place = missing + 1 + Int32(others.count)
      others[level] = place
      return place
    }
    return codes.indices.map { row in validity?[row] ?? true ? byLevel[Int(codes[row])] : missing }
  }
}
