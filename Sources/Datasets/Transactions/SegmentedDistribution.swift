import MynahRandomness

/// A mixture of uniform distributions over whole numbers: a segment is chosen by its weight, then a whole number
/// between the segment's ends, both included. A segment of one number is a spike.
///
/// Whole numbers only (cents, tenths of a kilometre, days, counts), so that every machine draws the same.
public struct SegmentedDistribution: Sendable {
  public struct Segment: Sendable, Hashable {
    /// Weight in thousandths.
    public let perMille: Int
    public let range: ClosedRange<Int>
  }

  public let segments: [Segment]
  private let choice: DiscreteChoice<Int>

  /// - Precondition: the weights sum to 1000.
  package init(_ segments: [(perMille: Int, range: ClosedRange<Int>)]) {
    self.segments = segments.map { Segment(perMille: $0.perMille, range: $0.range) }
    choice = DiscreteChoice(segments.indices.map { (outcome: $0, perMille: segments[$0].perMille) })
  }

  /// P(X ≤ value), exactly.
  public func cumulativeProbability(at value: Int) -> Double {
    segments.reduce(0) { sum, segment in
      guard value >= segment.range.lowerBound else { return sum }
      let covered = min(value, segment.range.upperBound) - segment.range.lowerBound + 1
      return sum + Double(segment.perMille) / 1000 * Double(covered) / Double(segment.range.count)
    }
  }

  /// The least and the greatest number that can be drawn.
  public var support: ClosedRange<Int> {
    let drawn = segments.filter { $0.perMille > 0 }.map(\.range)
    return (drawn.map(\.lowerBound).min() ?? 0)...(drawn.map(\.upperBound).max() ?? 0)
  }

  package func draw(using random: inout RandomSource) -> Int {
    let range = segments[choice.draw(using: &random)].range
    return range.lowerBound + random.whole(below: range.count)
  }
}
