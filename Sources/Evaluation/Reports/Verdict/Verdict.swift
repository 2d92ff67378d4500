/// What the figures of a report say, in words: whether the table may be released, whether it looks like the real one, of what
/// use it is, and whether there are signs that it gives anybody away.
struct Verdict {
  /// The gist.
  let headline: VerdictSentence
  let release: [VerdictSentence]
  let likeness: [VerdictSentence]
  let privacy: [VerdictSentence]

  var sentences: [VerdictSentence] { release + likeness + privacy }

  /// - Parameters:
  ///   - evaluation: the scores.
  ///   - holdoutRows: of the unseen table; nil where there is none or its length is not known.
  ///   - gates: conditions of release.
  ///   - card: for what is proven.
  init(_ evaluation: TableEvaluation, holdoutRows: Int?, gates: [GateOutcome], card: Card? = nil) {
    let scores = evaluation.allScores
    let found = PrivacyVerdict(scores, holdoutRows: holdoutRows, guarantee: card?.privacyGuarantee)
    release = [Self.release(gates, card)]
    likeness = LikenessVerdict(scores).sentences
    privacy = found.sentences + found.gaps + [found.guarantee]
    headline = Self.headline(isRefused: release.contains { $0.standing == .bad }, likeness, found)
  }

  private static func release(_ gates: [GateOutcome], _ card: Card?) -> VerdictSentence {
    let failed = gates.filter { !$0.passed }
    if !failed.isEmpty {
      let count = failed.count == 1 ? "a gate is" : "\(failed.count) of \(gates.count) gates are"
      return VerdictSentence(
        .bad, "Not to be released: \(count) not passed (\(failed.map(\.gate).joined(separator: ", "))).")
    }
    if let card, !card.released { return VerdictSentence(.bad, "Not to be released, as its card says.") }
    if gates.isEmpty { return VerdictSentence(.unknown, "No conditions of release were set.") }
    return VerdictSentence(.good, gates.count == 1 ? "Its one gate is passed." : "All \(gates.count) gates are passed.")
  }

  private static func headline(
    isRefused: Bool, _ likeness: [VerdictSentence], _ privacy: PrivacyVerdict
  ) -> VerdictSentence {
    var standings: [VerdictSentence.Standing] = []
    var parts: [String] = []
    func say(_ standing: VerdictSentence.Standing, _ text: String) {
      standings.append(standing)
      parts.append(text)
    }
    if isRefused { say(.bad, "Not to be released as it is.") }
    let levels = Set(likeness.map(\.standing))
    if likeness.count(where: { $0.standing == .bad }) > likeness.count / 2 {
      say(.bad, "It is no good likeness of the real table.")
    } else if levels.contains(.bad) {
      say(.mixed, "It falls short of the real table in some respect.")
    } else if levels.contains(.mixed) {
      say(.mixed, "It is a fair likeness of the real table.")
    } else if levels.contains(.good) {
      say(.good, "It is a good likeness of the real table.")
    }
    let found = Set(privacy.sentences.map(\.standing))
    if found.contains(.bad) {
      say(.bad, "There are signs that it gives people of the real table away.")
    } else if found.contains(.mixed) {
      say(.mixed, "Some figures of privacy need a look.")
    } else if found.contains(.good) || (found.isEmpty && privacy.isMeasured) {
      say(.good, "No sign was found that it gives anybody away.")
    }
    if !privacy.isMeasured {
      say(.unknown, "Privacy was not checked.")
    } else if !privacy.gaps.isEmpty {
      say(.unknown, "Privacy was checked in part only.")
    }
    let worst = [VerdictSentence.Standing.bad, .mixed, .unknown].first { standings.contains($0) } ?? .good
    return VerdictSentence(worst, parts.joined(separator: " "))
  }
}
