import MynahParallelism
import MynahRandomness

extension ClusteredPoints {
  /// Centers by k-means++: each is a point drawn with probability proportional to its squared distance from the centers so
  /// far; of 2 + ⌊ln k⌋ such draws the one that lowers the inertia most is kept. Row-major, clusters × dimensions.
  func spreadCenters(_ clusters: Int, using random: inout RandomSource) -> [Double] {
    var chosen = [random.index(below: count)]
    var nearest = closer(than: [Double](repeating: .infinity, count: count), to: [chosen[0]])[0]
    let trials = 2 + wholeLogarithm(clusters)
    while chosen.count < clusters {
      // Where all points coincide with centers, any point does.
      let candidates = (0..<trials).map { _ in
        nearest.total > 0 && nearest.total.isFinite ? draw(nearest, random.uniform()) : random.index(below: count)
      }
      let outcomes = closer(than: nearest.distances, to: candidates)
      var best = 0
      for index in 1..<trials where outcomes[index].total < outcomes[best].total { best = index }
      chosen.append(candidates[best])
      nearest = outcomes[best]
    }
    return chosen.flatMap { row($0) }
  }

  /// Squared distances to the nearest center so far, and their sums.
  private struct Potential {
    var distances: [Double]
    var chunkSums: [Double]
    var total: Double
  }

  /// What distances become if each of some candidates is a center too.
  private func closer(than distances: [Double], to candidates: [Int]) -> [Potential] {
    let centers = CenterColumns(candidates.flatMap { row($0) }, count: candidates.count, dimensions: dimensions)
    let pieces = parallelMap(chunkCount) { chunk in
      let places = places(ofChunk: chunk)
      var reduced = candidates.map { _ in [Double](repeating: 0, count: places.count) }
      centers.forDistances(from: self, places) { index, toCenters in
        for candidate in candidates.indices {
          reduced[candidate][index - places.lowerBound] = min(distances[index], toCenters[candidate])
        }
      }
      return reduced
    }
    return candidates.indices.map { candidate in
      let sums = pieces.map { $0[candidate].reduce(0, +) }
      return Potential(
        distances: pieces.flatMap { $0[candidate] }, chunkSums: sums, total: sums.reduce(0, +))
    }
  }

  /// The point at which the running sum of distances passes a share of the total.
  private func draw(_ potential: Potential, _ share: Double) -> Int {
    var rest = share * potential.total
    var chunk = 0
    while chunk < chunkCount - 1, rest >= potential.chunkSums[chunk] {
      rest -= potential.chunkSums[chunk]
      chunk += 1
    }
    let places = places(ofChunk: chunk)
    for index in places {
      rest -= potential.distances[index]
      if rest < 0 { return index }
    }
    // Rounding has left a little over.
    return places.last { potential.distances[$0] > 0 } ?? places.lowerBound
  }
}

/// ⌊ln count⌋.
private func wholeLogarithm(_ count: Int) -> Int {
  var power = 2.718281828459045
  var result = 0
  while Double(count) >= power {
    power *= 2.718281828459045
    result += 1
  }
  return result
}
