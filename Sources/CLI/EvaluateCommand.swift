import ArgumentParser
import Mynah

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Hold synthetic tables against the real one, or check one against its card.",
    discussion: """
      Each score stands beside two yardsticks: what unseen real rows score (the ceiling) and what columns that know \
      nothing of each other score (the floor). With several tables the report compares them.
      """)

  @Argument(help: "The synthetic table (CSV), or several.")
  var synthetic: [String]

  @Option(help: ArgumentHelp("The table that the model was fitted to.", valueName: "csv"))
  var train: String?

  @Option(
    help: ArgumentHelp(
      "Rows that the model has not seen; held against the same table, they are the yardstick.", valueName: "csv"))
  var holdout: String?

  @Option(help: ArgumentHelp("The column that the data are about.", valueName: "col"))
  var target: String?

  @OptionGroup var judgement: JudgementOptions

  @Option(
    help: ArgumentHelp(
      "Check that the table is the one of this card, byte by byte; where it is not, the exit status is 2.",
      valueName: "card.json"))
  var card: String?

  @Option(help: ArgumentHelp("Write all figures as JSON; '-' is standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write a page with all figures.", valueName: "file.html"))
  var report: String?

  @Flag(
    name: .customLong("no-real-rows"),
    help: "Show no real rows in the report, nor which values they share with synthetic ones.")
  var hidesRealRows = false

  @OptionGroup var tables: TableOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard json != "-" || report != "-" else {
      throw ValidationError("--json and --report cannot both be standard output; name a file for one of them")
    }
    guard (synthetic + [train, holdout].compactMap(\.self)).count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("only one table can be standard input; name files for the others")
    }
    if card != nil {
      guard synthetic.count == 1, synthetic != ["-"] else {
        throw ValidationError("--card is about one table, in a file")
      }
    }
    guard train != nil || card != nil else {
      throw ValidationError("--train is missing: the table that the model was fitted to")
    }
    if train == nil {
      let given: [(String, Bool)] = [
        ("--holdout", holdout != nil), ("--target", target != nil), ("--metric", !judgement.names.isEmpty),
        ("--set", !judgement.settings.isEmpty), ("--gate", !judgement.gates.isEmpty), ("--json", json != nil),
        ("--report", report != nil), ("--review", judgement.review != nil),
      ]
      if let lone = given.first(where: \.1) { throw ValidationError("\(lone.0) needs the real table: add --train") }
    }
  }

  func run() throws {
    common.apply()
    let card = try card.map { try Card(path: $0) }
    try card?.check(table: synthetic[0])
    guard let train else {
      if let card { Console.output(card.text(of: synthetic[0])) }
      return
    }
    let metrics = try judgement.metrics()
    // Opened first: nobody wants to wait for figures that cannot be written.
    let inputs = synthetic + [train, holdout, self.card, judgement.review, tables.schema].compactMap(\.self)
    if let json, let report, json == report || OutputFile.isSameFile(json, report) {
      throw TableError(
        "is named by --json and by --report; each needs a file of its own", reason: .cannotWrite, file: json)
    }
    let jsonFile = try json.map { try OutputFile($0, reading: inputs) }
    let reportFile = try report.map { try OutputFile($0, reading: inputs) }
    let reporter = ProgressReporter(isQuiet: common.quiet)
    defer { reporter.finish() }

    let real = try tables.input(train).load(target: target)
    try card?.check(train: real)
    if let card, let holdout { try card.check(holdout: holdout) }
    let data = RealData(
      train: real.table, holdout: try holdout.map { try tables.input($0).load(matching: real.table) }, target: target)
    if let holdout { try data.checkHoldout(file: holdout) }
    try check(real, metrics)
    let review = try judgement.review.map { try Review(path: $0) }
    if let review, let path = judgement.review { try review.check(against: real, at: Place(path)) }
    let judge = TableJudge(
      real: real, data: data, metrics: metrics, gates: judgement.gates,
      review: review, card: card, seed: common.seed, showsRealRows: !hidesRealRows)
    let judged = try judge.judged(
      try synthetic.map { try tables.input($0).loadWithHash(matching: real.table) }, observer: reporter)
    reporter.finish()
    let outcomes = try FindingsFolder(judgement.findings, report: report, inputs: inputs).write(judged)
    try jsonFile?.write(try judge.json(judged, outcomes))
    try reportFile?.write(Array(try judge.page(judged, outcomes).utf8))
    if json != "-", report != "-" {
      if let card { Console.output(card.text(of: synthetic[0])) }
      Console.output(judge.text(judged, outcomes))
    }
    let failed = zip(judged, outcomes).flatMap { table, outcomes in
      let rejected = review.map { $0.rows(.rejected, in: table.input.table).count } ?? 0
      let rows = rejected == 1 ? "1 row is" : "\(rejected) rows are"
      return
        (outcomes.filter { !$0.passed }.map(\.text) + (rejected > 0 ? ["\(rows) in it that a reviewer rejected"] : []))
        .map { (judged.count == 1 ? "" : "\(table.name): ") + $0 }
    }
    if !failed.isEmpty { throw ChecksFailed(messages: failed) }
  }

  private func check(_ real: InputTable, _ metrics: [any Metric]) throws {
    let names = real.table.schema.columns.map(\.name)
    try metrics.checkColumns(of: names, at: Place(real.path))
    if let target, !names.contains(target) {
      let hint = real.table.schema.nearestName(to: target).map { "; did you mean '\($0)'?" } ?? ""
      throw TableError("there is no column '\(target)'\(hint)", file: real.path)
    }
  }
}
