import MynahStatistics

/// The mean of a figure, or of a difference of figures, over the folds of a trial: with a 95 % interval and the p value of
/// its being 0.
///
/// Training parts share rows, so the figures of J folds are not independent and their spread alone makes differences look
/// certain. The corrected resampled t test (Nadeau and Bengio, "Inference for the generalization error", 2003) takes
///
///     v = s² (1/J + n₂/n₁),    t = mean / √v,    J − 1 degrees of freedom
///
/// with s² the variance over folds and n₂/n₁ the rows held out per row learned from.
///
/// With a separate test table all J classifiers are judged on the same rows. By the law of total variance
///
///     Var(mean) = E[Var(mean | test rows)] + Var(E[mean | test rows])
///
/// The first term is what the choice of training rows does, and the spread over folds shows it: it is v, since the training
/// parts overlap as before. The second is what the choice of test rows does, and a bootstrap shows it: u, the variance over
/// replicates of the mean over folds, classifiers kept and test rows redrawn within positives and others (so the number of
/// positives counts as given). The test is then t = mean / √(v + u) with Satterthwaite's degrees of freedom,
/// (v + u)² / (v² / (J − 1) + u² / (B − 1)) for B replicates.
public struct PairedEstimate: Codable, Sendable, Equatable {
  public let mean: Double
  /// Of the 95 % interval.
  public let lower: Double
  public let upper: Double
  /// Two-sided, not corrected for the number of tests.
  public let p: Double

  init(_ values: [Double], heldOutPerTrained: Double, replicateMeans: [Double] = []) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let training = variance(values) * (1 / count + heldOutPerTrained)
    let testing = replicateMeans.isEmpty ? 0 : variance(replicateMeans)
    let total = training + testing
    self.mean = mean
    guard total > 0 else {
      (lower, upper, p) = (mean, mean, mean == 0 ? 1 : 0)
      return
    }
    let pooled =
      training * training / (count - 1)
      + (replicateMeans.isEmpty ? 0 : testing * testing / Double(replicateMeans.count - 1))
    let distribution = StudentT(degreesOfFreedom: total * total / pooled)
    let error = total.squareRoot()
    let half = distribution.twoSidedCritical(0.05) * error
    (lower, upper) = (mean - half, mean + half)
    p = distribution.twoSidedTail(mean / error)
  }
}

/// The unbiased variance; exactly 0 for equal values, whatever their mean rounds to.
private func variance(_ values: [Double]) -> Double {
  guard values.count > 1, values.contains(where: { $0 != values[0] }) else { return 0 }
  let mean = values.reduce(0, +) / Double(values.count)
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
}

/// Holm's step-down correction ("A simple sequentially rejective multiple test procedure", 1979): p values that may be held
/// against one level whatever their number, in the order given.
func holmCorrected(_ values: [Double]) -> [Double] {
  var corrected = values
  var least = 0.0
  for (place, index) in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }).enumerated() {
    least = max(least, min(1, values[index] * Double(values.count - place)))
    corrected[index] = least
  }
  return corrected
}
