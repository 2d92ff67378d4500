import MynahClassifiers

extension CurveExhibit.Line {
  /// Points a line has, about.
  private static let points = 200

  /// The curve thinned to what can be seen of it.
  init(_ name: String, _ curve: OperatingCurve) {
    let (positives, negatives) = (curve.positives, curve.negatives)
    let last = curve.thresholds.count - 1
    var (roc, precisionRecall) = ([PlotPoint(0, 0)], [PlotPoint]())
    var shown = PlotPoint(-1, -1)
    for place in curve.thresholds.indices {
      let (trues, falses) = (curve.truePositives[place], curve.falsePositives[place])
      let point = PlotPoint(falses / negatives, trues / positives)
      // The beginning, where few are caught, is what reports zoom into.
      let isNear = abs(point.x - shown.x) + abs(point.y - shown.y) < 2 / Double(Self.points)
      guard place == last || !isNear || point.x < 0.01 && falses != shown.x * negatives else { continue }
      shown = point
      roc.append(point)
      precisionRecall.append(PlotPoint(trues / positives, trues / max(1, trues + falses)))
    }
    self.init(
      name: name, roc: roc, precisionRecall: precisionRecall, rocArea: curve.rocAUC,
      averagePrecision: curve.averagePrecision)
  }
}
