/// The tables of a comparison: an overview, one for each family of metrics, and one of single columns.
struct ComparisonTables {
  private let report: ComparisonHTMLReport
  private let names: [String]

  init(_ report: ComparisonHTMLReport) {
    self.report = report
    names = report.entries.map(\.name)
  }

  var all: [SortableTable] { [overview] + families + [columns].compactMap(\.self) }

  private func rows(_ cells: [[SortableTable.Cell]]) -> [SortableTable.Row] {
    zip(report.entries, cells).map { entry, cells in
      SortableTable.Row(rowName: entry.name, rowLink: entry.link.flatMap(Self.relative), cells: cells)
    }
  }

  /// A path below the page and nothing else: not another site, and no `javascript:`.
  static func relative(_ link: String) -> String? {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let hex = Array("0123456789ABCDEF".utf8)
    guard !link.isEmpty else { return nil }
    let bytes = link.utf8.flatMap {
      allowed.contains($0) ? [$0] : [UInt8(ascii: "%"), hex[Int($0 >> 4)], hex[Int($0 & 15)]]
    }
    return "./" + String(decoding: bytes, as: UTF8.self)
  }

  private var overview: SortableTable {
    let qualities = report.entries.map(\.evaluation.quality.quality)
    let best = SortableTable.best(qualities, .maximize)
    var facts: [String] = []
    for (name, _) in report.entries.flatMap(\.facts) where !facts.contains(name) { facts.append(name) }
    let cells = zip(report.entries, zip(qualities, best)).map { entry, quality in
      [gates(entry.gates), SortableTable.Cell(quality.0, isBest: quality.1) { Figures.percent($0) }]
    }
    let known = facts.map { name in report.entries.map { entry in entry.facts.first { $0.0 == name }?.1 } }
    // A column is sorted by numbers where all that is in it are.
    let factCells = known.map { values -> [SortableTable.Cell] in
      let isNumeric = values.compactMap(\.self).allSatisfy { Double($0)?.isFinite ?? false }
      return values.map { value in
        SortableTable.Cell(value ?? "–", sortedAs: isNumeric ? value ?? "" : value == nil ? "" : nil)
      }
    }
    return SortableTable(
      id: "overview", heading: "Overview", caption: "★ marks the best", firstHead: "Table",
      heads: [
        SortableTable.Head(headTitle: "Gates", hint: "failed ones last", firstOrder: "ascending"),
        SortableTable.Head(headTitle: "Quality", hint: "mean of shapes and trends", firstOrder: "descending"),
      ] + facts.map { SortableTable.Head(headTitle: $0, hint: "", firstOrder: "ascending") },
      rows: rows(cells.enumerated().map { index, cells in cells + factCells.map { $0[index] } }))
  }

  private func gates(_ gates: [GateOutcome]) -> SortableTable.Cell {
    let failed = gates.filter { !$0.passed }
    if gates.isEmpty { return SortableTable.Cell("none set", sortedAs: "") }
    if failed.isEmpty { return SortableTable.Cell("all \(gates.count) passed", sortedAs: "0") }
    return SortableTable.Cell(
      "\(failed.count) of \(gates.count) failed", sortedAs: "\(failed.count)",
      remark: failed.map(\.text).joined(separator: "; "))
  }

  private var families: [SortableTable] {
    let lists = report.entries.map { ScoredMetric.list($0.evaluation, report.metrics) }
    var metrics: [ScoredMetric] = []
    for metric in lists.flatMap(\.self) where !metrics.contains(where: { $0.name == metric.name }) {
      metrics.append(metric)
    }
    let scores = report.entries.map(\.evaluation.allScores)
    return MetricFamily.allCases.compactMap { family in
      let own = metrics.filter { $0.family == family }
      guard !own.isEmpty else { return nil }
      let columns = own.map { metric in
        Self.cells(
          scores.map { $0[metric.name] }, metric.score.goal,
          chance: [ClosestRecord.identifier, MembershipInference.identifier].contains(metric.name) ? 0.5 : -.infinity)
      }
      func yardstick(_ name: String, _ value: (MetricScore) -> Double?) -> SortableTable.Row {
        SortableTable.Row(
          rowName: name, rowLink: nil,
          cells: own.map { metric in
            SortableTable.Cell(scores.compactMap { $0[metric.name].flatMap(value) }.first)
          })
      }
      return SortableTable(
        id: "compare-\(family.rawValue)", heading: family.heading, caption: "\(family.question) ★ marks the best.",
        firstHead: "Table",
        heads: own.map {
          SortableTable.Head(
            headTitle: $0.title, hint: $0.score.goal == .maximize ? "more is better" : "less is better",
            firstOrder: $0.score.goal == .maximize ? "descending" : "ascending")
        },
        rows: rows(names.indices.map { entry in columns.map { $0[entry] } }),
        foot: [yardstick("Unseen real rows") { $0.unseen }, yardstick("Independent columns") { $0.marginals }])
    }
  }

  private static func cells(_ scores: [MetricScore?], _ goal: Goal, chance: Double) -> [SortableTable.Cell] {
    // Less than chance is no merit.
    let best = SortableTable.best(scores.map { score in score?.value.map { max($0, chance) } }, goal)
    return zip(scores, best).map { score, isBest in
      let interval = score?.interval.map { "\(Figures.score($0.low)) to \(Figures.score($0.high))" }
      return SortableTable.Cell(
        score?.value, isBest: isBest, remark: score?.value == nil ? score?.reason ?? "not computed" : interval)
    }
  }

  /// Shapes of single columns; nil where there are none. A row is a column of the table.
  private var columns: SortableTable? {
    var columns: [String] = []
    var seen: Set<String> = []
    let shapes = report.entries.map { entry in
      Dictionary(
        entry.evaluation.quality.shapes.columns.map { ($0.name, $0.score) }, uniquingKeysWith: { first, _ in first })
    }
    for column in report.entries.flatMap(\.evaluation.quality.shapes.columns) where seen.insert(column.name).inserted {
      columns.append(column.name)
    }
    guard !columns.isEmpty else { return nil }
    return SortableTable(
      id: "compare-columns", heading: "Shapes of single columns",
      caption: "How alike the distributions are, at most 1. ★ marks the best.", firstHead: "Column",
      heads: names.map { SortableTable.Head(headTitle: $0, hint: "", firstOrder: "ascending") },
      rows: columns.map { column in
        let values = shapes.map { $0[column] ?? nil }
        let best = SortableTable.best(values, .maximize)
        return SortableTable.Row(
          rowName: column, rowLink: nil, cells: zip(values, best).map { SortableTable.Cell($0, isBest: $1) })
      })
  }
}
