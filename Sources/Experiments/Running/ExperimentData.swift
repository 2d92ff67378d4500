import Foundation
import MynahDatasets
import MynahEvaluation
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// The tables of an experiment.
struct ExperimentData {
  /// What models are fitted to.
  let train: InputTable
  let holdout: Table?
  let target: String?
  private let holdoutPath: String?
  private let paths: [String]

  init(_ configuration: ExperimentConfiguration, observer: any TrainingObserver) throws {
    let dataset = configuration.dataset
    let folder = configuration.file.map(Self.folder)
    func input(_ path: String) throws -> TableInput {
      TableInput(
        path: try DatasetLocator.resolve(path, relativeTo: folder), delimiter: dataset.delimiter,
        missing: dataset.missing, columns: dataset.columns)
    }
    let trainInput = try input(dataset.path)
    // A file that is not there is better found before the large table has been read.
    let holdoutInput: TableInput? = if case .file(let path) = dataset.holdout { try input(path) } else { nil }
    observer.stageBegan("reading \(trainInput.path)")
    // A numeric target that is cut into bins is not to be taken for levels.
    let isCut = configuration.balance?.bins != nil && configuration.generators.isEmpty
    var whole = try trainInput.load(target: isCut ? nil : dataset.target)
    var held: Table?
    if let holdoutInput {
      observer.stageBegan("reading \(holdoutInput.path)")
      held = try dataset.dropping(from: holdoutInput.load(matching: whole.table))
    }
    whole.table = try dataset.dropping(from: whole.table)
    if case .fraction(let share) = dataset.holdout {
      // A trial needs rows of the rare class on both sides.
      let classes = configuration.balance.flatMap { _ in dataset.target }
      let (kept, out) = try Self.split(
        whole.table, share: share, classes: classes, seed: configuration.seed, file: whole.path)
      whole.table = kept
      held = out
    }
    try Self.check(configuration.sample, against: whole.table)
    try configuration.balance?.checkColumns(of: whole.table)
    try configuration.metrics.checkColumns(
      of: whole.table.schema.columns.map(\.name), at: configuration.evaluationPlace)
    train = whole
    holdout = held
    target = dataset.target
    if let holdoutInput { try RealData(train: whole.table, holdout: held).checkHoldout(file: holdoutInput.path) }
    holdoutPath = holdoutInput?.path
    paths = [trainInput.path] + (holdoutInput.map { [$0.path] } ?? [])
  }

  /// What synthetic tables are held against.
  var real: RealData { RealData(train: train.table, holdout: holdout, target: target) }

  /// The folder that a path lies in; not by Foundation's `deletingLastPathComponent`, which traps on a path of one letter.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Found before hours of training rather than after them.
  private static func check(_ sample: SampleConfiguration, against table: Table) throws(ExperimentError) {
    do {
      _ = try ConditionPlan(
        sample.conditions, schema: table.schema, domains: table.columns.map(ColumnDomain.init(of:)))
    } catch {
      throw ExperimentError("where: \(error.description)", at: sample.place)
    }
  }

  /// Rows keep their order in both parts.
  private static func split(
    _ table: Table, share: Double, classes: String?, seed: UInt64, file: String
  ) throws -> (kept: Table, held: Table) {
    let count = Int((Double(table.rowCount) * share).rounded())
    guard count >= 1, count < table.rowCount else {
      throw ExperimentError("\(table.rowCount) rows are too few to hold out a share of \(share)", at: Place(file))
    }
    var random = RandomSource(seed: seed).stream(for: ModelFile.Purpose.split.rawValue)
    let strata = classes.flatMap { name in table[name].flatMap { if case .categorical = $0 { name } else { nil } } }
    let (held, kept) = try table.split(fraction: share, stratifiedBy: strata, using: &random)
    return (kept, held)
  }

  /// The holdout's file, for the card; nil where it is no file of its own.
  func holdoutFile() throws -> Card.File? {
    guard let holdoutPath, let holdout, !isPipe(holdoutPath) else { return nil }
    return Card.File(
      holdout, name: (holdoutPath as NSString).lastPathComponent, sha256: try sha256(ofFile: holdoutPath))
  }

  /// The inputs and their hashes.
  func files() throws -> [Manifest.File] {
    var files: [Manifest.File] = []
    for path in paths where path != "-" {
      files.append(try Manifest.File(path: path, name: (path as NSString).lastPathComponent))
    }
    return files
  }
}
