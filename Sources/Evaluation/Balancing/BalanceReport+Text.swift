extension BalanceReport {
  /// For the terminal: a table for each judge, best arm first, then the verdicts.
  public func text() -> String {
    var parts = [heading]
    for judge in judges {
      parts.append("\(judge.title), best first:\n" + table(judge).aligned())
    }
    if let failures { parts.append(failures) }
    if !verdicts.isEmpty { parts.append((["Verdicts"] + verdicts.map { plain($0.text) }).joined(separator: "\n")) }
    parts.append(summary)
    if !privacy.isEmpty {
      parts.append(privacyHeading + ":\n" + privacyTable.aligned())
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
    if !verdicts.isEmpty {
      parts.append("## Verdicts\n\n" + verdicts.map { "- " + plain($0.text) }.joined(separator: "\n"))
    }
    parts.append(summary)
    if !privacy.isEmpty {
      parts.append("## Privacy\n\n" + privacyHeading + ".\n\n" + privacyTable.markdown())
    }
    parts.append((notices.map(plain) + [Self.caution]).joined(separator: "\n\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static let caution =
    "Means over folds, in brackets 95 %; p against the table as it is, in the tables not corrected for their number. "
    + "rec@0.1%, rec@1%: recall at that share of false positives; prec@bud: precision at the alert budget; F1 and cost per "
    + "1,000 rows at thresholds that validation rows chose; calib: expected calibration error; rows and positive: what was "
    + "learned from. Resampling shifts the share of positives, so Brier score and calibration error get worse unless "
    + "probabilities are corrected."

  private var judges: [BalanceJudge] {
    BalanceJudge.allCases.filter { judge in arms.contains { $0[judge] != nil } }
  }

  private var heading: String {
    let share = Figures.fixed(100 * Double(setting.positives) / Double(max(1, setting.rows)), 2)
    let judged =
      setting.testRows.map { "judged on \($0) test rows, \(setting.testPositives ?? 0) of them positive" }
      ?? "judged on the held-out folds"
    let times = setting.repeats == 1 ? "once" : setting.repeats == 2 ? "twice" : "\(setting.repeats) times"
    return "Target '\(plain(setting.target))', positive class '\(plain(setting.positive))': \(setting.positives) of "
      + "\(setting.rows) rows (\(share) %). \(setting.folds) folds, \(times), \(judged). Main figure: "
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
      head: ["arm", main.heading, "p"] + others.map(\.heading) + ["rows", "positive"],
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

  private var privacyHeading: String {
    let twins = privacy.first.map { Figures.fixed(100 * $0.realTwinShare, 1) } ?? "0.0"
    return "New rows against real ones of class '\(plain(setting.positive))', of which \(twins) % equal another"
  }

  private var privacyTable: PlainTable {
    PlainTable(
      head: [
        "arm", "new rows", "exact copies", "near copies", "median distance", "of real rows", "5 % nearest",
        "of real rows",
      ],
      rows: privacy.map { privacy in
        let number = { (value: Double?) in value.map { Figures.fixed($0, 4) } ?? "" }
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
