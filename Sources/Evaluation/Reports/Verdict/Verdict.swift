/// What the figures come to, in words: for a reader who does not know the metrics.
struct Verdict {
  enum Tone: String {
    case good, bad
    /// Neither: worth reading on.
    case mixed
    /// Nobody can say.
    case unknown
  }

  struct Sentence {
    let topic: String
    let text: String
    let tone: Tone
  }

  /// The two things to decide by: the conditions of release, and privacy.
  let headline: String
  let sentences: [Sentence]

  /// - Parameters:
  ///   - evaluation: whose figures are put in words.
  ///   - gates: of the same table.
  ///   - guarantee: what is proven; nil where nothing is said of it.
  ///   - holdoutRows: how many unseen rows there were: 0 for none, nil where that is not known.
  init(
    _ evaluation: TableEvaluation, gates: [GateOutcome] = [], guarantee: PrivacyGuarantee? = nil,
    holdoutRows: Int? = nil
  ) {
    let scores = evaluation.allScores
    let privacy = PrivacyVerdict(scores, holdoutRows: holdoutRows)
    let release = Self.release(gates)
    headline = [release.text, privacy.headline].joined(separator: " ")
    var sentences = [release]
    sentences += [Self.likeness(evaluation), Self.detection(scores), Self.utility(scores), Self.fairness(scores)]
      .compactMap(\.self)
    sentences += privacy.sentences
    sentences.append(Self.guarantee(guarantee))
    if let unchecked = Self.unchecked(scores, holdoutRows) { sentences.append(unchecked) }
    self.sentences = sentences
  }

  private static func release(_ gates: [GateOutcome]) -> Sentence {
    guard !gates.isEmpty else {
      return Sentence(
        topic: "Release", text: "No conditions of release were set; whether to release is for people to decide.",
        tone: .unknown)
    }
    let failed = gates.filter { !$0.passed }
    guard !failed.isEmpty else {
      let all = gates.count == 1 ? "the one gate" : "all \(gates.count) gates"
      return Sentence(topic: "Release", text: "Passes \(all) that were set for a release.", tone: .good)
    }
    let named = failed.prefix(3).map { "'\($0.gate)'" }.joined(separator: ", ") + (failed.count > 3 ? ", …" : "")
    return Sentence(
      topic: "Release",
      text:
        "Not to be released: fails \(failed.count) of \(gates.count) gate\(gates.count == 1 ? "" : "s") (\(named)).",
      tone: .bad)
  }

  private static func guarantee(_ guarantee: PrivacyGuarantee?) -> Sentence {
    let measured = "what is known of privacy is what was measured on these rows"
    guard let guarantee else {
      return Sentence(topic: "Guarantee", text: "No privacy guarantee is stated; \(measured).", tone: .unknown)
    }
    guard let epsilon = guarantee.epsilon, epsilon.isFinite else {
      let kind =
        guarantee.kind == PrivacyGuarantee.none.kind ? "" : " The card calls its guarantee '\(guarantee.kind)'."
      return Sentence(
        topic: "Guarantee", text: "There is no guarantee of differential privacy; \(measured).\(kind)", tone: .unknown)
    }
    let delta = guarantee.delta.map { ", δ = \(Figures.significant($0))" } ?? ""
    return Sentence(
      topic: "Guarantee", text: "The card states \(guarantee.kind) with ε = \(Figures.significant(epsilon))\(delta).",
      tone: .mixed)
  }

  private static func unchecked(_ scores: [String: MetricScore], _ holdoutRows: Int?) -> Sentence? {
    if holdoutRows == 0 {
      return Sentence(
        topic: "Not checked",
        text:
          "There are no unseen real rows. Without them nobody knows what the best table could score, nothing can be said of "
          + "models that learn from this one, and the attacks on privacy cannot be made.",
        tone: .unknown)
    }
    let without = scores.filter { $0.value.value == nil && !PrivacySign.attacks.map(\.metric).contains($0.key) }
    guard !without.isEmpty else { return nil }
    let named = without.keys.sorted().joined(separator: ", ")
    return Sentence(
      topic: "Not checked", text: "There is no figure for \(named); the tables below say why.", tone: .unknown)
  }
}
