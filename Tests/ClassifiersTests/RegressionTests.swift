import MynahRandomness
import Testing

@testable import MynahClassifiers

@Suite struct RegressionTests {
  private struct Golden: Decodable {
    struct Ridge: Decodable {
      let alpha: Double
      let coefficients: [Double]
      let intercept: Double
      let predictions: [Double]
    }

    let rows: [[Double]]
    let targets: [Double]
    let trainingRows: Int
    let ridge: [Ridge]
    let treePredictions: [Double]
    let treeGains: [Double]

    var training: DesignMatrix { DesignMatrix(dense: Array(rows.prefix(trainingRows))) }
    var held: DesignMatrix { DesignMatrix(dense: Array(rows.dropFirst(trainingRows))) }
    var learned: [Double] { Array(targets.prefix(trainingRows)) }
  }

  private static let golden = Result { try ClassifiersTests.golden("regression.json", as: Golden.self) }

  @Test func ridgeAgreesWithScikitLearn() throws {
    let golden = try Self.golden.get()
    for expected in golden.ridge {
      var ridge = RidgeRegression()
      ridge.penalty = expected.alpha
      let fitted = try ridge.fitted(to: golden.training, targets: golden.learned)
      // Targets lie about 5,000,000 ± 200,000.
      for (own, other) in zip(fitted.coefficients, expected.coefficients) { #expect(abs(own - other) < 0.01) }
      #expect(abs(fitted.intercept - expected.intercept) < 0.01)
      for (own, other) in zip(try fitted.predictions(golden.held), expected.predictions) {
        #expect(abs(own - other) < 0.01)
      }
    }
  }

  /// Two releases of XGBoost cut numbers into bins a little differently.
  @Test func treesAgreeWithXGBoostInPython() throws {
    let golden = try Self.golden.get()
    var trees = BoostedTrees()
    (trees.estimators, trees.maximumDepth) = (60, 4)
    var random = RandomSource(seed: 1)
    let fitted = try trees.fitted(to: golden.training, targets: golden.learned, using: &random)
    let errors = zip(try fitted.predictions(golden.held), golden.treePredictions).map { abs($0 - $1) }
    #expect(errors.reduce(0, +) / Double(errors.count) < 0.02 * 200_000)
    let total = golden.treeGains.reduce(0, +)
    for (own, other) in zip(try fitted.totalGains(), golden.treeGains) { #expect(abs(own - other) < 0.02 * total) }
  }

  @Test func classTreesHaveGains() throws {
    var random = RandomSource(seed: 1)
    let matrix = DesignMatrix(dense: (0..<40).map { [Double($0), Double($0 % 2)] })
    let fitted = try BoostedTrees().fitted(
      to: matrix, classes: (0..<40).map { $0 < 20 ? 0 : 1 }, classCount: 2, using: &random)
    let gains = try fitted.totalGains()
    #expect(gains[0] > 10)
    #expect(gains[1] == 0)
  }

  @Test func rowsWithoutAnyNumberHaveAnAnswer() throws {
    var random = RandomSource(seed: 1)
    let blank = DesignMatrix(dense: Array(repeating: [.nan, .nan], count: 4))
    let fitted = try BoostedTrees().fitted(to: blank, classes: [0, 1, 0, 1], classCount: 2, using: &random)
    for share in try fitted.probabilities(blank) { #expect(abs(share - 0.5) < 1e-6) }
    let numbers = try BoostedTrees().fitted(to: blank, targets: [3, 4, 5, 4], using: &random)
    for number in try numbers.predictions(blank) { #expect(abs(number - 4) < 1e-6) }
    let ridge = try RidgeRegression().fitted(to: blank, targets: [3, 4, 5, 4])
    #expect(try ridge.predictions(blank) == [4, 4, 4, 4])
  }

  @Test func errorsAreOneLine() throws {
    let matrix = DesignMatrix(dense: [[1], [2]])
    var ridge = RidgeRegression()
    #expect(throws: ClassifierError("numbers to learn must be finite; leave out rows without one")) {
      try ridge.fitted(to: matrix, targets: [1, .infinity])
    }
    ridge.penalty = 0
    #expect(throws: ClassifierError("the penalty must be above 0, not 0.0")) {
      try ridge.fitted(to: matrix, targets: [1, 2])
    }
    var random = RandomSource(seed: 1)
    #expect(throws: ClassifierError("there is no row to learn from")) {
      try BoostedTrees().fitted(
        to: DesignMatrix(columnCount: 1, rowStarts: [0], indices: [], values: []), targets: [], using: &random)
    }
    let fitted = try BoostedTrees().fitted(to: matrix, targets: [1, 2], using: &random)
    #expect(throws: ClassifierError("the trees were grown on 1 features, these rows have 2")) {
      try fitted.predictions(DesignMatrix(dense: [[1, 2]]))
    }
  }

  @Test func matricesGatherRows() {
    let matrix = DesignMatrix(dense: [[1, .nan], [2, 3], [.nan, .nan]])
    let gathered = matrix.gathering([1, 2, 0, 1])
    #expect(gathered.rowStarts == [0, 2, 2, 3, 5])
    #expect(gathered.indices == [0, 1, 0, 0, 1])
    #expect(gathered.values == [2, 3, 1, 2, 3])
  }
}
