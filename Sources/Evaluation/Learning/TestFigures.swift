import MynahClassifiers

/// What predictions are worth on rows whose answers are known, by the name of the figure.
enum TestFigures {
  /// - `auc`: the area under the receiver operating characteristic; with more than two classes the mean over the classes,
  ///   each against the rest. Classes of which the rows hold none, or nothing else, are left out.
  /// - `f1`: the mean over those classes of 2 TP / (2 TP + FP + FN), where a row is called its likeliest class.
  static func ofClasses(_ probabilities: [Double], truth: [Int32], classCount: Int) -> [String: Double] {
    let counts = truth.reduce(into: Array(repeating: 0, count: classCount)) { $0[Int($1)] += 1 }
    let judged = (0..<classCount).filter { counts[$0] > 0 && counts[$0] < truth.count }
    guard !judged.isEmpty else { return [:] }
    let called = likeliest(probabilities, classCount: classCount)
    var (areas, f1) = (0.0, 0.0)
    for code in judged {
      let isPositive = truth.map { Int($0) == code }
      let scores = stride(from: code, to: probabilities.count, by: classCount).map { probabilities[$0] }
      areas += RankedScores(scores: scores, isPositive: isPositive).curve().rocAUC
      let hits = truth.indices.count { isPositive[$0] && called[$0] == code }
      f1 += 2 * Double(hits) / Double(counts[code] + called.count { $0 == code })
    }
    return ["auc": areas / Double(judged.count), "f1": f1 / Double(judged.count)]
  }

  /// The class of the greatest probability; of equal ones the first.
  static func likeliest(_ probabilities: [Double], classCount: Int) -> [Int] {
    stride(from: 0, to: probabilities.count, by: classCount).map { start in
      (0..<classCount).reduce(0) { probabilities[start + $1] > probabilities[start + $0] ? $1 : $0 }
    }
  }

  /// - `rmse`: √(mean (y − ŷ)²), in the target's unit;
  /// - `r2`: 1 − Σ (y − ŷ)² / Σ (y − ȳ)², absent where the truth does not vary.
  static func ofNumbers(_ predictions: [Double], truth: [Double]) -> [String: Double] {
    guard !truth.isEmpty else { return [:] }
    let count = Double(truth.count)
    let mean = truth.reduce(0) { $0 + $1 / count }
    var (errors, spread) = (0.0, 0.0)
    for (prediction, number) in zip(predictions, truth) {
      errors += (number - prediction) * (number - prediction)
      spread += (number - mean) * (number - mean)
    }
    var figures = ["rmse": (errors / count).squareRoot()]
    if spread > 0, spread.isFinite { figures["r2"] = 1 - errors / spread }
    return figures
  }
}
