import MynahParallelism
import MynahRandomness

/// Clusters of points around centers that make the sum of squared distances small:
///
///     inertia = Σ over points minᵢ ‖x − cᵢ‖²
///
/// Centers start where k-means++ puts them (Arthur and Vassilvitskii, 2007; of several candidates for each center the best
/// is kept), and move by Lloyd's iterations, or in steps of small batches where there are many rows (Sculley, "Web-scale
/// k-means clustering", 2010). A cluster that loses all its points starts again at the point farthest from its center.
public struct KMeans: Sendable, Equatable {
  public enum Algorithm: Sendable, Equatable {
    /// Mini-batches from 100,000 points on, else Lloyd's iterations.
    case automatic
    /// All points in every iteration.
    case lloyd
    /// Batches of random points: a tenth of the time or less, an inertia a few percent higher.
    case miniBatch
  }

  /// At least 1; no more clusters are made than there are points.
  public var clusterCount: Int
  /// Passes over the points at most, at least 1.
  public var maxIterations: Int
  /// Ends when the centers' squared shifts add up to no more than this share of the columns' mean variance.
  public var tolerance: Double
  /// Starts, of which the one that leads to the least inertia is kept; at least 1.
  public var initializations: Int
  public var algorithm: Algorithm
  /// Points of a mini-batch, at least 1.
  public var batchSize: Int

  public init(
    clusterCount: Int = 8, maxIterations: Int = 300, tolerance: Double = 1e-4, initializations: Int = 3,
    algorithm: Algorithm = .automatic, batchSize: Int = 1024
  ) {
    precondition(
      clusterCount > 0 && maxIterations > 0 && initializations > 0 && batchSize > 0,
      "KMeans: needs a cluster, an iteration, an initialization and a batch of at least 1, got \(clusterCount), "
        + "\(maxIterations), \(initializations), \(batchSize)")
    self.clusterCount = clusterCount
    self.maxIterations = maxIterations
    self.tolerance = tolerance
    self.initializations = initializations
    self.algorithm = algorithm
    self.batchSize = batchSize
  }

  public struct Fitted: Sendable, Equatable {
    /// Row-major, clusters × dimensions.
    public let centers: [Double]
    /// The cluster of each point.
    public let labels: [Int32]
    /// Σ of squared distances of points to their centers.
    public let inertia: Double
  }

  /// - Parameters:
  ///   - numbers: row-major, `count × dimensions`, finite.
  ///   - count: the points.
  ///   - dimensions: the numbers of each.
  ///   - random: decides the starts and the batches.
  public func fitted(to numbers: [Double], count: Int, dimensions: Int, using random: inout RandomSource) -> Fitted {
    precondition(
      numbers.count == count * dimensions,
      "KMeans: \(numbers.count) numbers for \(count) points of \(dimensions) dimensions")
    guard count > 0 else { return Fitted(centers: [], labels: [], inertia: 0) }
    let points = ClusteredPoints(numbers, count: count, dimensions: dimensions)
    let clusters = min(clusterCount, count)
    let inBatches = algorithm == .miniBatch || (algorithm == .automatic && count >= 100_000)
    if inBatches { return miniBatchFitted(to: points, clusters: clusters, using: &random) }
    var best: Fitted?
    for _ in 0..<initializations {
      let start = points.spreadCenters(clusters, using: &random)
      let found = lloyd(points, from: start)
      if best.map({ found.inertia < $0.inertia }) ?? true { best = found }
    }
    return best ?? Fitted(centers: [], labels: [], inertia: 0)
  }

  /// Lloyd's iterations from given centers.
  func lloyd(_ points: ClusteredPoints, from start: [Double]) -> Fitted {
    let limit = tolerance * points.meanVariance()
    var centers = start
    var assigned = points.assigned(to: centers)
    for _ in 0..<maxIterations {
      let before = (centers: centers, labels: assigned.labels)
      centers = points.centers(of: assigned, before: centers)
      assigned = points.assigned(to: centers)
      if assigned.labels == before.labels { break }
      if zip(centers, before.centers).reduce(0, { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }) <= limit { break }
    }
    return Fitted(centers: centers, labels: assigned.labels, inertia: assigned.inertia)
  }
}
