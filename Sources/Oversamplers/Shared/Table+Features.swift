import MynahRandomness
import MynahTables

extension Table {
  /// Which kinds of features there are.
  enum Features { case none, numbers, categories, both }

  /// Without the target, identifiers and ignored columns.
  func features(_ request: BalanceRequest) -> Features {
    let counted = schema.columns.filter { column in
      column.name != request.target && column.kind != .identifier && !request.ignoring.contains(column.name)
    }
    switch (counted.contains { !$0.isDiscrete }, counted.contains { $0.isDiscrete }) {
    case (true, true): return .both
    case (true, false): return .numbers
    case (false, true): return .categories
    case (false, false): return .none
    }
  }

  /// Balanced by SMOTE where there are numbers only, by SMOTEN where there are categories only, else by SMOTE-NC.
  func smoted(
    _ request: BalanceRequest, kNeighbors: Int, using random: inout RandomSource
  ) throws -> ResampledTable {
    switch features(request) {
    case .numbers, .none:
      var smote = SMOTE()
      smote.kNeighbors = kNeighbors
      return try smote.resampled(self, request, using: &random)
    case .categories:
      var smoten = SMOTEN()
      smoten.kNeighbors = kNeighbors
      return try smoten.resampled(self, request, using: &random)
    case .both:
      var mixed = SMOTENC()
      mixed.kNeighbors = kNeighbors
      return try mixed.resampled(self, request, using: &random)
    }
  }
}
