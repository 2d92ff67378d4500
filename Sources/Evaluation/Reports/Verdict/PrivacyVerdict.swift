/// What the metrics of privacy add up to, in sentences. "No sign" is the most they can say: an attack that nobody tried may
/// succeed.
struct PrivacyVerdict {
  /// What was found.
  private(set) var sentences: [VerdictSentence] = []
  /// What could not be looked for.
  private(set) var gaps: [VerdictSentence] = []
  /// What is proven.
  let guarantee: VerdictSentence

  private let holdoutRows: Int?
  private let isHoldoutSeen: Bool
  /// Of unseen rows: with fewer an attack has to succeed on a third more of the training rows to be told from chance.
  private static let fewRows = 100

  private let signs: [String: PrivacySign]
  private let scores: [String: MetricScore]

  /// The attacks, with what is said of one that succeeds.
  private static let attacks = [
    ("membership-inference", "An attacker can tell who was in the training table better than by chance"),
    (
      "singling-out", "Descriptions of single people fit training rows more often than people who were not in the table"
    ),
    ("linkability", "Halves of training rows are linked more often than those of people who were not in the table"),
    ("inference", "Secrets of training rows are guessed better than those of people who were not in the table"),
    ("attribute-disclosure", "Its rows tell more of training rows' secrets than of people's who were not in the table"),
  ]
  /// Other figures that can be more than chance makes, and how much is to be made of that.
  private static let others: [(name: String, standing: VerdictSentence.Standing, text: String)] = [
    ("identifier-reuse", .bad, "It repeats identifiers of the training table"),
    ("closest-record", .bad, "Its rows are nearer to training rows than to unseen ones"),
    ("rare-combinations", .mixed, "It repeats rare combinations of training rows more often than chance would"),
    ("k-anonymity", .mixed, "Its rows point at few training rows more often than unseen rows do"),
    ("l-diversity", .mixed, "Groups of its rows give away training rows more often than unseen ones"),
  ]
  private static let names = ["copies", "near-copies"] + attacks.map(\.0) + others.map(\.name)

  /// - Parameters:
  ///   - scores: by metric.
  ///   - holdoutRows: of the unseen table; nil where that is not known.
  ///   - guarantee: as the card has it; nil without a card.
  init(_ scores: [String: MetricScore], holdoutRows: Int?, guarantee: PrivacyGuarantee?) {
    self.scores = scores
    self.holdoutRows = holdoutRows
    isHoldoutSeen = PrivacySign.isHoldoutSeen(scores["copies"]?.details ?? [:], holdoutRows)
    var signs: [String: PrivacySign] = [:]
    for name in Self.names {
      signs[name] = scores[name].flatMap { PrivacySign.of(name, $0, holdoutRows: holdoutRows) }
    }
    self.signs = signs
    self.guarantee = Self.sentence(of: guarantee)
    sentences = [seenHoldout, copies, nearCopies].compactMap(\.self) + attacks
    for (name, standing, text) in Self.others {
      guard case .present(let figures)? = signs[name] else { continue }
      sentences.append(VerdictSentence(standing, "\(text): \(figures)."))
    }
    gaps = unmeasured
  }

  /// Whether any figure could be judged.
  var isMeasured: Bool {
    !sentences.isEmpty
      || signs.values.contains { sign in
        if case .unmeasured = sign { false } else { true }
      }
  }

  /// Nothing that is held against such a holdout can be trusted.
  private var seenHoldout: VerdictSentence? {
    guard isHoldoutSeen, let details = scores["copies"]?.details else { return nil }
    let share = Figures.percent(details["holdout-share"] ?? 0, digits: 2)
    let twins = Figures.percent(details["train-duplicates"] ?? 0, digits: 2)
    return VerdictSentence(
      .bad,
      "The holdout is not unseen: \(share) of its rows are training rows, where \(twins) of the training rows equal another. "
        + "What chance makes, and so every sentence below, is taken from it.")
  }

  private var copies: VerdictSentence? {
    guard let details = scores["copies"]?.details, let count = details["copies"], let rows = details["rows"],
      let sign = signs["copies"]
    else { return nil }
    guard count > 0 else { return VerdictSentence(.good, "No row is a copy of a training row.") }
    let are = count == 1 ? "row is a copy of a training row" : "rows are copies of training rows"
    let text = "\(Figures.axis(count)) of \(Figures.axis(rows)) \(are)"
    guard let twins = details["train-duplicates"], details["holdout-share"] == nil || isHoldoutSeen else {
      return sentence(sign, text, share: count / max(1, rows), of: details, unseen: "equal a training row")
    }
    // Training rows that equal each other tell what chance makes, where no unseen row does.
    let chance = "of training rows \(Figures.percent(twins, digits: 2)) equal another"
    if case .present = sign { return VerdictSentence(.bad, "\(text), more than chance makes: \(chance).") }
    return VerdictSentence(
      count / max(1, rows) <= twins ? .good : .mixed, "\(text), no more than chance can make: \(chance).")
  }

