import MynahRandomness
import MynahTables

/// SMOTE at the border between classes (Han, Wang and Mao, "Borderline-SMOTE", 2005). Of a row's `mNeighbors` nearest rows
/// among all classes, count those of other classes: at least half but not all, and the row is in danger. New rows start
/// from rows in danger only.
///
/// `borderline-1` leans towards neighbours of the class. `borderline-2` leans towards neighbours of any class, at most half
/// the way to those of another.
public struct BorderlineSMOTE: Resampler, Interpolating, Equatable {
  public static let identifier = "borderline-smote"

  public enum Variant: String, Codable, Sendable, CaseIterable {
    case borderline1 = "borderline-1"
    case borderline2 = "borderline-2"
  }

  public var kNeighbors = 5
  /// Neighbours by which danger is told.
  public var mNeighbors = 10
  /// Called so because `kind` names the method in experiment files.
  public var variant = Variant.borderline1
  public var categorical = CategoricalHandling.refuse

  public init() {}

  public func validate() throws(ResamplingError) {
    try requirePositive(kNeighbors, "kNeighbors")
    try requirePositive(mNeighbors, "mNeighbors")
  }

  var categoryHandling: CategoricalHandling? { categorical }

  func segments(
    adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
  ) throws(ResamplingError) -> [Segment] {
    let rows = problem.classes.rows[classIndex]
    let surroundings = try problem.surroundings(of: rows, m: mNeighbors, classIndex: classIndex)
    let danger = rows.indices.filter { surroundings[$0] == .danger }
    guard !danger.isEmpty else {
      let name = problem.classes.names[classIndex]
      let message =
        "no row of class '\(name)' is in danger: none has from half to all but one of its \(mNeighbors) nearest rows in "
        + "other classes; use smote, or another m_neighbors"
      guard problem.request.followsReference else { throw ResamplingError(message, hyperparameter: "mNeighbors") }
      problem.noticeLog.add(message + "; the class is left as it is")
      return []
    }
    let bases = danger.map { rows[$0] }
    let votes = problem.votes
    if variant == .borderline1 {
      let neighbors = try problem.neighbors(of: danger, among: rows, k: kNeighbors, weighedBy: classIndex)
      return [
        Segment(
          drawing: count, of: bases, towards: neighbors, classIndex: classIndex, votes: votes, using: &random)
      ]
    }
    let all = Array(0..<problem.table.rowCount)
    let neighbors = try problem.neighbors(of: bases, among: all, k: kNeighbors, weighedBy: classIndex)
    let labels = problem.classes.labels
    return [
      Segment(drawing: count, of: bases, towards: neighbors, classIndex: classIndex, votes: votes, using: &random) {
        partner, random in
        let reach = labels[partner] == Int32(classIndex) ? 1 : 0.5 * random.uniform()
        return reach * random.uniform()
      }
    ]
  }
}

/// What surrounds a row of a class.
enum Surroundings: Sendable {
  case safe
  /// At least half of the neighbours are of other classes, but not all.
  case danger
  /// All are.
  case noise
}

extension BalanceProblem {
  /// - Parameters:
  ///   - rows: of the class.
  ///   - m: neighbours among all rows.
  func surroundings(of rows: [Int], m: Int, classIndex: Int) throws(ResamplingError) -> [Surroundings] {
    let all = Array(0..<table.rowCount)
    let neighbors = try neighbors(of: rows, among: all, k: m, weighedBy: classIndex)
    return rows.indices.map { place in
      let others = neighbors[place].count { classes.labels[Int($0)] != Int32(classIndex) }
      if others == neighbors.k { return .noise }
      return others * 2 >= neighbors.k ? .danger : .safe
    }
  }
}
