import MynahRandomness

/// Logistic regression with a squared penalty. For two classes, with y = ±1 and row weights s:
///
///     minimise over w, b:  ½ ‖w‖² + C Σ sᵢ log(1 + exp(−yᵢ (w·xᵢ + b)))
///
/// The intercept b is not penalised, as in scikit-learn. More than two classes are fitted one against the rest, and their
/// probabilities scaled to sum to 1. Newton's method with conjugate gradients (Lin, Weng and Keerthi, "Trust region Newton
/// method for large-scale logistic regression", 2008, here with a line search), in float64. Draws no random numbers.
public struct LogisticRegression: Classifier, Equatable {
  /// C, above 0: how much the rows count against the penalty.
  public var inverseRegularization = 1.0
  /// Fitting ends when no partial derivative exceeds this times C times the sum of weights.
  public var tolerance = 1e-9
  /// The most Newton steps.
  public var maximumIterations = 100

  public static var form: FeatureDesign.Form { .linear }

  public init() {}

  public func fitted(
    to matrix: DesignMatrix, classes: [Int32], classCount: Int, weights: [Double]? = nil,
    using random: inout RandomSource
  ) throws -> FittedLogisticRegression {
    try fitted(to: matrix, classes: classes, classCount: classCount, weights: weights)
  }

  func fitted(to matrix: DesignMatrix, classes: [Int32], classCount: Int, weights: [Double]?) throws
    -> FittedLogisticRegression
  {
    guard inverseRegularization > 0, inverseRegularization.isFinite else {
      throw ClassifierError("the inverse regularization C must be above 0, not \(inverseRegularization)")
    }
    try checkTraining(matrix, classes, classCount, weights)
    let positives = classCount == 2 ? [Int32(1)] : (0..<Int32(classCount)).map { $0 }
    let models = positives.map { positive in
      let objective = LogisticObjective(
        matrix: matrix, isPositive: classes.map { $0 == positive },
        weights: (weights ?? Array(repeating: 1, count: classes.count)).map { $0 * inverseRegularization })
      return objective.minimum(tolerance: tolerance, maximumIterations: maximumIterations)
    }
    return FittedLogisticRegression(models: models, classCount: classCount)
  }
}

/// The weights that were learned.
public struct FittedLogisticRegression: FittedClassifier, Codable, Equatable {
  /// A feature's weights and the intercept, for one class against the rest.
  public struct Model: Codable, Sendable, Equatable {
    public let coefficients: [Double]
    public let intercept: Double
    /// Newton steps that were taken.
    public let iterations: Int
  }

  /// One for two classes (the second's), else one for each class.
  public let models: [Model]
  public let classCount: Int

  public func probabilities(_ matrix: DesignMatrix) throws -> [Double] {
    let columns = models.first?.coefficients.count ?? 0
    guard matrix.columnCount == columns else {
      throw ClassifierError("the weights were learned on \(columns) features, these rows have \(matrix.columnCount)")
    }
    let margins = models.map { matrix.products(with: $0.coefficients, adding: $0.intercept) }
    var result = Array(repeating: 0.0, count: matrix.rowCount * classCount)
    for row in 0..<matrix.rowCount {
      let own = margins.map { sigmoid($0[row]) }
      if classCount == 2 {
        result[row * 2 + 1] = own[0]
        result[row * 2] = sigmoid(-margins[0][row])
        continue
      }
      let sum = own.reduce(0, +)
      for (code, value) in own.enumerated() {
        result[row * classCount + code] = sum > 0 ? value / sum : 1 / Double(classCount)
      }
    }
    return result
  }
}
