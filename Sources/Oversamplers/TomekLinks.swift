import MynahRandomness
import MynahTables

/// Removes rows that form Tomek links (Tomek, "Two modifications of CNN", 1976): two rows of different classes, each of
/// which is the other's nearest. Of a link the row of a class that may be removed goes: by default of every class but the
/// smallest.
public struct TomekLinks: Resampler, Cleaning, Equatable {
  public static let identifier = "tomek-links"

  public init() {}

  func removals(in problem: BalanceProblem, from removable: Set<Int>) throws(ResamplingError) -> [Bool] {
    let all = Array(0..<problem.table.rowCount)
    let nearest = try problem.neighbors(of: all, among: all, k: 1, weighedBy: nil).rows
    let labels = problem.classes.labels
    return all.map { row in
      let other = Int(nearest[row])
      return removable.contains(Int(labels[row])) && labels[other] != labels[row] && Int(nearest[other]) == row
    }
  }
}
