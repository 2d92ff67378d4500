import Foundation
import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

/// What the figures of privacy and likeness are said to mean.
@Suite struct VerdictTests {
  private func score(
    _ value: Double?, _ details: [String: Double] = [:], goal: Goal = .minimize, unseen: Double? = nil,
    marginals: Double? = nil
  ) -> MetricScore {
    MetricScore(
      value.map { .value($0, details: details) } ?? .notApplicable(reason: "why not"), goal: goal, unseen: unseen,
      marginals: marginals)
  }

  @Test("Fisher's exact test, one-sided, as SciPy 1.17.1 has it")
  func proportions() {
    // fisher_exact([[30, 970], [10, 990]], alternative="greater"), and so on.
    #expect(abs(PrivacySign.chance(of: 0.03, in: 1000, over: 0.01, in: 1000) - 0.0010041667809150047) < 1e-9)
    #expect(abs(PrivacySign.chance(of: 3 / 5000, in: 5000, over: 0, in: 37000) - 0.001686291082371767) < 1e-9)
    // Many: the normal approximation. proportions_ztest([3000, 2800], [100000, 100000], alternative="larger") of statsmodels.
    #expect(abs(PrivacySign.chance(of: 0.03, in: 100_000, over: 0.028, in: 100_000) - 0.0038487720250252686) < 1e-6)
    #expect(PrivacySign.chance(of: 0.0025, in: 2000, over: 0.004, in: 500) == 1)
    #expect(PrivacySign.chance(of: 0.5, in: 0, over: 0.1, in: 10) == 1)
  }

  @Test("Copies are a sign where they are more than unseen rows have, and cannot be judged without such rows")
  func copies() {
    let many = score(0.05, ["rows": 1000, "copies": 50, "holdout-share": 0.01])
    #expect(PrivacySign.of("copies", many, holdoutRows: 1000) == .present("5.00\u{202F}%, by chance 1.00\u{202F}%"))
    let few = score(0.012, ["rows": 1000, "copies": 12, "holdout-share": 0.01])
    #expect(PrivacySign.of("copies", few, holdoutRows: 1000) == .absent)
    #expect(PrivacySign.of("copies", score(0.03, ["rows": 1000]), holdoutRows: nil) == .undecided)
    #expect(PrivacySign.of("copies", score(nil), holdoutRows: nil) == .unmeasured("why not"))
    #expect(PrivacySign.of("shape", score(0.5), holdoutRows: nil) == nil)
  }

