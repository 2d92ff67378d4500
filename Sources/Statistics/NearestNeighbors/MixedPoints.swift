/// Points of numbers and categories, and how far two of them are apart:
///
///     d(a, b)² = Σ over numbers (aⱼ − bⱼ)²  +  Σ over categories δⱼ(aⱼ, bⱼ)
///
/// Where values are missing, the sum goes over the features that both points have and is scaled up by
/// (number of features) / (features that both have), as scikit-learn's `nan_euclidean_distances` does. Points that share
/// no feature are infinitely far apart.
///
/// Categories stay codes: memory grows with rows and columns, whatever the number of levels.
public struct MixedPoints: Sendable {
  public let count: Int
  /// Numeric features.
  public let dimensions: Int
  /// Row-major, `count × dimensions`; NaN where a value is missing.
  public let numbers: [Double]
  public let categories: [CategoricalFeature]
  public let hasMissing: Bool

  public init(count: Int, dimensions: Int, numbers: [Double], categories: [CategoricalFeature] = []) {
    precondition(
      numbers.count == count * dimensions && categories.allSatisfy { $0.codes.count == count },
      "MixedPoints: \(numbers.count) numbers and categories of \(categories.map(\.codes.count)) rows for \(count) points of "
        + "\(dimensions) numbers")
    self.count = count
    self.dimensions = dimensions
    self.numbers = numbers
    self.categories = categories
    hasMissing = numbers.contains { $0.isNaN } || categories.contains { $0.codes.contains { $0 < 0 } }
  }

  /// Features of both kinds.
  public var featureCount: Int { dimensions + categories.count }

  /// The points at `rows`, in that order; categories keep their dissimilarities.
  public func gathering(_ rows: [Int]) -> MixedPoints {
    let picked = [Double](unsafeUninitializedCapacity: rows.count * dimensions) { buffer, initialized in
      numbers.withUnsafeBufferPointer { numbers in
        var place = 0
        for row in rows {
          for j in 0..<dimensions { buffer.initializeElement(at: place + j, to: numbers[row * dimensions + j]) }
          place += dimensions
        }
      }
      initialized = rows.count * dimensions
    }
    return MixedPoints(
      count: rows.count, dimensions: dimensions, numbers: picked,
      categories: categories.map { feature in
        CategoricalFeature(codes: rows.map { feature.codes[$0] }, feature.dissimilarity)
      })
  }
}

/// One categorical feature of `MixedPoints`.
public struct CategoricalFeature: Sendable {
  /// What two levels add to the squared distance.
  public enum Dissimilarity: Sendable {
    /// `weight` where they differ, else 0: SMOTE-NC's, with the squared median of standard deviations.
    case mismatch(weight: Double)
    /// `values[a * levels + b]`, symmetric, 0 on the diagonal: the value difference metric.
    case table([Double], levels: Int)
  }

  /// A level by row; −1 where it is missing.
  public let codes: [Int32]
  public let dissimilarity: Dissimilarity

  public init(codes: [Int32], _ dissimilarity: Dissimilarity) {
    self.codes = codes
    self.dissimilarity = dissimilarity
  }
}
