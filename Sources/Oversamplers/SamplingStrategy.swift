/// How many rows each class is to have, as imbalanced-learn's `sampling_strategy`.
///
/// For oversamplers; undersamplers and cleaners read it the other way round: `notMinority` is their default, a ratio is
/// (minority rows) / (majority rows) after removal, and counts are upper bounds.
public enum SamplingStrategy: Sendable, Equatable, Codable {
  /// The usual choice of the method: every class but the majority for oversamplers, every one but the minority for
  /// undersamplers.
  case auto
  /// The smallest class only.
  case minority
  /// Every class but the largest.
  case notMajority
  /// Every class but the smallest.
  case notMinority
  /// Every class.
  case all
  /// Two classes only: the smaller one's rows as a share of the larger one's.
  case ratio(Double)
  /// Rows after balancing by class; classes that are not named stay as they are.
  case counts([String: Int])
}