  @Test("What training rows equal each other by tells chance where few unseen rows do, or none")
  func twins() {
    var details = ["rows": 5000, "copies": 30, "train-rows": 5000, "train-duplicates": 0.0]
    guard case .present? = PrivacySign.of("copies", score(0.006, details), holdoutRows: nil) else {
      Issue.record("30 copies where no two training rows are equal")
      return
    }
    details["holdout-share"] = 0
    guard case .present? = PrivacySign.of("copies", score(0.006, details), holdoutRows: 10) else {
      Issue.record("30 copies beside ten unseen rows")
      return
    }
    details["train-duplicates"] = 0.01
    #expect(PrivacySign.of("copies", score(0.006, details), holdoutRows: 10) == .absent)
    // One copy may be chance even then: of 42,000 rows it was one of these 5,000.
    #expect(
      PrivacySign.of(
        "copies", score(0.0002, ["rows": 5000, "train-rows": 37000, "train-duplicates": 0]), holdoutRows: nil)
        == .absent)
  }

  @Test("A holdout that repeats training rows is named, and excuses nothing") func seenHoldout() throws {
    let table = try GoldenTables.small(firstRow: 0, scale: 1)
    let leaking = table.gathering(Array(0..<200).map { $0 % 2 == 0 ? $0 : 0 })
    let real = RealData(train: table, holdout: leaking)
    let verdict = Verdict(
      try TableEvaluation(of: table, against: real, metrics: [Copies()]), holdoutRows: 200, gates: [])
    #expect(verdict.privacy[0].text.hasPrefix("The holdout is not unseen: 100.00"))
    #expect(verdict.privacy[1].standing == .bad && verdict.headline.standing == .bad)
    let clean = RealData(train: table, holdout: try GoldenTables.small(firstRow: 900, scale: 1))
    let other = Verdict(
      try TableEvaluation(of: table, against: clean, metrics: [Copies()]), holdoutRows: 200, gates: [])
    #expect(other.privacy[0].text.hasPrefix("200 of 200"))
  }

  @Test("An attack counts by the lower end of its interval") func attacks() {
    let details = ["density-ratio-area": 0.53, "density-ratio-area-low": 0.515, "density-ratio-area-high": 0.545]
    guard case .present? = PrivacySign.of("membership-inference", score(0.53, details), holdoutRows: 10) else {
      Issue.record("0.53 is four standard errors above chance")
      return
    }
    var near = details
    near["density-ratio-area-low"] = 0.508
    #expect(PrivacySign.of("membership-inference", score(0.53, near), holdoutRows: 10) == .absent)
    let risky = ["risk-low": 0.1, "risk-high": 0.3, "p-value": 0.0005]
    guard case .present? = PrivacySign.of("linkability", score(0.2, risky), holdoutRows: 10) else {
      Issue.record("a risk of 0.1 to 0.3")
      return
    }
    #expect(
      PrivacySign.of("linkability", score(0.2, ["risk-low": 0.01, "p-value": 0.002]), holdoutRows: 10) == .absent)
  }

  @Test("Likeness is held against what unseen rows reach, not against 1") func likeness() {
    func standings(_ scores: [String: MetricScore]) -> [VerdictSentence.Standing] {
      LikenessVerdict(scores).sentences.map(\.standing)
    }
    #expect(standings(["shape": score(0.9, goal: .maximize, unseen: 0.91)]) == [.good])
    #expect(standings(["shape": score(0.9, goal: .maximize, unseen: 0.99)]) == [.mixed])
    #expect(standings(["shape": score(0.8, goal: .maximize)]) == [.bad])
    #expect(standings(["trend": score(0.9, goal: .maximize, unseen: 0.98, marginals: 0.5)]) == [.mixed])
    #expect(standings(["trend": score(0.52, goal: .maximize, unseen: 0.98, marginals: 0.5)]) == [.bad])
    #expect(standings(["trend": score(0.97, goal: .maximize, unseen: 0.98, marginals: 0.97)]) == [.unknown])
    #expect(standings(["detection": score(0.53, unseen: 0.5)]) == [.good])
    let told = LikenessVerdict(["detection": score(0.9, ["gain.age": 0.8, "gain.x": 0.01], unseen: 0.5)]).sentences
    #expect(told.map(\.standing) == [.bad] && told[0].text.hasSuffix("above all by 'age'."))
  }

  @Test("A gate that is not passed comes first, whatever else is good") func gates() throws {
    let table = try GoldenTables.small(firstRow: 0, scale: 1)
    let real = RealData(train: table, holdout: try GoldenTables.small(firstRow: 900, scale: 1))
    let metrics: [any Metric] = [ColumnShapes(), ColumnPairTrends(), Copies()]
    let evaluation = try TableEvaluation(of: table, against: real, metrics: metrics)
    var outcome = GateOutcome(gate: "copies<=0", passed: false)
    outcome.value = 1
    outcome.bound = 0
    let refused = Verdict(evaluation, holdoutRows: 200, gates: [outcome])
    #expect(refused.headline.standing == .bad && refused.headline.text.hasPrefix("Not to be released as it is."))
    #expect(refused.release[0].text == "Not to be released: a gate is not passed (copies<=0).")
    // The training table itself: alike, and a copy of everybody.
    #expect(refused.likeness.allSatisfy { $0.standing == .good })
    #expect(
      refused.privacy.first?.text.contains("200 of 200 rows are copies of training rows, more than chance") ?? false)
    let own = Verdict(evaluation, holdoutRows: 200, gates: [])
    #expect(own.headline.text.contains("signs that it gives people of the real table away"))
    // Unseen rows of the same kind are no sign.
    let other = try TableEvaluation(of: #require(real.holdout), against: real, metrics: metrics)
    let unseen = Verdict(other, holdoutRows: 200, gates: [])
    #expect(unseen.privacy[0].standing == .good && unseen.headline.standing != .bad)
  }

  @Test("What was measured and found nothing has no sentence of its own, and counts") func measured() throws {
    let train = try GoldenTables.small(firstRow: 0, scale: 1)
    let real = RealData(train: train, holdout: try GoldenTables.small(firstRow: 900, scale: 1))
    let unseen = try GoldenTables.small(firstRow: 2_000, scale: 1)
    let verdict = Verdict(
      try TableEvaluation(of: unseen, against: real, metrics: [ClosestRecord()]), holdoutRows: 200, gates: [])
    #expect(verdict.headline.text.contains("No sign was found"))
    #expect(!verdict.headline.text.contains("Privacy was not checked"))
  }

  @Test("Nothing measured is not nothing found") func unknown() throws {
    let table = try GoldenTables.small(firstRow: 0, scale: 1)
    let verdict = Verdict(try TableEvaluation(of: table, against: RealData(train: table)), holdoutRows: nil, gates: [])
    #expect(verdict.headline.text.hasSuffix("Privacy was not checked."))
    #expect(verdict.headline.standing == .unknown)
    #expect(verdict.privacy[0].text.hasPrefix("Nothing was measured"))
  }
}
