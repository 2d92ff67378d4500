import MynahTables

/// A figure for each column, or none where it does not apply; the score is their mean.
struct ColumnScores {
  private(set) var byColumn: [(name: String, score: Double)] = []

  mutating func add(_ name: String, _ score: Double?) {
    if let score { byColumn.append((name, score)) }
  }

  /// - Parameters:
  ///   - reason: why there is no score where no column has one.
  ///   - others: further details; a column of the same name has precedence.
  func score(orElse reason: String, details others: [String: Double] = [:]) -> Score {
    guard let mean = meanOfScores(byColumn.map(\.score)) else { return .notApplicable(reason: reason) }
    let details = Dictionary(byColumn.map { ($0.name, $0.score) }, uniquingKeysWith: { first, _ in first })
    return .value(mean, details: details.merging(others) { own, _ in own })
  }
}

extension AlignedColumn {
  /// The numbers that are there, real and synthetic, in no order; nil for levels and where the two differ in kind. Infinite
  /// ones are left out.
  var finiteNumbers: (real: [Double], synthetic: [Double])? {
    guard mismatch == nil, let real = real.numbersWithGaps(), let synthetic = synthetic.numbersWithGaps() else {
      return nil
    }
    return (real.filter(\.isFinite), synthetic.filter(\.isFinite))
  }

  /// How often each level occurs, missing values left out; nil for numbers and where the two differ in kind.
  var levelCounts: (real: [Int], synthetic: [Int])? {
    guard mismatch == nil, let codes = SharedCodes(levelsOf: real, synthetic) else { return nil }
    return (
      Array(SharedCodes.counts(of: codes.real, cardinality: codes.cardinality).dropLast()),
      Array(SharedCodes.counts(of: codes.synthetic, cardinality: codes.cardinality).dropLast())
    )
  }
}
