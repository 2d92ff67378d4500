import MynahStatistics

/// Where the middle of some points is: the mean of numbers, and of one-hot levels of length 1 / √2 their frequencies.
struct RowCentre {
  private let means: [Double]
  /// By category and level.
  private let frequencies: [[Int32: Double]]

  init(of points: MixedPoints) {
    let count = Double(points.count)
    var means = Array(repeating: 0.0, count: points.dimensions)
    for (place, number) in points.numbers.enumerated() { means[place % points.dimensions] += number / count }
    self.means = means
    frequencies = points.categories.map { feature in
      feature.codes.reduce(into: [Int32: Int]()) { $0[$1, default: 0] += 1 }.mapValues { Double($0) / count }
    }
  }

  /// How far each point is from here: √(Σ (x − mean)² + ½ Σ (1 − 2 p(level) + Σ p²)).
  func distances(of points: MixedPoints) -> [Double] {
    // In the order of levels, since a dictionary has another one in every run.
    let squares = frequencies.map { shares in
      shares.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
    }
    return (0..<points.count).map { row in
      var sum = 0.0
      for (j, mean) in means.enumerated() {
        let difference = points.numbers[row * points.dimensions + j] - mean
        sum += difference * difference
      }
      for (place, feature) in points.categories.enumerated() {
        sum += max(0, 1 - 2 * (frequencies[place][feature.codes[row]] ?? 0) + squares[place]) / 2
      }
      return sum.squareRoot()
    }
  }
}

/// How many of some distances lie within the radii that hold given shares of others.
struct SupportCurve {
  /// Shares 0, 1/29, …, 1: the curve's places.
  static let shares = (0..<30).map { Double($0) / 29 }

  private let radii: [Double]

  /// - Parameter distances: not empty.
  init(_ distances: [Double]) {
    let sorted = sortedAscending(distances)
    radii = Self.shares.map { share in
      let place = share * Double(sorted.count - 1)
      let low = Int(place)
      let high = min(low + 1, sorted.count - 1)
      return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
    }
  }

  /// The share of `count` rows that are within each radius and fulfil `condition`.
  func shares(of distances: [Double], count: Int, where condition: (Int) -> Bool = { _ in true }) -> [Double] {
    radii.map { radius in Double(distances.indices.count { distances[$0] <= radius && condition($0) }) / Double(count) }
  }

  /// Of the agreement, where its shares are those of `rows` drawn rows: at most twice that of a share, since Σ α is half the
  /// number of places.
  static func standardError(rows: Int) -> Double { 2 * MynahEvaluation.standardError(ofShare: 0.5, rows: rows) }

  /// 1 − Σ |found − wanted| / Σ wanted: 1 where the curves are one, 0 where nothing is found.
  static func agreement(_ found: [Double], _ wanted: [Double]) -> Double {
    let difference = zip(found, wanted).reduce(0) { $0 + abs($1.0 - $1.1) }
    return min(1, max(0, 1 - difference / wanted.reduce(0, +)))
  }
}
