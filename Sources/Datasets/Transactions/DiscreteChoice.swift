import MynahRandomness

/// One of several outcomes, with weights in thousandths. Whole numbers only, so that every machine draws the same.
public struct DiscreteChoice<Outcome: Hashable & Sendable>: Sendable {
  /// Outcomes and their weights; the weights sum to 1000.
  public let weights: [(outcome: Outcome, perMille: Int)]

  /// - Precondition: the weights are not negative and sum to 1000.
  package init(_ weights: [(outcome: Outcome, perMille: Int)]) {
    let total = weights.reduce(0) { $0 + $1.perMille }
    precondition(total == 1000, "DiscreteChoice: the weights must sum to 1000, got \(total)")
    precondition(weights.allSatisfy { $0.perMille >= 0 }, "DiscreteChoice: a weight is negative")
    self.weights = weights
  }

  /// The probability of `outcome`; 0 when it is not listed.
  public func probability(of outcome: Outcome) -> Double {
    Double(weights.reduce(0) { $0 + ($1.outcome == outcome ? $1.perMille : 0) }) / 1000
  }

  package func draw(using random: inout RandomSource) -> Outcome {
    var remaining = random.whole(below: 1000)
    for (outcome, perMille) in weights {
      if remaining < perMille { return outcome }
      remaining -= perMille
    }
    return weights[weights.count - 1].outcome
  }
}

extension RandomSource {
  /// A whole number in 0 ..< bound from the upper 32 bits of one draw: ⌊draw × bound / 2³²⌋. Written out here, because
  /// the standard library may change how it draws from a range, and the table's bytes must not change with it. Each
  /// number's probability is within 2⁻³² of 1 / bound.
  mutating func whole(below bound: Int) -> Int { Int(((next() >> 32) * UInt64(bound)) >> 32) }
}
