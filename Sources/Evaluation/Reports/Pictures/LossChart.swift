/// Losses, or scores, over epochs, a line for each name.
struct LossChart {
  static let width = 720.0
  static let height = 220.0
  /// Where the plot lies inside the drawing.
  private static let (left, top, right, bottom) = (56.0, 8.0, width - 12, height - 28)

  let lines: [Line]
  let valueTicks: [Tick]
  let epochTicks: [Tick]

  struct Line {
    let name: String
    /// Its place in the order of names: chooses colour and dashes.
    let style: String
    let path: String
    let last: String
  }
  struct Tick {
    let label: String
    let place: String
  }

  /// Nil when fewer than two epochs have a finite loss.
  init?(_ training: [(epoch: Int, losses: [String: Double])]) {
    let finite = training.filter { $0.losses.values.contains(where: \.isFinite) }
    let values = finite.flatMap { $0.losses.values.filter(\.isFinite) }
    guard let first = finite.map(\.epoch).min(), let last = finite.map(\.epoch).max(), first < last,
      var low = values.min(), var high = values.max()
    else { return nil }
    if low == high { (low, high) = (low - 1, high + 1) }
    guard (high - low).isFinite else { return nil }
    let x = { (epoch: Int) in
      Self.left + (Double(epoch) - Double(first)) / (Double(last) - Double(first)) * (Self.right - Self.left)
    }
    let y = { (value: Double) in Self.bottom - (value - low) / (high - low) * (Self.bottom - Self.top) }
    let names = Set(finite.flatMap(\.losses.keys)).sorted()
    lines = names.enumerated().map { index, name in
      let points = finite.compactMap { point in point.losses[name].map { (point.epoch, $0) } }
      return Line(
        name: name, style: "line\(index % 4)", path: Self.path(points.map { ($1.isFinite ? (x($0), y($1)) : nil) }),
        last: points.last.map { Figures.axis($0.1) } ?? "")
    }
    valueTicks = Self.roundNumbers(low, high).map { Tick(label: Figures.axis($0), place: Figures.point(y($0))) }
    epochTicks = Self.roundNumbers(Double(first), Double(last)).filter { $0 == $0.rounded() }.compactMap { value in
      Int(exactly: value).map { Tick(label: "\($0)", place: Figures.point(x($0))) }
    }
  }

  /// A gap in the line for each nil.
  private static func path(_ points: [(Double, Double)?]) -> String {
    var path = ""
    var isDrawing = false
    for point in points {
      if let (x, y) = point { path += "\(isDrawing ? "L" : "M")\(Figures.point(x)) \(Figures.point(y))" }
      isDrawing = point != nil
    }
    return path
  }

  /// Up to seven multiples of 1, 2 or 5 times a power of ten between two numbers.
  static func roundNumbers(_ low: Double, _ high: Double) -> [Double] {
    let rough = (high - low) / 5
    guard rough.isNormal, rough > 0 else { return [] }
    var power = 1.0
    while power * 10 <= rough { power *= 10 }
    while power > rough { power /= 10 }
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
    var ticks: [Double] = []
    var next = (low / step).rounded(.up)
    while next * step <= high, ticks.count < 8 {
      ticks.append(next * step + 0)
      next += 1
    }
    return ticks
  }
}
