/// What the template of `BalanceHTMLReport` shows, by the names it uses.
struct BalancePage {
  struct Row {
    let label: String
    let value: String
  }
  struct MethodRow {
    let name: String
    let rows: String
    let style: String
  }
  struct VerdictRow {
    let text: String
    let outcome: String
    let style: String
  }
  struct JudgeTable {
    let title: String
    let mainTitle: String
    let otherTitles: [String]
    let rows: [ArmRow]
  }
  struct ArmRow {
    let name: String
    let style: String
    let main: String
    let interval: String
    let p: String
    let figures: [String]
    let picture: IntervalPicture
  }
  struct PrivacyRow {
    let name: String
    let cells: [String]
  }

  let title: String
  let facts: [Row]
  let hasMethods: Bool
  let methods: [MethodRow]
  let hasTrial: Bool
  let summary: String
  let setting: String
  let verdicts: [VerdictRow]
  let judges: [JudgeTable]
  let failures: [Row]
  let hasPrivacy: Bool
  let positive: String
  let privacy: [PrivacyRow]
  let notices: [String]
  let hasProvenance: Bool
  let provenance: [Row]
  let pictureWidth = Figures.fixed(IntervalPicture.width, 0)

  init(_ report: BalanceHTMLReport) {
    title = report.title
    facts = report.facts.map { Row(label: $0.0, value: $0.1) }
    methods = report.methods.map {
      MethodRow(name: $0.name, rows: $0.rows, style: $0.hasFailed ? "reason" : "figure")
    }
    hasMethods = !methods.isEmpty
    let trial = report.trial
    hasTrial = trial != nil
    summary = trial?.summary ?? ""
    setting = trial.map(Self.setting) ?? ""
    verdicts = trial?.verdicts.map(Self.verdict) ?? []
    judges = trial.map(Self.judges) ?? []
    failures = trial?.arms.compactMap { arm in arm.failure.map { Row(label: arm.name, value: $0) } } ?? []
    positive = trial?.setting.positive ?? ""
    privacy = trial?.privacy.map(Self.privacy) ?? []
    hasPrivacy = !privacy.isEmpty
    notices = trial?.notices ?? []
    provenance = report.provenance.map { Row(label: $0.0, value: $0.1) }
    hasProvenance = !provenance.isEmpty
  }

  private static func setting(_ report: BalanceReport) -> String {
    let setting = report.setting
    let judged =
      setting.testRows.map {
        "\($0) test rows that nothing learned from, \(setting.testPositives ?? 0) of them positive"
      }
      ?? "the held-out folds"
    return "\(setting.positives) of \(setting.rows) rows are '\(setting.positive)'. Classifiers learned "
      + "\(setting.folds * setting.repeats) times (\(setting.folds) folds, \(setting.repeats) times) from rows that each "
      + "method prepared, and were judged on \(judged). The figure that decides is \(setting.mainFigure.title); the alert "
      + "budget is \(setting.alertBudget.text)."
  }

  private static func verdict(_ verdict: BalanceReport.Verdict) -> VerdictRow {
    let (outcome, style): (String, String) =
      switch verdict.outcome {
      case .helps: ("helps", "helps")
      case .hurts: ("hurts", "hurts")
      case .doesNotHelp: ("does not help", "neither")
      case .undecided: ("undecided", "neither")
      case .failed: ("failed", "hurts")
      }
    return VerdictRow(text: verdict.text, outcome: outcome, style: style)
  }

  private static func judges(_ report: BalanceReport) -> [JudgeTable] {
    let main = report.setting.mainFigure
    let others = BalanceFigure.allCases.filter { $0 != main }
    return BalanceJudge.allCases.compactMap { judge in
      let arms = report.arms.compactMap { arm in
        arm[judge].flatMap { judged in judged[main].map { (arm: arm, judged: judged, main: $0) } }
      }
      guard !arms.isEmpty else { return nil }
      let bounds = arms.flatMap { [$0.main.lower, $0.main.upper, $0.main.mean] }
      let range = (bounds.min() ?? 0)...(bounds.max() ?? 1)
      let baseline = arms.first { !$0.arm.isMethod }?.main.mean
      let sorted = arms.enumerated().sorted { a, b in
        let (x, y) = (a.element.main.mean, b.element.main.mean)
        return x != y ? (main.goal == .maximize ? x > y : x < y) : a.offset < b.offset
      }
      return JudgeTable(
        title: judge.title, mainTitle: main.title, otherTitles: others.map(\.title),
        rows: sorted.map(\.element).map { arm, judged, result in
          let p = result.difference(to: TrialArm.imbalancedName)?.p
          return ArmRow(
            name: arm.name, style: arm.isMethod ? "method" : "baseline", main: main.text(result.mean),
            interval: "\(main.text(result.lower)) to \(main.text(result.upper))",
            p: p.map { $0 < 0.001 ? "< 0.001" : Figures.fixed($0, 3) } ?? "",
            figures: others.map { figure in judged[figure].map { figure.text($0.mean) } ?? "" },
            picture: IntervalPicture(result.lower, result.mean, result.upper, in: range, baseline: baseline))
        })
    }
  }

  private static func privacy(_ privacy: BalancePrivacy) -> PrivacyRow {
    func number(_ value: Double?) -> String { value.map { Figures.fixed($0, 3) } ?? "" }
    func share(_ value: Double?) -> String { value.map { Figures.percent($0) } ?? "" }
    return PrivacyRow(
      name: privacy.method,
      cells: [
        String(privacy.newRows), share(privacy.copyShare), share(privacy.nearCopyShare), number(privacy.newMedian),
        number(privacy.realMedian),
      ])
  }
}

/// A mean and its interval on the axis of a table's column.
struct IntervalPicture {
  static let width = 240.0

  let low: String
  let middle: String
  let high: String
  let baseline: String

  init(_ low: Double, _ mean: Double, _ high: Double, in range: ClosedRange<Double>, baseline: Double?) {
    let span = range.upperBound - range.lowerBound
    func place(_ value: Double) -> String {
      Figures.point(span > 0 ? 8 + (Self.width - 16) * (value - range.lowerBound) / span : Self.width / 2)
    }
    self.low = place(low)
    middle = place(mean)
    self.high = place(high)
    self.baseline = place(baseline ?? mean)
  }
}
