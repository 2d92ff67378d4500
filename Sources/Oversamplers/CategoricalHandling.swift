/// What a method that interpolates numbers does with categorical columns.
public enum CategoricalHandling: String, Codable, Sendable, CaseIterable {
  /// An error that names SMOTE-NC.
  case refuse
  /// They take no part in distances, and a new row has those of the row it starts from.
  case base
  /// As SMOTE-NC: a mismatch counts as the median of the numbers' standard deviations, and a new row has the most
  /// frequent level among the neighbours.
  case vote
}
