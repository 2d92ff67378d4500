import MynahRandomness
import MynahTables

/// SMOTE, then edited nearest neighbours over all rows, real and new (Batista, Prati and Monard, "A study of the behavior of
/// several methods for balancing machine learning training data", 2004). On a table with categories it is SMOTE-NC that adds
/// rows.
public struct SMOTEENN: Resampler, Equatable {
  public static let identifier = "smote-enn"
  public var kNeighbors = 5
  /// Neighbours that all must be of a row's class.
  public var nNeighbors = 3

  public init() {}

  public func validate() throws(ResamplingError) {
    try requirePositive(kNeighbors, "kNeighbors")
    try requirePositive(nNeighbors, "nNeighbors")
  }

  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    try validate()
    var cleaner = EditedNearestNeighbours()
    cleaner.nNeighbors = nNeighbors
    return try cleaner.cleaned(
      try table.smoted(request, kNeighbors: kNeighbors, using: &random), request, named: Self.identifier)
  }
}
