extension BalanceReport {
  /// For the terminal: a table for each judge, best arm first, then the verdicts.
  public func text() -> String {
    var parts = [heading]
    for judge in judges {
      parts.append("\(judge.title), best first:\n" + table(judge).aligned())
    }
    if let failures { parts.append(failures) }
    parts.append((["Verdicts"] + verdicts.map { plain($0.text) }).joined(separator: "\n"))
    parts.append(summary)
    if !privacy.isEmpty {
      parts.append("New rows against real ones of class '\(plain(setting.positive))':\n" + privacyTable.aligned())
    }
    parts.append((notices.map(plain) + [Self.caution]).joined(separator: "\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The same as Markdown.
  public func markdown() -> String {
    var parts = ["# Does balancing help?", heading]
    for judge in judges {
      parts.append("## \(judge.title.prefix(1).uppercased())\(judge.title.dropFirst())\n\n" + table(judge).markdown())
    }
    if let failures { parts.append(failures) }
    parts.append("## Verdicts\n\n" + verdicts.map { "- " + plain($0.text) }.joined(separator: "\n"))
    parts.append(summary)
    if !privacy.isEmpty {
      parts.append(
        "## Privacy\n\nNew rows against real ones of class '\(plain(setting.positive))'.\n\n" + privacyTable.markdown())
    }
    parts.append((notices.map(plain) + [Self.caution]).joined(separator: "\n\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static let caution =
    "Means over folds, in brackets 95 %; p against the table as it is, in the tables not corrected for their number. "
    + "Resampling shifts the share of positives, so Brier score and calibration error get worse unless probabilities are "
    + "corrected."

  private var judges: [BalanceJudge] {
    BalanceJudge.allCases.filter { judge in arms.contains { $0[judge] != nil } }
  }

  private var heading: String {
    let share = Figures.fixed(100 * Double(setting.positives) / Double(max(1, setting.rows)), 2)
    let judged =
      setting.testRows.map { "judged on \($0) test rows, \(setting.testPositives ?? 0) of them positive" }
      ?? "judged on the held-out folds"
    return "Target '\(plain(setting.target))', positive class '\(plain(setting.positive))': \(setting.positives) of "
      + "\(setting.rows) rows (\(share) %). \(setting.folds) folds, \(setting.repeats) times, \(judged). Main figure: "
      + "\(setting.mainFigure.title). Alert budget: \(setting.alertBudget.text). Costs: "
      + "\(Figures.axis(setting.costs.falsePositive)) for a false alert, "
      + "\(Figures.axis(setting.costs.falseNegative)) for a missed row."
  }

  private var failures: String? {
    let failed = arms.filter { $0.failure != nil }
    return failed.isEmpty ? nil : failed.map { "\($0.name) \(plain($0.failure ?? ""))" }.joined(separator: "\n")
  }

  private func table(_ judge: BalanceJudge) -> PlainTable {
    let main = setting.mainFigure
    let others = BalanceFigure.allCases.filter { $0 != main }
    let ranked = arms.enumerated().compactMap { place, arm in arm[judge].map { (place, arm, $0) } }
      .sorted { a, b in
        let (x, y) = (a.2[main]?.mean ?? 0, b.2[main]?.mean ?? 0)
        return x != y ? (main.goal == .maximize ? x > y : x < y) : a.0 < b.0
      }
    return PlainTable(
      head: ["arm", main.title, "p"] + others.map(\.title) + ["rows", "positive"],
      rows: ranked.map { _, arm, judged in
        let result = judged[main]
        let p = result?.difference(to: TrialArm.imbalancedName)?.p
        return [
          arm.name,
          result.map { "\(main.text($0.mean)) (\(main.text($0.lower)) to \(main.text($0.upper)))" } ?? "",
          p.map { $0 < 0.001 ? "< 0.001" : Figures.fixed($0, 3) } ?? "",
        ] + others.map { figure in judged[figure].map { figure.text($0.mean) } ?? "" } + [
          Figures.fixed(arm.trainingRows ?? 0, 0), Figures.fixed(arm.trainingPositives ?? 0, 0),
        ]
      })
  }

  private var privacyTable: PlainTable {
    PlainTable(
      head: [
        "arm", "new rows", "exact copies", "near copies", "median distance", "of real rows", "5 % nearest",
        "of real rows",
      ],
      rows: privacy.map { privacy in
        let number = { (value: Double?) in value.map { Figures.fixed($0, 3) } ?? "" }
        let share = { (value: Double?) in value.map { Figures.fixed(100 * $0, 1) + " %" } ?? "" }
        return [
          privacy.method, "\(privacy.newRows)", share(privacy.copyShare), share(privacy.nearCopyShare),
          number(privacy.newMedian), number(privacy.realMedian), number(privacy.newLow), number(privacy.realLow),
        ]
      })
  }
}

/// Text from data on one line of its own, without what moves a terminal's cursor.
private func plain(_ text: String) -> String {
  String(
    text.map { $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0 })
}

/// A table in plain text or Markdown.
private struct PlainTable {
  let head: [String]
  let rows: [[String]]

  /// The first column to the left, the others to the right.
  func aligned() -> String {
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    return ([head] + rows).map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  func markdown() -> String {
    let rule = head.indices.map { $0 == 0 ? "---" : "---:" }
    return ([head, rule] + rows).map { row in
      "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }
}
