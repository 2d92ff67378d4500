#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A receiver operating characteristic, its beginning on a logarithmic axis, or precision over recall.
struct CurvePicture {
  let plotTitle: String
  let acrossTitle: String
  let upTitle: String
  let across: [LossChart.Tick]
  let up: [LossChart.Tick]
  let chance: String
  let paths: [Path]

  struct Path {
    let lineStyle: String
    let path: String
  }

  private static let (left, top, right, bottom) = (44.0, 8.0, 292.0, 228.0)
  private static let quarters = [0, 0.25, 0.5, 0.75, 1]
  /// Where logarithmic axes begin.
  private static let least = 0.001

  init(roc exhibit: CurveExhibit, logarithmic: Bool) {
    plotTitle = logarithmic ? "ROC, few false positives" : "ROC"
    (acrossTitle, upTitle) = ("false positive rate", "true positive rate")
    // Rates below the axis' beginning are drawn at it.
    let place = { (rate: Double) in logarithmic ? 1 - log10(max(Self.least, rate)) / log10(Self.least) : rate }
    across = (logarithmic ? [0.001, 0.01, 0.1, 1] : Self.quarters).map {
      LossChart.Tick(label: Figures.axis($0), place: Figures.point(Self.x(place($0))))
    }
    up = Self.upTicks
    let diagonal =
      logarithmic
      ? (0...30).map { pow(10, -3 + Double($0) / 10) }.map { PlotPoint(place($0), $0) }
      : [PlotPoint(0, 0), PlotPoint(1, 1)]
    chance = Self.path(diagonal)
    paths = exhibit.lines.enumerated().map { index, line in
      Path(lineStyle: "line\(index % 4)", path: Self.path(line.roc.map { PlotPoint(place($0.x), $0.y) }))
    }
  }

  init(precisionRecall exhibit: CurveExhibit) {
    plotTitle = "Precision over recall"
    (acrossTitle, upTitle) = ("recall", "precision")
    across = Self.quarters.map { LossChart.Tick(label: Figures.axis($0), place: Figures.point(Self.x($0))) }
    up = Self.upTicks
    chance = Self.path([PlotPoint(0, exhibit.prevalence), PlotPoint(1, exhibit.prevalence)])
    paths = exhibit.lines.enumerated().map { index, line in
      Path(lineStyle: "line\(index % 4)", path: Self.path(line.precisionRecall))
    }
  }

  private static var upTicks: [LossChart.Tick] {
    quarters.map { LossChart.Tick(label: Figures.axis($0), place: Figures.point(y($0))) }
  }
  private static func x(_ share: Double) -> Double { left + share * (right - left) }
  private static func y(_ share: Double) -> Double { bottom - share * (bottom - top) }

  private static func path(_ points: [PlotPoint]) -> String {
    var path = ""
    for point in points where point.x.isFinite && point.y.isFinite {
      path += "\(path.isEmpty ? "M" : "L")\(Figures.point(x(point.x))) \(Figures.point(y(point.y)))"
    }
    return path
  }
}
