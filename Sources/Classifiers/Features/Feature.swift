import MynahTables

/// One column of the training table, as features.
struct Feature: Sendable {
  enum Kind: Sendable {
    /// Times start at `origin`, other numbers at 0.
    case number(origin: Double, mean: Double, deviation: Double)
    /// By level, its place among the feature's columns; `missing` is that of missing values, nil where there were none.
    case levels([String: Int], missing: Int?)
  }

  let name: String
  /// Its first column in the matrix.
  let first: Int
  let names: [String]
  let kind: Kind

  init(fittedTo column: Column, name: String, first: Int) {
    self.name = name
    self.first = first
    if case .categorical(let codes, let levels, let validity) = column {
      let kept = Self.mostFrequent(codes, levels, validity)
      let missing = column.missingCount > 0 ? kept.count : nil
      kind = .levels(Dictionary(uniqueKeysWithValues: zip(kept, 0...)), missing: missing)
      names = kept.map { "\(name)=\($0)" } + (missing == nil ? [] : ["\(name) is missing"])
    } else {
      kind = Self.standardisation(of: column)
      names = [name]
    }
  }

  private static func mostFrequent(_ codes: [Int32], _ levels: [String], _ validity: Validity?) -> [String] {
    var counts = Array(repeating: 0, count: levels.count)
    for row in codes.indices where validity?[row] ?? true { counts[Int(codes[row])] += 1 }
    let order = levels.indices.filter { counts[$0] > 0 }
      .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : levels[$0] < levels[$1] }
    return order.prefix(FeatureDesign.mostLevels).map { levels[$0] }
  }

  private static func standardisation(of column: Column) -> Kind {
    var origin = 0.0
    if case .timestamp(let seconds, let validity) = column {
      let earliest = seconds.indices.lazy.filter { validity?[$0] ?? true }.map { seconds[$0] }.min()
      origin = earliest.map(Double.init) ?? 0
    }
    var (count, sum) = (0.0, 0.0)
    for row in 0..<column.count {
      guard let value = column.finiteNumber(at: row) else { continue }
      count += 1
      sum += value - origin
    }
    let mean = count > 0 ? sum / count : 0
    var squares = 0.0
    for row in 0..<column.count {
      guard let value = column.finiteNumber(at: row) else { continue }
      squares += (value - origin - mean) * (value - origin - mean)
    }
    let deviation = count > 0 ? (squares / count).squareRoot() : 0
    // A constant says nothing; dividing by its rounding error would make something of it.
    let isConstant = !(deviation > 1e-12 * max(abs(mean), .leastNormalMagnitude))
    return .number(origin: origin, mean: mean, deviation: isConstant || !deviation.isFinite ? 1 : deviation)
  }
}

extension Column {
  /// Nil for missing, infinite and undefined numbers, and for categories.
  func finiteNumber(at row: Int) -> Double? { number(at: row).flatMap { $0.isFinite ? $0 : nil } }
}
