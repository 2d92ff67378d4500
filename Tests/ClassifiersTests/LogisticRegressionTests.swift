import MynahParallelism
import MynahRandomness
import Testing

@testable import MynahClassifiers

@Suite struct LogisticRegressionTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let rows: [[Double]]
      let classes: [Int32]
      let weights: [Double]?
      let c: Double
      let probabilities: [[Double]]
      let coefficients: [Double]
      let intercept: Double
    }

    struct Several: Decodable {
      let rows: [[Double]]
      let classes: [Int32]
      let probabilities: [[Double]]
    }

    let cases: [Case]
    let oneVersusRest: Several
  }

  /// Plain, with weights, separable, and with a strong penalty.
  @Test func coefficientsAreScikitLearns() throws {
    for expected in try golden("logistic-regression.json", as: Golden.self).cases {
      var model = LogisticRegression()
      model.inverseRegularization = expected.c
      let matrix = DesignMatrix(dense: expected.rows)
      let fitted = try model.fitted(to: matrix, classes: expected.classes, classCount: 2, weights: expected.weights)
      for (own, other) in zip(fitted.models[0].coefficients, expected.coefficients) { #expect(abs(own - other) < 1e-6) }
      #expect(abs(fitted.models[0].intercept - expected.intercept) < 1e-6)
      #expect(fitted.models[0].iterations < 30)
      let probabilities = try fitted.probabilities(matrix)
      for (row, other) in expected.probabilities.enumerated() {
        #expect(abs(probabilities[2 * row] - other[0]) < 1e-5)
        #expect(abs(probabilities[2 * row + 1] - other[1]) < 1e-5)
      }
    }
  }

  @Test func severalClassesAreOneAgainstTheRest() throws {
    let expected = try golden("logistic-regression.json", as: Golden.self).oneVersusRest
    let matrix = DesignMatrix(dense: expected.rows)
    let fitted = try LogisticRegression().fitted(to: matrix, classes: expected.classes, classCount: 3, weights: nil)
    let probabilities = try fitted.probabilities(matrix)
    for (row, other) in expected.probabilities.enumerated() {
      for code in 0..<3 { #expect(abs(probabilities[3 * row + code] - other[code]) < 1e-5) }
    }
  }

  /// More rows than a piece of work, so that sums are put together from several.
  @Test func threadsDoNotMatter() throws {
    var random = RandomSource(seed: 4)
    let rows = (0..<40_000).map { _ in [random.normal(), random.normal(), random.uniform() < 0.1 ? 1 : .nan] }
    let classes = rows.map { Int32($0[0] + random.normal() > 1 ? 1 : 0) }
    let matrix = DesignMatrix(dense: rows)
    let before = threadCount
    defer { threadCount = before }
    threadCount = 1
    let one = try LogisticRegression().fitted(to: matrix, classes: classes, classCount: 2, weights: nil)
    threadCount = 2
    let two = try LogisticRegression().fitted(to: matrix, classes: classes, classCount: 2, weights: nil)
    #expect(one == two)
  }

  @Test func aClassWithoutRowsIsAnError() {
    let matrix = DesignMatrix(dense: [[1], [2]])
    #expect(throws: ClassifierError("class 2 of 2 has no row to learn from")) {
      try LogisticRegression().fitted(to: matrix, classes: [0, 0], classCount: 2, weights: nil)
    }
  }
}
