import Mynah

/// The trial of `mynah balance --evaluate`: the method against the table as it is, class weights and random copies.
struct BalanceProof {
  private let method: BalancingMethod
  private let request: BalanceRequest
  private let trial: BalanceTrial
  private let data: InputTable
  private let test: Table

  /// - Throws: `ExperimentError` for bins, which are no classes that a classifier could find.
  init(
    _ method: BalancingMethod, _ request: BalanceRequest, trial: BalanceTrial, on data: InputTable, test: Table
  ) throws {
    guard request.bins == nil else {
      throw ExperimentError(
        "bins are no classes that a classifier could find: leave --evaluate out, or declare '\(request.target)' categorical",
        at: Place(data.path))
    }
    try trial.check(on: data, test: test)
    (self.method, self.request, self.trial, self.data, self.test) = (method, request, trial, data, test)
  }

  func report(seed: UInt64, observer: ProgressReporter) throws -> BalanceReport {
    try trial.report(
      on: data, test: test, methods: [method.tried(as: method.kind, on: request)], request: request, seed: seed,
      observer: observer)
  }

  /// The report in the form that the file's name asks for.
  func text(of report: BalanceReport, for path: String) throws -> [UInt8] {
    switch ReportForm(path: path) {
    case .json, nil: return Array(try report.json().utf8)
    case .markdown: return Array(report.markdown().utf8)
    case .page:
      let page = BalanceHTMLReport(
        title: "Balancing \(data.name) by \(method.kind)",
        facts: [
          ("Rows to learn from", String(data.table.rowCount)), ("Rows to judge on", String(test.rowCount)),
          ("Target", request.target),
        ],
        trial: report,
        provenance: [("Program", "mynah \(mynahVersion)"), ("SHA-256 of the table", data.sha256)])
      return Array(page.render().utf8)
    }
  }
}
