import MynahRandomness
import MynahTables

/// SMOTE, then the removal of all Tomek links, real rows' and new ones' (Batista, Bazzan and Monard, 2003). On a table with
/// categories it is SMOTE-NC that adds rows.
public struct SMOTETomek: Resampler, Equatable {
  public static let identifier = "smote-tomek"
  public var kNeighbors = 5

  public init() {}

  public func validate() throws(ResamplingError) { try requirePositive(kNeighbors, "kNeighbors") }

  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    try validate()
    return try TomekLinks().cleaned(
      try table.smoted(request, kNeighbors: kNeighbors, using: &random), request, named: Self.identifier)
  }
}
