/// A loss or a parameter became NaN or infinite. The model as it was at the end of the last good epoch is kept.
public struct TrainingDiverged: Error, CustomStringConvertible {
  /// Counted from 1.
  public let epoch: Int
  /// Counted from 1 within the epoch.
  public let step: Int
  /// What it was, for example "critic loss".
  public let quantity: String
  /// Nil when the first epoch did not end.
  public let lastGoodModel: (any FittedSynthesizer)?

  public init(epoch: Int, step: Int, quantity: String, lastGoodModel: (any FittedSynthesizer)?) {
    self.epoch = epoch
    self.step = step
    self.quantity = quantity
    self.lastGoodModel = lastGoodModel
  }

  public var description: String {
    "training diverged: the \(quantity) is not a finite number in epoch \(epoch), step \(step)"
      + "; smaller learning rates would help"
  }
}
