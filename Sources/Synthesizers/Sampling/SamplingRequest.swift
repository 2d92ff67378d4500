/// What is asked of a fitted model.
public struct SamplingRequest: Sendable {
  /// How many rows.
  public var count: Int
  /// Every row meets every one of them.
  public var conditions: [Condition]
  /// The number of the first of these rows in the whole sampled table, from 0: a long table may be sampled in pieces, and
  /// identifiers differ between pieces whose rows have different numbers.
  public var firstRow: Int
  /// How many rows a model that draws rows again may draw without one that meets all conditions before it gives up; it
  /// gives up, too, once it has drawn a twentieth of that for every row asked for. More is worth it for rare
  /// combinations.
  public var patience: Int
  public var observer: any SamplingObserver

  public init(
    _ count: Int, given conditions: [Condition] = [], firstRow: Int = 0, patience: Int = 200_000,
    observer: any SamplingObserver = SilentObserver()
  ) {
    self.count = count
    self.conditions = conditions
    self.firstRow = firstRow
    self.patience = patience
    self.observer = observer
  }
}

/// What sampling tells the outside.
public protocol SamplingObserver: Sendable {
  /// Rows were drawn again until enough met the conditions: of `drawn` rows `accepted` did. Called once for a request
  /// that needed it.
  func rejectionEnded(drawn: Int, accepted: Int)
}

extension SilentObserver: SamplingObserver {
  public func rejectionEnded(drawn: Int, accepted: Int) {}
}
