import MynahSynthesizers

/// How training went, epoch by epoch.
public struct TrainingSummary: Codable, Sendable, Equatable {
  /// Why training ended.
  public enum Ending: String, Codable, Sendable {
    /// It was the last epoch.
    case epochs
    /// The score had not become better for as many times as `patience` says.
    case patience
    /// The time that `max_minutes` gives was over.
    case maxMinutes = "max_minutes"
    /// The synthesizer had another reason.
    case synthesizer
    case interruption
    case divergence
  }

  /// Epochs trained, counting one that was not finished.
  public var epochs: Int
  /// Epochs there could have been.
  public var epochsAllowed: Int
  /// After which epoch sampled rows scored best against the held-out part; the model is of then. Nil where they were
  /// not scored.
  public var bestEpoch: Int?
  public var endedBy: Ending

  /// Nil when no epoch was reported.
  init?(_ reports: [EpochReport], of synthesizer: any Synthesizer, wasInterrupted: Bool, diverged: Bool) {
    guard let last = reports.last else { return nil }
    epochs = last.epoch
    epochsAllowed = last.epochs
    bestEpoch = reports.last { $0.quality?.isBest == true }?.epoch
    endedBy =
      if diverged {
        .divergence
      } else if wasInterrupted {
        .interruption
      } else if last.epoch >= last.epochs {
        .epochs
      } else {
        Self.ownEnding(reports, of: synthesizer)
      }
  }

  /// Why a training ended before its last epoch though nobody interrupted it.
  private static func ownEnding(_ reports: [EpochReport], of synthesizer: any Synthesizer) -> Ending {
    guard let settings = synthesizer as? any IterativeSynthesizer else { return .synthesizer }
    let scores = reports.compactMap(\.quality).suffix(max(0, settings.patience))
    if settings.patience > 0, scores.count == settings.patience, !scores.contains(where: \.isBest) { return .patience }
    return settings.maxMinutes > 0 ? .maxMinutes : .synthesizer
  }

  /// For a reader: "120 of 300, ended by patience; the model is of epoch 95".
  var text: String {
    var text = "\(epochs) of \(epochsAllowed)"
    if endedBy != .epochs { text += ", ended by \(endedBy.rawValue)" }
    if let bestEpoch { text += "; the model is of epoch \(bestEpoch)" }
    return text
  }
}
