import MynahRandomness
import MynahTables

/// SMOTE along the border that a support vector machine finds (Nguyen, Cooper and Kamei, "Borderline over-sampling for
/// imbalanced data classification", 2011). New rows start from the class's support vectors that are no noise (not all of
/// their `mNeighbors` nearest rows are of other classes): from those in danger they lean towards neighbours of the class, from
/// the safe ones they go the other way, outwards, `outStep` times as far. How many come from which is drawn from Beta(10, 10).
///
/// Where one of the two groups is empty, the other makes all rows (imbalanced-learn then makes fewer than asked, as this does
/// with `followsReference`). Rows that leave the column's range are put at its end. The machine (libsvm: radial kernel,
/// C = 1, γ = 1 / (columns · variance)) takes time that grows with the square of the rows.
public struct SVMSMOTE: Resampler, Interpolating, Equatable {
  public static let identifier = "svm-smote"
  public var kNeighbors = 5
  /// Neighbours by which noise and danger are told.
  public var mNeighbors = 10
  /// How far outwards, as a share of the way to a neighbour.
  public var outStep = 0.5
  public var categorical = CategoricalHandling.refuse

  public init() {}

  public func validate() throws(ResamplingError) {
    try requirePositive(kNeighbors, "kNeighbors")
    try requirePositive(mNeighbors, "mNeighbors")
    guard outStep >= 0, outStep <= 1e6 else {
      throw ResamplingError("out_step must be from 0 to 1e6, got \(outStep)", hyperparameter: "outStep")
    }
  }

  var categoryHandling: CategoricalHandling? { categorical }

  func segments(
    adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
  ) throws(ResamplingError) -> [Segment] {
    let rows = problem.classes.rows[classIndex]
    let labels = problem.classes.labels
    let vectors = try supportVectors(
      problem.imputedNumbers(), labels: labels.map(Int.init), dimensions: problem.roles.numbers.count
    ).filter { labels[$0] == Int32(classIndex) }
    let surroundings = try problem.surroundings(of: vectors, m: mNeighbors, classIndex: classIndex)
    let name = problem.classes.names[classIndex]
    guard surroundings.contains(where: { $0 != .noise }) else {
      throw ResamplingError(
        "all \(vectors.count) support vectors of class '\(name)' lie among rows of other classes only, so svm-smote has no "
          + "border to follow; use smote, or a smaller m_neighbors", hyperparameter: "mNeighbors")
    }
    let danger = vectors.indices.filter { surroundings[$0] == .danger }.map { vectors[$0] }
    let safe = vectors.indices.filter { surroundings[$0] == .safe }.map { vectors[$0] }
    var inwards = Int(random.beta(10, 10) * Double(count + 1))
    var outwards = count - inwards
    if !problem.request.followsReference {
      if danger.isEmpty { (inwards, outwards) = (0, count) }
      if safe.isEmpty { (inwards, outwards) = (count, 0) }
    }
    let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
    let votes = problem.votes
    var segments: [Segment] = []
    for (bases, number, reach) in [(danger, inwards, 1.0), (safe, outwards, -outStep)] where !bases.isEmpty {
      let neighbors = try problem.neighbors(
        of: bases.compactMap { places[$0] }, among: rows, k: kNeighbors, weighedBy: classIndex)
      segments.append(
        Segment(
          drawing: number, of: bases, towards: neighbors, classIndex: classIndex, votes: votes, using: &random,
          step: { reach * $1.uniform() }))
    }
    return segments
  }
}

extension RandomSource {
  /// Beta(a, b) for whole a and b: the a-th smallest of a + b − 1 uniform numbers.
  mutating func beta(_ a: Int, _ b: Int) -> Double {
    (0..<a + b - 1).map { _ in uniform() }.sorted()[a - 1]
  }
}
