import MynahEvaluation

/// On what conditions the rows are released, for what, and by whom.
public struct ReleaseConfiguration: Sendable, Equatable {
  /// Conditions that every generator's table has to meet.
  public var gates: [Gate]
  /// What the rows are for and not for.
  public var purpose: Purpose?
  /// Who is responsible; stands on the card. The user's login name unless given.
  public var author: String?
  /// A review file, whose rejected rows are not released and whose accepted rows break no gate.
  public var review: String?
  /// Whether reports show real rows beside the synthetic ones nearest to them.
  public var showsRealRows: Bool
  var reviewPlace: Place?

  public init(
    gates: [Gate] = [], purpose: Purpose? = nil, author: String? = nil, review: String? = nil,
    showsRealRows: Bool = true
  ) {
    self.gates = gates
    self.purpose = purpose
    self.author = author
    self.review = review
    self.showsRealRows = showsRealRows
  }

  static let keys = ["gates", "purpose", "author", "review", "report"]

  /// The keys above of an experiment file.
  init(_ root: Setting) throws(ExperimentError) {
    self.init()
    if let gates = root["gates"] { self.gates = try Self.gates(gates) }
    if let purpose = root["purpose"] { self.purpose = try Self.purpose(purpose) }
    author = try root["author"]?.text("author")
    review = try root["review"]?.text("review")
    reviewPlace = root["review"]?.place
    if let report = root["report"] {
      try report.requireKeys(["real_rows"], in: "report")
      showsRealRows = try report["real_rows"]?.truth("real_rows") ?? true
    }
  }

  private static func gates(_ setting: Setting) throws(ExperimentError) -> [Gate] {
    var gates: [Gate] = []
    let entries: [Setting] = if case .sequence(let values) = setting.content { values } else { [setting] }
    for entry in entries {
      let text = try entry.text("gates")
      do {
        gates.append(try Gate(text))
      } catch {
        throw entry.failure("gates: \(error.description)")
      }
    }
    return gates
  }

  private static func purpose(_ setting: Setting) throws(ExperimentError) -> Purpose {
    try setting.requireKeys(["for", "against"], in: "purpose")
    let uses = try setting["for"]?.texts("for") ?? []
    let others = try setting["against"]?.texts("against") ?? []
    guard !(uses + others).contains("") else { throw setting.failure("purpose: a use is empty; say what it is") }
    guard !uses.isEmpty else { throw setting.failure("purpose: 'for' is missing; expected what the rows are for") }
    return Purpose(for: uses, against: others)
  }

  /// As an experiment file has them.
  var entries: [(String, Setting)] {
    var entries: [(String, Setting)] = []
    if !gates.isEmpty { entries.append(("gates", .strings(gates.map(\.text)))) }
    if let purpose {
      let uses = [("for", Setting.strings(purpose.for))]
      let others = purpose.against.isEmpty ? [] : [("against", Setting.strings(purpose.against))]
      entries.append(("purpose", Setting(uses + others)))
    }
    if let author { entries.append(("author", .string(author))) }
    if let review { entries.append(("review", .string(review))) }
    if !showsRealRows { entries.append(("report", Setting([("real_rows", .text(false))]))) }
    return entries
  }
}
