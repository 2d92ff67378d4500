import MynahRandomness
import MynahTables

/// Removes rows that their surroundings disagree with (Wilson, "Asymptotic properties of nearest neighbor rules using edited
/// data", 1972): a row stays when all of its `nNeighbors` nearest rows are of its class, or, by `mode`, when its class is the
/// most frequent among them. By default rows of every class but the smallest may go.
public struct EditedNearestNeighbours: Resampler, Cleaning, Equatable {
  public static let identifier = "edited-nearest-neighbours"

  public enum Selection: String, Codable, Sendable, CaseIterable { case all, mode }

  public var nNeighbors = 3
  public var kindSel = Selection.all

  public init() {}

  public func validate() throws(ResamplingError) { try requirePositive(nNeighbors, "nNeighbors") }

  func removals(in problem: BalanceProblem, from removable: Set<Int>) throws(ResamplingError) -> [Bool] {
    guard nNeighbors < problem.table.rowCount else {
      throw ResamplingError(
        "a row has \(problem.table.rowCount - 1) others, fewer than \(nNeighbors) neighbours; use fewer",
        hyperparameter: "nNeighbors")
    }
    let labels = problem.classes.labels
    let rows = (0..<problem.table.rowCount).filter { removable.contains(Int(labels[$0])) }
    let neighbors = try problem.neighbors(
      of: rows, among: Array(0..<problem.table.rowCount), k: nNeighbors, weighedBy: nil)
    var isRemoved = Array(repeating: false, count: problem.table.rowCount)
    var votes = Array(repeating: 0, count: problem.classes.names.count)
    for (place, row) in rows.enumerated() {
      let own = Int(labels[row])
      switch kindSel {
      case .all: isRemoved[row] = neighbors[place].contains { Int(labels[Int($0)]) != own }
      case .mode:
        for neighbor in neighbors[place] { votes[Int(labels[Int(neighbor)])] += 1 }
        // The first of several that are equally frequent, as scikit-learn takes it.
        let most = votes.indices.max { (votes[$0], $1) < (votes[$1], $0) }
        isRemoved[row] = most != own
        for index in votes.indices { votes[index] = 0 }
      }
    }
    return isRemoved
  }
}
