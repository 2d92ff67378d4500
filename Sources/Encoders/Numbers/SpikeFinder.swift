import MynahStatistics
import MynahTables

/// Finds values that deserve a mode of their own, because a Gaussian would smear them.
///
/// A value is a spike when
/// - at least `minimumShare` of the rows, and `minimumRows`, hold it (so it belongs to nobody in particular), and
/// - it is at least `prominence` times as frequent as the median of the (up to) ten nearest other values;
///
/// the most frequent `limit` are taken. So the zeros of a zero-inflated amount and the 40 among weekly hours are spikes,
/// ages are not. Besides, a column of at most `limit` distinct values, on average `minimumRows` each, is nothing but
/// spikes: a set of levels that happen to be numbers.
public struct SpikeFinder: Codable, Sendable, Equatable {
  public var limit = 10
  public var minimumShare = 0.002
  public var minimumRows = 10.0
  public var prominence = 4.0

  public init() {}

  /// With a `limit` of 0 nothing is a spike.
  public init(limit: Int) { self.limit = limit }

  /// - Throws: `TableError` for thresholds with which nothing can be found; they may have been read from a file.
  func validate() throws(TableError) {
    guard (0...1_000).contains(limit), minimumShare >= 0, minimumRows >= 1, prominence >= 0 else {
      throw TableError("spikes need a limit in 0...1000, at least one row and no negative thresholds")
    }
  }

  /// Indices of the spikes among distinct values.
  public func spikes(in data: WeightedPoints) -> Set<Int> {
    let total = data.totalWeight
    if data.count <= limit, total >= minimumRows * Double(data.count) { return Set(0..<data.count) }
    let least = max(minimumRows, minimumShare * total)
    let candidates = (0..<data.count).filter {
      data.weights[$0] >= least && data.weights[$0] >= prominence * typicalNeighbor(of: $0, data)
    }
    let byWeight = candidates.sorted { (data.weights[$1], $0) < (data.weights[$0], $1) }
    return Set(byWeight.prefix(max(0, limit)))
  }

  /// The median weight of the five values on either side.
  private func typicalNeighbor(of index: Int, _ data: WeightedPoints) -> Double {
    let window = max(0, index - 5)...min(data.count - 1, index + 5)
    let weights = window.filter { $0 != index }.map { data.weights[$0] }.sorted()
    return weights.isEmpty ? 0 : quantile(0.5, ofSorted: weights)
  }
}
