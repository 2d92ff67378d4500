/// What the privacy metrics come to. No sign of a leak is no proof that there is none, and the sentences say so.
struct PrivacyVerdict {
  let headline: String
  let sentences: [Verdict.Sentence]

  /// - Parameters:
  ///   - scores: of all metrics, by name.
  ///   - holdoutRows: how many unseen rows there were: 0 for none, nil where that is not known.
  init(_ scores: [String: MetricScore], holdoutRows: Int?) {
    let signs = scores.sorted { $0.key < $1.key }.compactMap {
      PrivacySign(metric: $0.key, score: $0.value, holdoutRows: holdoutRows)
    }
    var sentences = [Self.copies(scores, signs), Self.closest(signs), Self.fewPeople(signs)].compactMap(\.self)
    sentences += Self.attacks(signs)
    let found = signs.filter { $0.outcome == .found }
    let decided = signs.contains { $0.outcome == .found || $0.outcome == .notFound }
    let attacked = PrivacySign.attacks.filter { attack in
      signs.contains { $0.metric == attack.metric && $0.outcome == .notFound }
    }
    if !found.isEmpty {
      headline = "There are signs that it gives people away."
    } else if !decided {
      headline = "Privacy was not measured."
    } else if attacked.isEmpty {
      headline = "Privacy was measured in part only: no attack was made."
    } else {
      headline = "No sign was found that it gives anybody away, which is not proof that it does not."
    }
    if signs.isEmpty {
      sentences.append(
        Verdict.Sentence(
          topic: "Privacy", text: "No privacy metric was computed: nothing can be said of whom the table gives away.",
          tone: .unknown))
    }
    self.sentences = sentences
  }

  private static func copies(_ scores: [String: MetricScore], _ signs: [PrivacySign]) -> Verdict.Sentence? {
    guard let score = scores["copies"], let sign = signs.first(where: { $0.metric == "copies" }),
      let copies = score.details?["copies"].map({ Int($0) })
    else { return nil }
    if copies == 0 {
      let near = signs.first { $0.metric == "near-copies" }
      if let near, near.outcome == .found {
        return Verdict.Sentence(
          topic: "Copies",
          text: "No row is a copy of a training row, but more than by chance all but repeat one (\(near.evidence)).",
          tone: .bad)
      }
      return Verdict.Sentence(topic: "Copies", text: "No row is a copy of a training row.", tone: .good)
    }
    let rows = "\(copies) row\(copies == 1 ? " is a copy of a training row" : "s are copies of training rows")"
    switch sign.outcome {
    case .found:
      return Verdict.Sentence(topic: "Copies", text: "\(rows), more than by chance (\(sign.evidence)).", tone: .bad)
    case .notFound:
      return Verdict.Sentence(
        topic: "Copies", text: "\(rows), as many as agree by chance (\(sign.evidence)).", tone: .mixed)
    case .unknown(let reason):
      return Verdict.Sentence(
        topic: "Copies", text: "\(rows) (\(sign.evidence)); whether by chance is not known: \(reason).", tone: .bad)
    }
  }

  private static func closest(_ signs: [PrivacySign]) -> Verdict.Sentence? {
    guard let sign = signs.first(where: { $0.metric == "closest-record" }) else { return nil }
    switch sign.outcome {
    case .found:
      return Verdict.Sentence(
        topic: "Distances", text: "Rows lie nearer to training rows than to unseen ones: \(sign.evidence).", tone: .bad)
    case .notFound:
      return Verdict.Sentence(
        topic: "Distances", text: "Rows lie no nearer to training rows than to unseen ones: \(sign.evidence).",
        tone: .good)
    case .unknown: return nil
    }
  }

  /// Metrics of rows that point at few people.
  private static func fewPeople(_ signs: [PrivacySign]) -> Verdict.Sentence? {
    let named = ["k-anonymity", "l-diversity", "rare-combinations"].compactMap { name in
      signs.first { $0.metric == name && $0.outcome == .found }.map { "\(name) (\($0.evidence))" }
    }
    guard !named.isEmpty else { return nil }
    return Verdict.Sentence(
      topic: "Rare people",
      text: "The table says more of few people than unseen rows do by chance: \(named.joined(separator: "; ")).",
      tone: .bad
    )
  }

  private static func attacks(_ signs: [PrivacySign]) -> [Verdict.Sentence] {
    let made = PrivacySign.attacks.compactMap { attack in
      signs.first { $0.metric == attack.metric }.map { (name: attack.name, sign: $0) }
    }
    var sentences = made.filter { $0.sign.outcome == .found }.map { attack in
      Verdict.Sentence(
        topic: "Attacks",
        text:
          "The attack '\(attack.name)' does better on people who were in the table than on others: \(attack.sign.evidence).",
        tone: .bad)
    }
    let without = made.filter { $0.sign.outcome == .notFound }.map(\.name)
    if !without.isEmpty {
      let attacks = without.count == 1 ? "The attack" : "None of the attacks"
      let which = without.joined(separator: ", ")
      let does = without.count == 1 ? "does not do" : "does"
      sentences.append(
        Verdict.Sentence(
          topic: "Attacks",
          text:
            "\(attacks) tried (\(which)) \(does) measurably better on people who were in the table than on people who were "
            + "not. An attack nobody has thought of may.",
          tone: sentences.isEmpty ? .good : .mixed))
    }
    let impossible = made.compactMap { attack -> String? in
      guard case .unknown(let reason) = attack.sign.outcome else { return nil }
      return "\(attack.name) (\(reason))"
    }
    if !impossible.isEmpty {
      sentences.append(
        Verdict.Sentence(
          topic: "Attacks", text: "These attacks could not be made: \(impossible.joined(separator: "; ")).",
          tone: .unknown))
    }
    return sentences
  }
}
