import MynahOversamplers
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// What `--method` and the `balance` section of an experiment file name: a resampler, or a model that makes the rows
/// that classes lack.
public enum BalancingMethod: Sendable {
  case resampler(any Resampler)
  case model(ModelResampler)

  /// The name in files and after `--method`.
  public var kind: String {
    switch self {
    case .resampler(let resampler): type(of: resampler).identifier
    case .model(let model): model.kind
    }
  }

  /// Balances a table as asked; see `Resampler`.
  ///
  /// - Parameters:
  ///   - table: the real rows.
  ///   - request: what is asked for.
  ///   - random: decides the new rows.
  ///   - observer: told how a model's training goes; may end it.
  /// - Throws: `ResamplingError` where that is impossible; what the model throws.
  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource,
    observer: any TrainingObserver = SilentObserver()
  ) throws -> BalancedTable {
    switch self {
    case .resampler(let resampler): BalancedTable(try resampler.resampled(table, request, using: &random))
    case .model(let model): try model.resampled(table, request, using: &random, observer: observer)
    }
  }

  /// As `resampled`, for a table that was read from a file, which errors name.
  ///
  /// - Parameters:
  ///   - data: the real rows and their file.
  ///   - request: what is asked for.
  ///   - seed: decides every random number.
  ///   - observer: told how a model's training goes; may end it.
  public func balanced(
    _ data: InputTable, _ request: BalanceRequest, seed: UInt64, observer: any TrainingObserver = SilentObserver()
  ) throws -> BalancedTable {
    var random = RandomSource(seed: seed).stream(for: ModelFile.Purpose.balancing.rawValue)
    do {
      return try resampled(data.table, request, using: &random, observer: observer)
    } catch let error as ResamplingError {
      throw ExperimentError(error.description, at: Place(data.path))
    } catch let error as SynthesisError where error.reason == .invalid {
      throw ExperimentError(error.description, at: Place(data.path))
    }
  }

  /// The hyperparameters, as files hold them.
  func setting() throws -> Setting {
    switch self {
    case .resampler(let resampler): try Hyperparameters.setting(of: resampler)
    case .model(let model): try model.setting()
    }
  }

  /// The hyperparameters' names, as files call them.
  package var hyperparameterNames: Set<String> {
    switch self {
    case .resampler(let resampler): Hyperparameters.names(of: resampler)
    case .model(let model): Hyperparameters.names(of: model.synthesizer).union([ModelResampler.trainOnKey])
    }
  }
}

/// A balanced table, and what went wrong in making it.
public struct BalancedTable: Sendable {
  public var resampled: ResampledTable
  /// Why the training of a model that made rows ended early, in one line: it was interrupted, or diverged.
  public var trainingCutShort: String?

  init(_ resampled: ResampledTable, trainingCutShort: String? = nil) {
    self.resampled = resampled
    self.trainingCutShort = trainingCutShort
  }
}

extension Registry {
  /// The names of all methods of balancing: resamplers, then models.
  public var balancingMethods: [String] { resamplers + kinds.filter { !resamplers.contains($0) } }

  /// The method of a kind with `settings` over its defaults, as after `--method` and `--set`.
  ///
  /// - Throws: `ExperimentError` for an unknown kind or hyperparameter, a wrong type or an impossible value.
  public func balancingMethod(_ kind: String, settings: [SettingOverride] = []) throws -> BalancingMethod {
    try balancingMethod(kind, given: try Setting.given(by: settings))
  }

  func balancingMethod(_ kind: String, at place: Place? = nil, given: Setting) throws -> BalancingMethod {
    if resamplers.contains(kind) {
      return .resampler(try Hyperparameters.decode(given, as: try resampler(kind), encoders: encoders))
    }
    if kinds.contains(kind) {
      return .model(try ModelResampler(given, of: try synthesizer(kind), encoders: encoders))
    }
    let hint = nearest(to: kind, among: balancingMethods).map { "did you mean '\($0)'?" }
    throw ExperimentError(
      "unknown method '\(kind)'; \(hint ?? "the methods are \(balancingMethods.joined(separator: ", "))")", at: place)
  }
}
