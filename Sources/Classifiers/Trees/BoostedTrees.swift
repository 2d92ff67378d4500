import MynahRandomness

/// Gradient boosted trees by XGBoost (Chen and Guestrin, "XGBoost: A scalable tree boosting system", 2016).
///
/// Always on one thread, so that the trees do not depend on how many there are: callers fit several at once. What is not
/// named here is XGBoost 1.7's default (squared leaf weights count 1, a prior probability of one half).
public struct BoostedTrees: Classifier, Equatable {
  /// Rounds of boosting, at least 1: a tree each, or one for each class where there are more than two.
  public var estimators = 200
  /// The most splits from root to leaf, 1...30.
  public var maximumDepth = 6
  /// What a tree's answer is multiplied by, above 0 and at most 1.
  public var learningRate = 0.1

  public static var form: FeatureDesign.Form { .trees }

  public init() {}

  public func fitted(
    to matrix: DesignMatrix, classes: [Int32], classCount: Int, weights: [Double]? = nil,
    using random: inout RandomSource
  ) throws -> FittedBoostedTrees {
    try validate()
    try checkTraining(matrix, classes, classCount, weights)
    let objective =
      classCount == 2
      ? [("objective", "binary:logistic")] : [("objective", "multi:softprob"), ("num_class", "\(classCount)")]
    let model = try grown(on: matrix, classes.map(Float.init), weights, objective, seed: random.next() >> 33)
    return FittedBoostedTrees(model: model, classCount: classCount, columnCount: matrix.columnCount)
  }

  /// Trees for any objective, as XGBoost stores them.
  func grown(
    on matrix: DesignMatrix, _ labels: [Float], _ weights: [Double]?, _ objective: [(String, String)], seed: UInt64
  ) throws(ClassifierError) -> [UInt8] {
    let data = try XGBoostMatrix(matrix)
    try data.set("label", labels)
    if let weights { try data.set("weight", weights.map { Float($0) }) }
    let booster = try XGBoostBooster(data)
    let settings = [
      ("nthread", "1"), ("verbosity", "0"), ("booster", "gbtree"), ("tree_method", "hist"), ("seed", "\(seed)"),
      ("max_depth", "\(maximumDepth)"), ("eta", "\(learningRate)"),
    ]
    for (name, value) in settings + objective { try booster.set(name, value) }
    for round in 0..<estimators { try booster.update(round, data) }
    return try booster.serialized()
  }

  func validate() throws(ClassifierError) {
    guard estimators >= 1 else { throw ClassifierError("estimators must be at least 1, not \(estimators)") }
    guard (1...30).contains(maximumDepth) else {
      throw ClassifierError("the maximum depth must lie in 1...30, not \(maximumDepth)")
    }
    guard learningRate > 0, learningRate <= 1 else {
      throw ClassifierError("the learning rate must be above 0 and at most 1, not \(learningRate)")
    }
  }
}

/// Boosted trees that were grown: XGBoost's own form of a model, in binary JSON.
public struct FittedBoostedTrees: FittedClassifier, Equatable {
  let model: [UInt8]
  public let classCount: Int
  let columnCount: Int

  public func probabilities(_ matrix: DesignMatrix) throws -> [Double] {
    guard matrix.columnCount == columnCount else {
      throw ClassifierError("the trees were grown on \(columnCount) features, these rows have \(matrix.columnCount)")
    }
    guard matrix.rowCount > 0 else { return [] }
    // A booster of its own for each call: threads may then ask one model at the same time.
    let scores = try XGBoostBooster(model).predictions(try XGBoostMatrix(matrix))
    guard classCount == 2 else { return scores.map(Double.init) }
    return scores.flatMap { [1 - Double($0), Double($0)] }
  }
}
