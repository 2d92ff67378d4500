import MynahEncoders
import MynahOversamplers
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// A model as an oversampler: it is fitted to the table and makes the rows that classes lack, as many as a resampler would
/// make. The real rows stay as they are.
///
/// In files it is a method with the model's kind and hyperparameters, and one key besides: `train_on`.
///
/// ```yaml
/// methods:
///   - {kind: ctgan, epochs: 100, train_on: all}
/// ```
public struct ModelResampler: Sendable {
  /// The rows that a model learns.
  public enum TrainOn: String, Codable, Sendable, CaseIterable {
    /// One model learns all of them, and is asked for rows of a class by condition.
    case all
    /// Each class that lacks rows has a model of its own, which has seen no other class.
    case minority
  }

  static let trainOnKey = "train_on"

  public var synthesizer: any Synthesizer
  public var trainOn: TrainOn

  public init(_ synthesizer: any Synthesizer, trainOn: TrainOn = .all) {
    self.synthesizer = synthesizer
    self.trainOn = trainOn
  }

  /// The model's kind.
  public var kind: String { type(of: synthesizer).identifier }

  /// Adds the rows that classes lack to the table.
  ///
  /// A numeric target that is cut into bins is learned with the bin beside it, and rows whose target lies in another bin
  /// are drawn again. So are rows with a combination of the columns in `keepTogether` that no real row has. What concerns
  /// distances has no meaning for a model and is left aside, with a notice.
  ///
  /// - Throws: `ResamplingError` for a request that cannot be met; what the model throws.
  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource,
    observer: any TrainingObserver = SilentObserver()
  ) throws -> BalancedTable {
    try request.checkColumns(of: table)
    let needs = try ClassNeeds(table, request)
    var work = ModelWork(self, table: table, needs: needs, filter: try RowFilter(table, request, needs), observer)
    let made = try work.rows(using: &random)
    let added = try made.first.map { try $0.joining(made.dropFirst()) } ?? table.gathering([])
    let balanced = try ResampledTable(
      real: table, added: added, method: kind, notices: needs.notices + work.notices + ignored(request))
    return BalancedTable(balanced, trainingCutShort: work.trainingCutShort)
  }

  private func ignored(_ request: BalanceRequest) -> [String] {
    let isDistance = !request.ignoring.isEmpty || request.search == .approximate
    return isDistance
      ? ["'\(kind)' measures no distances: ignored columns and approximate neighbours change nothing"] : []
  }
}

// MARK: Files

extension ModelResampler {
  /// - Parameter given: the synthesizer's hyperparameters and `train_on`.
  /// - Throws: `ExperimentError` with the place of an unknown key, a wrong type or an impossible value.
  init(_ given: Setting, of type: any Synthesizer.Type, encoders: EncoderRegistry) throws {
    func open<S: Synthesizer>(_ type: S.Type) throws -> ModelResampler {
      let settings = try Hyperparameters.decode(
        given, over: Settings(synthesizer: S(), trainOn: .all), owner: "method '\(S.identifier)'", encoders: encoders
      ) { try $0.synthesizer.validate() }
      return ModelResampler(settings.synthesizer, trainOn: settings.trainOn)
    }
    self = try open(type)
  }

  func setting() throws -> Setting {
    Setting([(Self.trainOnKey, .string(trainOn.rawValue))]).merging(try Hyperparameters.setting(of: synthesizer))
  }

  /// The keys of both in one mapping.
  private struct Settings<S: Synthesizer>: Codable {
    enum CodingKeys: CodingKey { case trainOn }
    var synthesizer: S
    var trainOn: TrainOn

    init(synthesizer: S, trainOn: TrainOn) { (self.synthesizer, self.trainOn) = (synthesizer, trainOn) }

    init(from decoder: any Decoder) throws {
      trainOn = try decoder.container(keyedBy: CodingKeys.self).decode(TrainOn.self, forKey: .trainOn)
      synthesizer = try S(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(trainOn, forKey: .trainOn)
      try synthesizer.encode(to: encoder)
    }
  }
}
