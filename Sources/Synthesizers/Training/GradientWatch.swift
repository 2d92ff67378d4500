/// Tells when gradients grow without bound.
///
/// A norm explodes when it exceeds `limit`, or when for `patience` steps in a row it is more than `ratio` times the usual
/// one. The usual norm is a running mean of the others, in which no step counts for more than ten times what was usual before,
/// so that an explosion does not become usual while it happens.
struct GradientWatch: Codable, Sendable {
  private var usual: [String: Double] = [:]
  private var streaks: [String: Int] = [:]
  private var steps = 0

  private static let limit = 1e8
  private static let ratio = 1e4
  private static let patience = 10
  /// Steps before a norm counts as usual.
  private static let warmUp = 50

  /// Takes the norms of one step, by network, and names what is wrong with them.
  mutating func observe(_ norms: [String: Double]) -> TrainingDiverged.Cause? {
    steps += 1
    for (name, norm) in norms.sorted(by: { $0.key < $1.key }) {
      guard norm.isFinite else { return .notFinite("norm of the \(name)'s gradients") }
      let before = usual[name] ?? norm
      if norm > Self.limit { return .exploding(name, norm: norm, usual: max(before, .leastNormalMagnitude)) }
      let isLarge = steps > Self.warmUp && before > 0 && norm > Self.ratio * before
      streaks[name] = isLarge ? streaks[name, default: 0] + 1 : 0
      if streaks[name, default: 0] >= Self.patience { return .exploding(name, norm: norm, usual: before) }
      guard !isLarge else { continue }
      let counted = steps > Self.warmUp ? min(norm, 10 * max(before, 1e-12)) : norm
      usual[name] = 0.99 * before + 0.01 * counted
    }
    return nil
  }
}
