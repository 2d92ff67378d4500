import Foundation
import MynahEvaluation
import MynahOversamplers
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// The `balance` section of a run: a balanced table by each method, and the trial of those that worked.
struct BalanceRun {
  var configuration: ExperimentConfiguration
  var balance: BalanceConfiguration
  var target: String
  var data: ExperimentData
  var folder: RunFolder
  var observer: any TrainingObserver

  /// - Throws: What the only method throws, or the last one where all fail; what the trial throws.
  func result() throws -> BalanceResult {
    var result = BalanceResult(experiment: configuration.name, seed: configuration.seed, target: target)
    result.before = ClassCounts(of: target, in: data.train.table).byClass
    if balance.bins == nil { try balance.trial(target: target).check(on: data.train, test: data.holdout) }
    for method in balance.methods {
      observer.stageBegan("\(method.name): balancing")
      do {
        result.methods.append(try balanced(by: method))
      } catch let error where Self.concernsOneMethod(error) {
        let reason = located(error, in: method)
        result.failures.append(GeneratorFailure(name: method.name, kind: method.method.kind, reason: "\(reason)"))
        if result.failures.count == balance.methods.count { throw reason }
      }
    }
    if balance.bins == nil { result.trial = try trial(of: result) }
    try write(result)
    return result
  }

  private static func concernsOneMethod(_ error: any Error) -> Bool {
    switch error {
    case let error as TableError: error.reason == .badData
    case is ResamplingError, is SynthesisError, is TrainingDiverged: true
    default: false
    }
  }

  /// The error with the place in the file that it is about.
  private func located(_ error: any Error, in method: BalanceMethodConfiguration) -> any Error {
    switch error {
    case let error as ResamplingError:
      ExperimentError(error.description, at: balance.place(of: error, in: method))
    case let error as SynthesisError where error.reason == .invalid:
      ExperimentError(error.description, at: method.given.place(of: error))
    default: error
    }
  }

  /// Of the whole training part.
  private func balanced(by method: BalanceMethodConfiguration) throws -> BalanceResult.Method {
    var random = RandomSource(seed: configuration.seed).stream(for: ModelFile.Purpose.balancing.rawValue)
    let made = try method.method.resampled(
      data.train.table, balance.request(target: target), using: &random, observer: Onlooker(observer))
    let name = (balance.methods.count == 1 ? "" : method.name + "/") + RunFolder.balancedTable
    let path = try folder.place(for: prefix + name)
    let counts = try made.resampled.write(to: try AtomicFile(path: path), counting: target)
    return BalanceResult.Method(
      name: method.name, kind: method.method.kind, file: name, rows: counts.rows, newRows: made.resampled.addedCount,
      classes: counts.byClass, notices: made.resampled.notices, trainingCutShort: made.trainingCutShort)
  }

  private func trial(of result: BalanceResult) throws -> BalanceReport {
    let request = balance.request(target: target)
    let methods = balance.methods.filter { method in result.methods.contains { $0.name == method.name } }
    return try balance.trial(target: target).report(
      on: data.train, test: data.holdout, methods: methods.map { $0.method.tried(as: $0.name, on: request) },
      request: request, seed: configuration.seed, observer: observer)
  }

  /// Beside the files of generators a folder of its own.
  private var prefix: String { configuration.generators.isEmpty ? "" : RunFolder.balanceFolder + "/" }

  private func write(_ result: BalanceResult) throws {
    try folder.write(try result.json(), to: prefix + "balance.json")
    try folder.write(result.markdown().utf8, to: prefix + "balance.md")
    let page = BalanceHTMLReport(
      title: configuration.name,
      facts: [
        ("Table", data.train.name), ("Rows to learn from", String(data.train.table.rowCount)),
        ("Rows to judge on", data.holdout.map { String($0.rowCount) } ?? "held-out folds"), ("Target", target),
      ],
      methods: result.rows, trial: result.trial,
      provenance: [
        ("Program", "mynah \(mynahVersion)"), ("Seed", String(configuration.seed)),
        ("SHA-256 of the table", data.train.sha256),
      ])
    try folder.write(page.render().utf8, to: prefix + "report.html")
  }
}

/// Passes on how training goes, but not the wish to stop it: there is nothing to resume, and a model that was cut short is
/// not what the file asks for. So Ctrl-C ends the program.
private struct Onlooker: TrainingObserver {
  let next: any TrainingObserver

  init(_ next: any TrainingObserver) { self.next = next }

  func stageBegan(_ name: String) { next.stageBegan(name) }

  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    _ = next.epochEnded(report)
    return .proceed
  }

  var shouldStop: Bool { false }
}
