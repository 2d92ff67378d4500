import MynahRandomness
import MynahTables

/// SMOTE for numbers and categories (Chawla et al., 2002, section 6.1). A category that differs adds the square of the
/// median of the numbers' standard deviations in the class to the squared distance; numbers of a new row are SMOTE's, and
/// each category is the most frequent one among the `kNeighbors` neighbours of the row it starts from, ties drawn.
///
/// Categories are compared as codes: memory grows with rows and columns, whatever the number of levels. Missing values
/// count as `MixedPoints` says, and a missing category can win the vote. A table without categories is balanced as by
/// SMOTE, one without numbers as by SMOTEN; a notice says so.
public struct SMOTENC: Resampler, Equatable {
  public static let identifier = "smote-nc"
  /// Neighbours of a row that new ones lean towards, and whose categories they have.
  public var kNeighbors = 5

  public init() {}

  public func validate() throws(ResamplingError) { try requirePositive(kNeighbors, "kNeighbors") }

  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    try validate()
    let features = table.features(request)
    if features == .categories {
      var nominal = SMOTEN()
      nominal.kNeighbors = kNeighbors
      var result = try nominal.resampled(table, request, using: &random)
      result.notices.append("there is no numeric column: balanced by smoten, which is for categories only")
      return result
    }
    var mixed = Mixed()
    mixed.kNeighbors = kNeighbors
    var result = try mixed.resampled(table, request, using: &random)
    if features == .numbers { result.notices.append("there is no categorical column: balanced as by smote") }
    return result
  }

  private struct Mixed: Resampler, Interpolating {
    static let identifier = SMOTENC.identifier
    var kNeighbors = 5

    var categoryHandling: CategoricalHandling? { .vote }

    func segments(
      adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
    ) throws(ResamplingError) -> [Segment] {
      var smote = SMOTE()
      smote.kNeighbors = kNeighbors
      return try smote.segments(adding: count, to: classIndex, in: problem, using: &random)
    }
  }
}
