/// A sentence of a report's verdict.
struct VerdictSentence: Equatable {
  enum Standing: String {
    case good, mixed, bad, unknown

    /// The word beside the sentence, so that its standing is not told by colour alone.
    var word: String {
      switch self {
      case .good: "Good"
      case .mixed: "Mixed"
      case .bad: "Bad"
      case .unknown: "Unknown"
      }
    }
  }

  var standing: Standing
  var text: String

  init(_ standing: Standing, _ text: String) { (self.standing, self.text) = (standing, text) }
}
