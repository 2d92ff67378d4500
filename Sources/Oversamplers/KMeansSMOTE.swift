import Foundation
import MynahRandomness
import MynahStatistics
import MynahTables

/// SMOTE within clusters (Last, Douzas and Bacao, "Oversampling for imbalanced learning based on k-means and SMOTE", 2017).
/// All rows are clustered by k-means; clusters with enough rows of the class get new ones, more where those lie sparsely: in
/// proportion to (mean distance)^e / n, e = 0.16 · log₁.₆(n)^1.8 unless given, n the class's rows in the cluster.
///
/// Exactly as many rows come as were asked for; with `followsReference` each cluster's number is rounded up, as
/// imbalanced-learn does. Clusters depend on the seed.
public struct KMeansSMOTE: Resampler, Interpolating, Equatable {
  public static let identifier = "kmeans-smote"
  public var kNeighbors = 2
  public var clusters = 8
  /// The least share of the class that a cluster must have; nil is half the class's share of all new rows.
  public var clusterBalanceThreshold: Double?
  /// e of the formula; nil computes it.
  public var densityExponent: Double?
  public var categorical = CategoricalHandling.refuse

  public init() {}

  public func validate() throws(ResamplingError) {
    try requirePositive(kNeighbors, "kNeighbors")
    try requirePositive(clusters, "clusters")
    if let threshold = clusterBalanceThreshold, !(0...1).contains(threshold) {
      throw ResamplingError(
        "cluster_balance_threshold must be from 0 to 1, got \(threshold)", hyperparameter: "clusterBalanceThreshold")
    }
    if let exponent = densityExponent, !exponent.isFinite {
      throw ResamplingError("density_exponent must be a number, got \(exponent)", hyperparameter: "densityExponent")
    }
  }

  var categoryHandling: CategoricalHandling? { categorical }

  func check(_ problem: BalanceProblem) throws(ResamplingError) {
    guard clusters <= problem.table.rowCount else {
      throw ResamplingError(
        "\(clusters) clusters are more than the table's \(problem.table.rowCount) rows; use fewer",
        hyperparameter: "clusters")
    }
  }

  func segments(
    adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
  ) throws(ResamplingError) -> [Segment] {
    let rows = problem.classes.rows[classIndex]
    let labels = problem.clusterLabels(clusters, using: &random)
    let total = try problem.additions().reduce(0) { $0 + $1.count }
    let threshold = clusterBalanceThreshold ?? Double(count) / Double(total) / 2
    var sizes = Array(repeating: 0, count: clusters)
    for label in labels { sizes[Int(label)] += 1 }
    var members = Array(repeating: [Int](), count: clusters)
    for row in rows { members[Int(labels[row])].append(row) }
    // One more than neighbours are wanted: the row itself.
    let chosen = members.indices.filter { cluster in
      members[cluster].count > kNeighbors && sizes[cluster] > 0
        && Double(members[cluster].count) / Double(sizes[cluster]) >= threshold
    }
    guard !chosen.isEmpty else {
      throw ResamplingError(
        "no cluster of \(clusters) has more than \(kNeighbors) rows of class '\(problem.classes.names[classIndex])' and a "
          + "share of it of at least \(threshold); use fewer or more clusters, a lower cluster_balance_threshold, or smote",
        hyperparameter: "clusters")
    }
    let logarithms = chosen.map { problem.logSparsity(members[$0], exponent: densityExponent, classIndex: classIndex) }
    // Relative to the sparsest one, so that no power is beyond what a number can hold. Where every chosen cluster is a single
    // point, none is sparser than another.
    let greatest = logarithms.max() ?? 0
    let sparsities = logarithms.map { greatest.isFinite ? exp($0 - greatest) : 1 }
    let sum = sparsities.reduce(0, +)
    guard sum.isFinite, sum > 0 else {
      throw ResamplingError(
        "distances within clusters are beyond what numbers can hold; scale the columns, or use smote",
        hyperparameter: "densityExponent")
    }
    let shares = sparsities.map { Double(count) * ($0 / sum) }
    let numbers =
      problem.request.followsReference ? shares.map { Int($0.rounded(.up)) } : apportioned(count, by: shares)
    let votes = problem.votes
    var segments: [Segment] = []
    for (cluster, number) in zip(chosen, numbers) where number > 0 {
      let own = members[cluster]
      let neighbors = try problem.neighbors(of: Array(own.indices), among: own, k: kNeighbors, weighedBy: classIndex)
      segments.append(
        Segment(drawing: number, of: own, towards: neighbors, classIndex: classIndex, votes: votes, using: &random))
    }
    return segments
  }
}

extension BalanceProblem {
  /// The logarithm of (mean distance between two of the rows)^exponent / rows; large where they lie far apart.
  func logSparsity(_ rows: [Int], exponent: Double?, classIndex: Int) -> Double {
    let n = Double(rows.count)
    let points = points(rows, weighedBy: classIndex)
    let mean = 2 * points.sumOfDistances() / (n * n - n)
    let own = exponent ?? pow(log(n) / log(1.6), 1.8) * 0.16
    return own * Foundation.log(mean) - Foundation.log(n)
  }

  /// The cluster of every row, by k-means on the numbers; a missing one counts as the column's mean.
  func clusterLabels(_ count: Int, using random: inout RandomSource) -> [Int32] {
    var kMeans = KMeans()
    kMeans.clusterCount = count
    return kMeans.fitted(to: imputedNumbers(), count: table.rowCount, dimensions: roles.numbers.count, using: &random)
      .labels
  }
}
