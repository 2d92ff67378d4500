import MynahRandomness
import MynahTables

/// Synthetic minority oversampling (Chawla et al., "SMOTE: synthetic minority over-sampling technique", 2002): a new row
/// lies at x + u · (y − x), where x is a row of the class drawn uniformly, y one of its `kNeighbors` nearest rows of the
/// class, and u uniform on [0, 1), one for all columns.
///
/// For numeric tables; `categorical` says what to do with other columns.
public struct SMOTE: Resampler, Interpolating, Equatable {
  public static let identifier = "smote"
  /// Neighbours of a row that new ones lean towards.
  public var kNeighbors = 5
  public var categorical = CategoricalHandling.refuse

  public init() {}

  public func validate() throws(ResamplingError) { try requirePositive(kNeighbors, "kNeighbors") }

  var categoryHandling: CategoricalHandling? { categorical }

  func segments(
    adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
  ) throws(ResamplingError) -> [Segment] {
    let neighbors = try problem.neighborsWithinClass(classIndex, k: kNeighbors)
    return [
      Segment(
        drawing: count, of: problem.classes.rows[classIndex], towards: neighbors, classIndex: classIndex,
        votes: problem.votes, using: &random)
    ]
  }
}

/// - Throws: `ResamplingError` for what is not a positive whole number.
func requirePositive(_ value: Int, _ name: String) throws(ResamplingError) {
  guard value > 0, value <= 1 << 16 else {
    let shown = name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    throw ResamplingError("\(shown) must be from 1 to 65536, got \(value)", hyperparameter: name)
  }
}
