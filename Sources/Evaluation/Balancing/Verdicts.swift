/// What the main figure says of each method, in words.
struct Verdicts {
  let mainFigure: BalanceFigure
  let arms: [BalanceReport.Arm]

  private struct Finding {
    let arm: BalanceReport.Arm
    let judge: BalanceJudge
    let result: BalanceReport.FigureResult
    let baseline: Double
    let difference: PairedEstimate
  }

  func all() -> [BalanceReport.Verdict] {
    let findings = findings
    let corrected = holmCorrected(findings.map(\.difference.p))
    let worked = zip(findings, corrected).map { verdict($0, p: $1) }
    let failed = arms.filter { $0.isMethod }.compactMap { arm in
      arm.failure.map { reason in
        BalanceReport.Verdict(
          method: arm.name, judge: nil, outcome: .failed, p: nil, text: "\(arm.name) \(reason)")
      }
    }
    return worked + failed
  }

  /// The methods that worked, under each judge.
  private var findings: [Finding] {
    arms.filter { $0.isMethod }.flatMap { arm in
      arm.judges.compactMap { judged in
        guard let result = judged[mainFigure], let difference = result.difference(to: TrialArm.imbalancedName) else {
          return nil
        }
        return Finding(
          arm: arm, judge: judged.judge, result: result, baseline: result.mean - difference.mean,
          difference: difference)
      }
    }
  }

  /// Positive where a difference is for the better.
  private func gain(_ value: Double) -> Double { mainFigure.goal == .maximize ? value : -value }

  private func verdict(_ finding: Finding, p: Double) -> BalanceReport.Verdict {
    let difference = finding.difference
    let worthwhile = mainFigure.worthwhile(from: finding.baseline)
    let outcome: BalanceReport.Verdict.Outcome =
      if p < 0.05 {
        gain(difference.mean) > 0 ? .helps : .hurts
      } else if max(gain(difference.lower), gain(difference.upper)) < worthwhile {
        .doesNotHelp
      } else {
        .undecided
      }
    let words =
      switch outcome {
      case .helps: "helps here"
      case .hurts: "hurts here"
      case .doesNotHelp: "does not help here"
      default: "makes no difference that this many rows could show"
      }
    let text =
      "\(finding.arm.name) \(words) (\(finding.judge.title)): \(mainFigure.title) "
      + "\(mainFigure.text(finding.result.mean)) against \(mainFigure.text(finding.baseline)), "
      + "\(change(difference, marked: true)), \(probability(p))" + comparisons(finding.result)
    return BalanceReport.Verdict(method: finding.arm.name, judge: finding.judge, outcome: outcome, p: p, text: text)
  }

  private func comparisons(_ result: BalanceReport.FigureResult) -> String {
    let others = [(TrialArm.weightsName, "class weights"), (TrialArm.randomName, "random oversampling")]
    return others.compactMap { name, title in
      result.difference(to: name).map { "; against \(title) \(change($0, marked: false))" }
    }.joined()
  }

  /// "+0.060 (95 % 0.020 to 0.100)".
  private func change(_ estimate: PairedEstimate, marked: Bool) -> String {
    "\(signed(estimate.mean)) (\(marked ? "95 % " : "")\(signed(estimate.lower)) to \(signed(estimate.upper)))"
  }

  private func signed(_ value: Double) -> String {
    let text = mainFigure.text(value)
    return text.hasPrefix("-") || !text.contains { ("1"..."9").contains($0) } ? unsignedZero(text) : "+" + text
  }

  /// "-0.000" says less than "0.000".
  private func unsignedZero(_ text: String) -> String {
    text.contains { ("1"..."9").contains($0) } ? text : text.replacing("-", with: "")
  }

  private func probability(_ p: Double) -> String { p < 0.001 ? "p < 0.001" : "p = \(Figures.fixed(p, 3))" }

  /// The verdict on all of them.
  func summary() -> String {
    let verdicts = all()
    let methods = arms.filter { $0.isMethod }
    var sentences: [String] = []
    if methods.isEmpty {
      sentences.append("No method was asked for; these are the baselines.")
    } else {
      let helping = names(verdicts, .helps)
      let hurting = names(verdicts, .hurts)
      if helping.isEmpty {
        let enough = verdicts.allSatisfy { $0.outcome != .undecided }
        sentences.append(
          "No method is shown to help here"
            + (enough ? "." : "; with this many rows a smaller gain would not show."))
      } else {
        sentences.append("Balancing helps here: \(list(helping)).")
        sentences.append(againstBaselines(verdicts))
      }
      if !hurting.isEmpty { sentences.append("It hurts: \(list(hurting)).") }
      let failed = verdicts.filter { $0.outcome == .failed }.map(\.method)
      if !failed.isEmpty { sentences.append("Failed: \(list(failed)).") }
    }
    return (sentences + [best()]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether methods that help do more than what costs nothing.
  private func againstBaselines(_ verdicts: [BalanceReport.Verdict]) -> String {
    let better = findings.filter { finding in
      let helps = verdicts.contains {
        $0.outcome == .helps && $0.method == finding.arm.name && $0.judge == finding.judge
      }
      let others = finding.result.differences.filter { $0.arm != TrialArm.imbalancedName }
      return helps && !others.isEmpty && others.allSatisfy { gain($0.estimate.mean) > 0 && $0.estimate.p < 0.05 }
    }
    return better.isEmpty
      ? "None of them is shown to do more than class weights and random oversampling both do."
      : "More than class weights and random oversampling do: "
        + list(better.map { "\($0.arm.name) (\($0.judge.title))" }) + "."
  }

  private func best() -> String {
    let all = arms.flatMap { arm in
      arm.judges.compactMap { judged in judged[mainFigure].map { (arm.name, judged.judge, $0.mean) } }
    }
    guard let best = all.max(by: { gain($0.2) < gain($1.2) }) else { return "" }
    return "Best of all: \(best.0) with \(best.1.title), \(mainFigure.title) \(mainFigure.text(best.2))."
  }

  private func names(_ verdicts: [BalanceReport.Verdict], _ outcome: BalanceReport.Verdict.Outcome) -> [String] {
    verdicts.filter { $0.outcome == outcome }.map { "\($0.method) (\($0.judge?.title ?? ""))" }
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
