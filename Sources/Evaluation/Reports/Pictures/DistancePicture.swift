/// The shares of distances in bins of equal width, an outline for each series. The last bin holds all that is farther.
struct DistancePicture {
  let lines: [Line]
  let shareTicks: [LossChart.Tick]
  let distanceTicks: [LossChart.Tick]

  struct Line {
    let lineName: String
    let style: String
    let path: String
  }

  private static let bins = 60
  private static let (left, top, right, bottom) = (56.0, 8.0, 708.0, 192.0)

  /// Nil where there are no finite distances.
  init?(_ exhibit: DistanceExhibit) {
    let series = exhibit.series.filter { !$0.distances.isEmpty }
    // The farthest hundredth would squeeze all others into the first bins.
    let reaches = series.map { $0.distances[($0.distances.count - 1) * 99 / 100] }
    guard let reach = reaches.max(), reach.isFinite, reach >= 0 else { return nil }
    let end = reach > 0 ? reach : 1
    let shares = series.map { Self.shares($0.distances, end) }
    let peak = shares.flatMap(\.self).max() ?? 1
    lines = zip(series, shares).enumerated().map { index, line in
      Line(lineName: line.0.name, style: "line\(index % 4)", path: Self.outline(line.1, peak))
    }
    shareTicks = LossChart.roundNumbers(0, peak).map { share in
      LossChart.Tick(
        label: Figures.percent(share, digits: peak < 0.05 ? 1 : 0),
        place: Figures.point(Self.bottom - share / peak * (Self.bottom - Self.top)))
    }
    distanceTicks = LossChart.roundNumbers(0, end).map { distance in
      LossChart.Tick(
        label: Figures.axis(distance), place: Figures.point(Self.left + distance / end * (Self.right - Self.left)))
    }
  }

  private static func shares(_ distances: [Double], _ end: Double) -> [Double] {
    var counts = Array(repeating: 0, count: bins)
    for distance in distances {
      let place = distance / end * Double(bins)
      counts[place >= Double(bins) ? bins - 1 : place > 0 ? Int(place) : 0] += 1
    }
    return counts.map { Double($0) / Double(distances.count) }
  }

  private static func outline(_ shares: [Double], _ peak: Double) -> String {
    let step = (right - left) / Double(shares.count)
    var path = "M\(Figures.point(left)) \(Figures.point(bottom))"
    for (bin, share) in shares.enumerated() {
      path +=
        "V\(Figures.point(bottom - share / peak * (bottom - top)))H\(Figures.point(left + Double(bin + 1) * step))"
    }
    return path + "V\(Figures.point(bottom))"
  }
}
