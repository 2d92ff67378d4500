import MynahParallelism
import MynahRandomness
import Testing

@testable import MynahClassifiers

@Suite struct BoostedTreesTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let rows: [[Double?]]
      let classes: [Int32]
      let classCount: Int
      let weights: [Double]?
      let trainingRows: Int
      let probabilities: [[Double]]
      let rocAUC: Double

      var training: DesignMatrix { matrix(rows.prefix(trainingRows)) }
      var held: DesignMatrix { matrix(rows.dropFirst(trainingRows)) }

      private func matrix(_ rows: ArraySlice<[Double?]>) -> DesignMatrix {
        DesignMatrix(dense: rows.map { row in row.map { $0 ?? .nan } })
      }
    }

    let cases: [Case]
  }

  private static var settings: BoostedTrees {
    var trees = BoostedTrees()
    trees.estimators = 60
    trees.maximumDepth = 4
    return trees
  }

  /// Two releases of XGBoost cut numbers into bins a little differently, so trees differ at places; what they say of rows
  /// they have not seen hardly does.
  @Test func agreesWithXGBoostInPython() throws {
    for expected in try golden("boosted-trees.json", as: Golden.self).cases {
      var random = RandomSource(seed: 1)
      let fitted = try Self.settings.fitted(
        to: expected.training, classes: Array(expected.classes.prefix(expected.trainingRows)),
        classCount: expected.classCount, weights: expected.weights, using: &random)
      let probabilities = try fitted.probabilities(expected.held)
      let differences = expected.probabilities.enumerated().flatMap { row, other in
        other.indices.map { abs(other[$0] - probabilities[row * other.count + $0]) }
      }
      #expect(differences.reduce(0, +) / Double(differences.count) < 0.01)
      let labels = expected.classes.dropFirst(expected.trainingRows)
      let areas = (expected.classCount == 2 ? [1] : Array(0..<expected.classCount)).map { code in
        RankedScores(
          scores: stride(from: code, to: probabilities.count, by: expected.classCount).map { probabilities[$0] },
          isPositive: labels.map { $0 == code }
        ).curve().rocAUC
      }
      #expect(abs(areas.reduce(0, +) / Double(areas.count) - expected.rocAUC) < 0.005)
    }
  }

  @Test func poolThreadsGiveTheSameTrees() throws {
    let expected = try golden("boosted-trees.json", as: Golden.self).cases[0]
    let classes = Array(expected.classes.prefix(expected.trainingRows))
    let before = threadCount
    defer { threadCount = before }
    threadCount = 2
    let models = parallelMap(6) { _ in
      var random = RandomSource(seed: 1)
      return try? Self.settings.fitted(
        to: expected.training, classes: classes, classCount: 2, weights: nil, using: &random)
    }
    let first = try #require(models[0])
    for model in models { #expect(model == first) }
    let scores = try parallelMap(4) { _ in try? first.probabilities(expected.held) }.map { try #require($0) }
    for other in scores { #expect(other == scores[0]) }
  }

  @Test func errorsAreOneLine() throws {
    var random = RandomSource(seed: 1)
    let matrix = DesignMatrix(dense: [[1], [2], [3], [4]])
    var trees = BoostedTrees()
    trees.estimators = 0
    #expect(throws: ClassifierError("estimators must be at least 1, not 0")) {
      try trees.fitted(to: matrix, classes: [0, 1, 0, 1], classCount: 2, using: &random)
    }
    let fitted = try BoostedTrees().fitted(to: matrix, classes: [0, 1, 0, 1], classCount: 2, using: &random)
    #expect(throws: ClassifierError("the trees were grown on 1 features, these rows have 2")) {
      try fitted.probabilities(DesignMatrix(dense: [[1, 2]]))
    }
    // XGBoost's own message, without its stack.
    do {
      _ = try fitted.probabilities(DesignMatrix(columnCount: 1, rowStarts: [0, 1], indices: [0], values: [.infinity]))
      Issue.record("infinity must be refused")
    } catch {
      #expect("\(error)".hasPrefix("XGBoost failed: "))
      #expect(!"\(error)".contains("\n"))
    }
  }
}
