import MynahStatistics

extension NumberMarginal {
  /// F̂ just below a number and at it: which share of the rows with a value lies below, and which at or below what a
  /// condition demands. Nil where it demands no number.
  func shares(of test: ValueTest) -> ClosedRange<Double>? {
    switch (bins, test) {
    case (.real(let bins, _), .real(let number, let tolerance)):
      let bin = bins.bin(of: number)
      let (low, high) = (bins.lows[bin], bins.highs[bin])
      guard low < high else { return shares(bin, from: number > low ? 1 : 0, to: number < low ? 0 : 1) }
      func place(_ value: Double) -> Double { max(0, min(1, (value - low) / (high - low))) }
      return shares(bin, from: place(number - tolerance), to: place(number + tolerance))
    case (.whole(let bins, let step), .whole(let number)):
      let bin = bins.bin(of: number)
      let (low, high) = (bins.lows[bin], bins.highs[bin])
      guard low < high else { return shares(bin, from: number > low ? 1 : 0, to: number < low ? 0 : 1) }
      let points = Double(UInt64(bitPattern: high &- low) / UInt64(step)) + 1
      let before = number <= low ? 0 : Double(UInt64(bitPattern: min(number, high) &- low) / UInt64(step))
      return shares(bin, from: before / points, to: (before + 1) / points)
    default: return nil
    }
  }

  private func shares(_ bin: Int, from low: Double, to high: Double) -> ClosedRange<Double> {
    let before = Double(counts[..<bin].reduce(0, +))
    let total = Double(counts.reduce(0, +))
    let own = Double(counts[bin])
    let first = (before + min(1, max(0, low)) * own) / total
    return first...max(first, (before + min(1, max(0, high)) * own) / total)
  }
}

extension LatentBox.Limits {
  /// Shares too near to each other, or a share that no normal number reaches, give a point.
  init(shares: ClosedRange<Double>) {
    let (low, high) = (StandardNormal.quantile(shares.lowerBound), StandardNormal.quantile(shares.upperBound))
    if high - low > 1e-6 {
      self.init(low: low, high: high)
    } else {
      let point = StandardNormal.quantile(max(1e-9, min(1 - 1e-9, shares.lowerBound)))
      self.init(low: point, high: point)
    }
  }
}
