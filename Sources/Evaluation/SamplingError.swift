/// √(p (1 − p) / n): of a share p of n rows that were drawn from many more.
func standardError(ofShare share: Double, rows: Int) -> Double {
  (max(0, share * (1 - share)) / Double(max(1, rows))).squareRoot()
}

/// s / √n: of the mean of n drawn figures.
func standardError(ofMean figures: [Double]) -> Double {
  let count = Double(figures.count)
  guard count > 1 else { return 0 }
  let mean = figures.reduce(0, +) / count
  let squares = figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / (count - 1) / count).squareRoot()
}

extension [String: Double] {
  /// How far a score may be off because only some rows were looked at: the half-width of a 95 % interval.
  mutating func addSamplingError(_ standardError: Double) { self["sampling-error"] = 1.96 * standardError }

  /// Says that only some of a table's rows were looked at, where that is so.
  mutating func addSampling(_ name: String, _ sampled: Int, of count: Int) {
    self[name] = Double(sampled)
    if sampled < count { self["\(name)-sampled-from"] = Double(count) }
  }
}
