/// A loss became NaN or infinite. The model as it was at the end of the last good epoch is kept.
public struct TrainingDiverged: Error, CustomStringConvertible {
  /// Counted from 1.
  public let epoch: Int
  /// Counted from 1 within the epoch.
  public let step: Int
  /// Whose loss it was, for example "critic".
  public let loss: String
  /// Nil when the first epoch did not end.
  public let lastGoodModel: (any FittedSynthesizer)?

  public init(epoch: Int, step: Int, loss: String, lastGoodModel: (any FittedSynthesizer)?) {
    self.epoch = epoch
    self.step = step
    self.loss = loss
    self.lastGoodModel = lastGoodModel
  }

  public var description: String {
    "training diverged: the \(loss) loss is not a finite number in epoch \(epoch), step \(step)"
      + "; smaller learning rates would help"
  }
}
