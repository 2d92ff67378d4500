import Mynah

/// Judges the tables of `mynah evaluate`, and says what came of it.
struct TableJudge {
  let real: InputTable
  let data: RealData
  let metrics: [any Metric]
  let gates: [Gate]
  let review: Review?
  let card: Card?
  let seed: UInt64
  let showsRealRows: Bool

  /// A table and what was found.
  struct Judged {
    var input: InputTable
    /// Its file's name, which no other table of the command has.
    var name: String
    var evaluation: TableEvaluation
    var exhibits: [String: [Exhibit]]
    var gates: [GateCheck.Result]
  }

  func judged(_ tables: [InputTable], observer: ProgressReporter) throws -> [Judged] {
    let random = RandomSource(seed: seed)
    let yardsticks = try Yardsticks(
      of: data, by: metrics, using: random, willScore: { observer.stageBegan("evaluating yardsticks: \($0)") })
    let check = GateCheck(gates, metrics: metrics, review: review)
    var names: Set<String> = []
    return try tables.map { table in
      let (evaluation, exhibits) = try TableEvaluation.exhibiting(
        table.table, against: data, metrics: metrics, yardsticks: yardsticks, using: random,
        willScore: { observer.stageBegan("evaluating: \($0)") })
      var name = table.name
      var number = 1
      while !names.insert(name).inserted {
        number += 1
        name = "\(table.name)-\(number)"
      }
      return Judged(
        input: table, name: name, evaluation: evaluation, exhibits: exhibits,
        gates: try check.results(evaluation, of: table.table, against: data, using: random))
    }
  }

  /// One table's figures, or a list of all tables'.
  func json(_ judged: [Judged], _ outcomes: [[GateOutcome]]) throws -> [UInt8] {
    let results = zip(judged, outcomes).map { table, outcomes in
      JudgedTable(
        name: judged.count == 1 ? nil : table.name, evaluation: table.evaluation,
        gates: outcomes.isEmpty ? nil : outcomes)
    }
    return try results.count == 1 ? results[0].json() : results.json()
  }

  func text(_ judged: [Judged], _ outcomes: [[GateOutcome]]) -> String {
    zip(judged, outcomes).map { table, outcomes in
      (judged.count == 1 ? "" : "\(table.name)\n") + table.evaluation.text()
        + outcomes.filter(\.passed).map { $0.text + "\n" }.joined()
    }.joined(separator: "\n")
  }

  func page(_ judged: [Judged], _ outcomes: [[GateOutcome]]) throws -> String {
    let provenance = [
      ("Program", "mynah \(mynahVersion)"), ("Seed", String(seed)), ("SHA-256 of the training table", real.sha256),
    ]
    let facts = [
      ("Training table", real.name), ("Training rows", String(real.table.rowCount)),
      ("Unseen rows", data.holdout.map { String($0.rowCount) } ?? "none"),
    ]
    guard judged.count == 1 else {
      return ComparisonHTMLReport(
        title: "\(judged.count) synthetic tables of \(real.name)", facts: facts,
        entries: zip(judged, outcomes).map { table, outcomes in
          ComparisonHTMLReport.Entry(name: table.name, evaluation: table.evaluation, gates: outcomes)
        },
        metrics: metrics,
        provenance: provenance + judged.map { ("SHA-256 of \($0.name)", $0.input.sha256) }
      ).render()
    }
    let table = judged[0]
    return HTMLReport(
      title: table.name, facts: facts + [("Synthetic rows", String(table.input.table.rowCount))],
      evaluation: table.evaluation, exhibits: table.exhibits, metrics: metrics, real: data,
      synthetic: table.input.table, gates: outcomes[0], card: card,
      review: ReviewSubject(tableSHA256: table.input.sha256, trainSHA256: real.sha256), showsRealRows: showsRealRows,
      provenance: provenance + [("SHA-256 of the synthetic table", table.input.sha256)]
    ).render()
  }
}
