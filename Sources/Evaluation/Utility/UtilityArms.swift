import MynahClassifiers
import MynahParallelism
import MynahRandomness

/// What one model that learned from one source says of the test rows.
struct UtilityOutcome {
  enum Source: String, CaseIterable { case synthetic, real, augmented }

  let model: String
  let source: Source
  let figures: [String: Double]
  /// Of a model of classes: how it tells the rarest one from the others.
  let curve: OperatingCurve?
  /// Of trees: each feature's gain.
  let gains: [Double]?
}

/// All models on all sources.
struct UtilityArms {
  private let trial: LearningTrial
  private let augmented: LearningRows
  /// The class that the fewest test rows have, among those that some have and some have not.
  let rarest: Int32?

  init(_ trial: LearningTrial) {
    self.trial = trial
    augmented = trial.real.appending(trial.synthetic)
    let counts = trial.test.codes.reduce(into: [Int32: Int]()) { $0[$1, default: 0] += 1 }
    rarest = counts.filter { $0.value < trial.test.count }.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  func outcomes(using random: RandomSource) throws -> [UtilityOutcome] {
    // Trees first: they take longest.
    let arms = [true, false].flatMap { isTrees in UtilityOutcome.Source.allCases.map { (isTrees, $0) } }
    return try parallelMap(arms.count) { place in
      Result {
        let (isTrees, source) = arms[place]
        var random = random.stream(for: UInt64(place))
        switch trial.target.task {
        case .classes(let names): return try classes(names.count, isTrees, source, &random)
        case .quantity: return try quantity(isTrees, source, &random)
        }
      }
    }.map { try $0.get() }
  }

  private func rows(_ source: UtilityOutcome.Source) -> LearningRows {
    switch source {
    case .synthetic: trial.synthetic
    case .real: trial.real
    case .augmented: augmented
    }
  }

  private func classes(
    _ count: Int, _ isTrees: Bool, _ source: UtilityOutcome.Source, _ random: inout RandomSource
  ) throws -> UtilityOutcome {
    let model =
      isTrees
      ? try ClassModel(BoostedTrees.judge, learning: rows(source), classCount: count, using: &random)
      : try ClassModel(LogisticRegression(), learning: rows(source), classCount: count, using: &random)
    let probabilities = try model.probabilities(of: trial.test)
    let figures = TestFigures.ofClasses(probabilities, truth: trial.test.codes, classCount: count)
    return UtilityOutcome(
      model: isTrees ? "boosted-trees" : "logistic-regression", source: source, figures: figures,
      curve: rarest.map { curve(of: $0, probabilities, count) }, gains: model.gains)
  }

  private func curve(of code: Int32, _ probabilities: [Double], _ classCount: Int) -> OperatingCurve {
    let scores = stride(from: Int(code), to: probabilities.count, by: classCount).map { probabilities[$0] }
    return RankedScores(scores: scores, isPositive: trial.test.codes.map { $0 == code }).curve()
  }

  private func quantity(
    _ isTrees: Bool, _ source: UtilityOutcome.Source, _ random: inout RandomSource
  ) throws -> UtilityOutcome {
    let learning = rows(source)
    guard isTrees else {
      let fitted = try RidgeRegression().fitted(to: learning.linear, targets: learning.numbers)
      let predictions = try fitted.predictions(trial.test.linear)
      return UtilityOutcome(
        model: "ridge-regression", source: source,
        figures: TestFigures.ofNumbers(predictions, truth: trial.test.numbers), curve: nil, gains: nil)
    }
    let fitted = try BoostedTrees.judge.fitted(to: learning.trees, targets: learning.numbers, using: &random)
    let predictions = try fitted.predictions(trial.test.trees)
    return UtilityOutcome(
      model: "boosted-trees", source: source,
      figures: TestFigures.ofNumbers(predictions, truth: trial.test.numbers), curve: nil, gains: try fitted.totalGains()
    )
  }
}