  private var nearCopies: VerdictSentence? {
    guard let score = scores["near-copies"], let share = score.value, let sign = signs["near-copies"] else {
      return nil
    }
    let details = score.details ?? [:]
    let looked = details["rows-sampled-from"] == nil ? "" : " that were looked at"
    guard share > 0 else { return VerdictSentence(.good, "None of the rows\(looked) all but repeats a training row.") }
    let text = "\(Figures.percent(share, digits: 2)) of the rows\(looked) all but repeat a training row"
    return sentence(sign, text, share: share, of: details, unseen: "do")
  }

  private func sentence(
    _ sign: PrivacySign, _ text: String, share: Double, of details: [String: Double], unseen verb: String
  ) -> VerdictSentence {
    let chance = Figures.percent(details["holdout-share"] ?? 0, digits: 2)
    switch sign {
    case .present:
      return VerdictSentence(.bad, "\(text), more than chance makes: of unseen real rows \(chance) \(verb).")
    case .absent:
      // As many as of unseen rows is what a table without copies of people has, too.
      let isFewer = share <= details["holdout-share"] ?? 0
      let count = holdoutRows.map { "\($0) " } ?? ""
      return isFewer
        ? VerdictSentence(.good, "\(text), no more than chance makes: of unseen real rows \(chance) \(verb).")
        : VerdictSentence(
          .mixed, "\(text), which cannot be told from chance: of \(count)unseen real rows \(chance) \(verb).")
    case .undecided, .unmeasured:
      return VerdictSentence(.bad, "\(text); without unseen real rows nobody can say whether that is chance.")
    }
  }

  private var attacks: [VerdictSentence] {
    var found: [VerdictSentence] = []
    var tried = 0
    for (name, text) in Self.attacks {
      switch signs[name] {
      case .present(let figures)?:
        tried += 1
        found.append(VerdictSentence(.bad, "\(text): \(figures)."))
      case .absent?: tried += 1
      default: continue
      }
    }
    guard tried > 0, found.isEmpty else { return found }
    if let holdoutRows, holdoutRows < Self.fewRows {
      return [
        VerdictSentence(
          .unknown,
          "No attack succeeds beyond chance, but with \(holdoutRows) unseen rows to compare with few ever would.")
      ]
    }
    let subject =
      tried == 1 ? "The one attack that was tried does not do" : "None of the \(tried) attacks that were tried does"
    return [
      VerdictSentence(.good, "\(subject) better on people in the training table than on people who were not in it.")
    ]
  }

  /// A sentence for each reason.
  private var unmeasured: [VerdictSentence] {
    if Self.names.allSatisfy({ scores[$0] == nil }) {
      return [VerdictSentence(.unknown, "Nothing was measured that could tell whether it gives anybody away.")]
    }
    var reasons: [String] = []
    var metrics: [String: [String]] = [:]
    for name in Self.names {
      guard case .unmeasured(let reason)? = signs[name] else { continue }
      if metrics[reason] == nil { reasons.append(reason) }
      metrics[reason, default: []].append(name)
    }
    return reasons.map { reason in
      VerdictSentence(.unknown, "Not checked: \((metrics[reason] ?? []).joined(separator: ", ")). Why: \(reason).")
    }
  }

  private static func sentence(of guarantee: PrivacyGuarantee?) -> VerdictSentence {
    let limits = "what is known of privacy is what was measured here, and an attack that nobody tried may find more"
    guard let guarantee else { return VerdictSentence(.unknown, "No proof of privacy is on record: \(limits).") }
    guard guarantee != .none else {
      return VerdictSentence(.unknown, "There is no differential-privacy guarantee: \(limits).")
    }
    let figures = [("ε", guarantee.epsilon), ("δ", guarantee.delta)].compactMap { name, value in
      value.map { "\(name) = \(Figures.significant($0))" }
    }
    let text = ([guarantee.kind] + figures).joined(separator: ", ")
    return VerdictSentence(.unknown, "Its card states a guarantee, which a report cannot check: \(text).")
  }
}
