/// Where a score lies between its yardsticks, better to the right.
struct PositionPicture {
  let width = "160"
  let spoken: String
  let dot: String
  let span: String?
  let ceiling: String?
  let floor: String?

  private static let (left, right) = (8.0, 152.0)
  /// The share of a metric's range that takes the whole width at least.
  private static let least = 0.002

  /// Nil where there is no score, or nothing to hold it against.
  init?(_ metric: ScoredMetric) {
    let score = metric.score
    guard let value = score.value, score.unseen != nil || score.marginals != nil else { return nil }
    let interval = score.interval
    let marks = [value, score.unseen, score.marginals, interval?.low, interval?.high].compactMap(\.self)
    guard let low = marks.min(), let high = marks.max(), (high - low).isFinite else { return nil }
    // What differs by next to nothing is not drawn as far apart as it gets.
    let reach = max(high - low, metric.bounds.map { min(1, $0.upperBound - $0.lowerBound) * Self.least } ?? 0)
    let middle = low / 2 + high / 2
    let place = { (mark: Double) -> Double in
      let share = reach > 0 ? 0.5 + (mark - middle) / reach : 0.5
      return Self.left + (score.goal == .maximize ? share : 1 - share) * (Self.right - Self.left)
    }
    dot = Figures.point(place(value))
    span = interval.map { "M\(Figures.point(place($0.low))) 12H\(Figures.point(place($0.high)))" }
    ceiling = score.unseen.map { "M\(Figures.point(place($0))) 2V22" }
    floor = score.marginals.map { mark in
      let middle = place(mark)
      return "M\(Figures.point(middle)) 5L\(Figures.point(middle + 6)) 18H\(Figures.point(middle - 6))Z"
    }
    var words = ["score \(Figures.score(value))"]
    if let unseen = score.unseen { words.append("unseen real rows \(Figures.score(unseen))") }
    if let marginals = score.marginals { words.append("independent columns \(Figures.score(marginals))") }
    spoken = words.joined(separator: ", ")
  }
}
