extension MixedPoints {
  /// The squared distance of a row to a row of other points with the same features.
  ///
  /// Summed over numbers in order, then over categories, so that every kind of search gives the same bits.
  func squaredDistance(_ row: Int, to other: MixedPoints, _ otherRow: Int) -> Double {
    var sum = 0.0
    let (start, otherStart) = (row * dimensions, otherRow * dimensions)
    guard hasMissing || other.hasMissing else {
      numbers.withUnsafeBufferPointer { a in
        other.numbers.withUnsafeBufferPointer { b in
          for j in 0..<dimensions {
            let difference = a[start + j] - b[otherStart + j]
            sum += difference * difference
          }
        }
      }
      for (feature, theirs) in zip(categories, other.categories) {
        sum += feature.dissimilarity.between(feature.codes[row], theirs.codes[otherRow])
      }
      return sum
    }
    var shared = 0.0
    for j in 0..<dimensions {
      let difference = numbers[start + j] - other.numbers[otherStart + j]
      guard !difference.isNaN else { continue }
      sum += difference * difference
      shared += 1
    }
    for (feature, theirs) in zip(categories, other.categories) {
      let (a, b) = (feature.codes[row], theirs.codes[otherRow])
      guard a >= 0, b >= 0 else { continue }
      sum += feature.dissimilarity.between(a, b)
      shared += 1
    }
    return Self.scaled(sum, shared: shared, of: featureCount)
  }

  /// A sum over the shared features as one over all of them.
  static func scaled(_ sum: Double, shared: Double, of total: Int) -> Double {
    shared == 0 ? .infinity : shared == Double(total) ? sum : sum * (Double(total) / shared)
  }
}

extension CategoricalFeature.Dissimilarity {
  func between(_ a: Int32, _ b: Int32) -> Double {
    switch self {
    case .mismatch(let weight): a == b ? 0 : weight
    case .table(let values, let levels): values[Int(a) * levels + Int(b)]
    }
  }

  /// The most that two levels add.
  var greatest: Double {
    switch self {
    case .mismatch(let weight): weight
    case .table(let values, _): values.max() ?? 0
    }
  }
}
