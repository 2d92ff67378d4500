import Foundation

/// What one generator of a run achieved.
public struct GeneratorResult: Codable, Sendable, Equatable {
  public var name: String
  public var kind: String
  /// Given when training was ended before its last epoch.
  public var epochsCompleted: Int?
  /// Why training ended early, unless somebody asked for it.
  public var failure: String?
  public var evaluation: TableEvaluation
}

/// `metrics.json`. The same experiment with the same seed gives the same bytes, so it holds no times.
public struct RunMetrics: Codable, Sendable, Equatable {
  public var experiment: String
  public var seed: UInt64
  public var generators: [GeneratorResult]

  /// Whether training was ended before its last epoch.
  public var isInterrupted: Bool { generators.contains { $0.epochsCompleted != nil } }

  func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }
}

/// What a run has left behind.
public struct RunSummary: Sendable {
  /// The run folder.
  public var folder: String
  public var metrics: RunMetrics

  public var isInterrupted: Bool { metrics.isInterrupted }

  /// Why training ended early, in one line.
  public var failure: String? { metrics.generators.lazy.compactMap(\.failure).first }

  /// For a reader.
  public var text: String {
    var text = ""
    for generator in metrics.generators {
      if metrics.generators.count > 1 { text += "\(generator.name)\n" }
      text += generator.evaluation.text(worst: 3)
    }
    return text + "run folder: \(folder)\n"
  }
}

extension Manifest {
  func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }
}
