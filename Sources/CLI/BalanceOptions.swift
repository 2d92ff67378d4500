import ArgumentParser
import Mynah

/// How many rows each class is to have.
struct ClassOptions: ParsableArguments {
  @Option(help: "Two classes: the smaller one's rows as a share of the larger one's, above 0.")
  var ratio: Double?

  @Option(
    help: ArgumentHelp(
      "Rows of each class afterwards; classes not named stay as they are. A name with ',' or '\"' stands in quotes, as in "
        + "a CSV file.", valueName: "A=N,B=M"))
  var counts: CountList?

  @Option(
    help: ArgumentHelp(
      "Which classes get rows, or lose some. (default: auto, the method's usual choice)"))
  var strategy: StrategyArgument?

  func validate() throws {
    let given = [ratio.map { _ in "--ratio" }, counts.map { _ in "--counts" }, strategy.map { _ in "--strategy" }]
      .compactMap { $0 }
    guard given.count < 2 else {
      throw ValidationError("\(given.joined(separator: " and ")) exclude each other; give one of them")
    }
    if let ratio, !(ratio > 0 && ratio.isFinite) { throw ValidationError("--ratio must be above 0, got \(ratio)") }
  }

  var sampling: SamplingStrategy {
    if let ratio { return .ratio(ratio) }
    if let counts { return .counts(counts.counts) }
    return strategy?.sampling ?? .auto
  }
}

/// `SamplingStrategy` by name.
enum StrategyArgument: String, ExpressibleByArgument, CaseIterable {
  case auto
  case minority
  case notMajority = "not-majority"
  case notMinority = "not-minority"
  case all

  var sampling: SamplingStrategy {
    switch self {
    case .auto: .auto
    case .minority: .minority
    case .notMajority: .notMajority
    case .notMinority: .notMinority
    case .all: .all
    }
  }
}

/// What is asked of a method besides its classes.
struct BalanceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A numeric target is cut into this many classes of equal width, at least 2.", valueName: "n")
  )
  var bins: Int?

  @Option(
    help: ArgumentHelp(
      "Columns whose values come from one row, so that only combinations that exist are made. May be given several times.",
      valueName: "col,col"))
  var keepTogether: [FieldList] = []

  @Option(help: ArgumentHelp("Columns that take no part in distances.", valueName: "col,…"))
  var ignore: FieldList?

  @Flag(help: "Find neighbours by an approximate index: faster on many rows, and misses a few.")
  var approximate = false

  @Flag(help: "Follow imbalanced-learn 0.14 to the letter; see Documentation/Oversampling.md.")
  var reference = false

  @OptionGroup var classes: ClassOptions

  func validate() throws {
    if let bins, bins < 2 { throw ValidationError("--bins must be at least 2, got \(bins)") }
    if let short = keepTogether.first(where: { $0.fields.count < 2 }) {
      throw ValidationError(
        "--keep-together needs at least two columns, got '\(short.fields.joined(separator: ","))'")
    }
  }

  func request(target: String) -> BalanceRequest {
    BalanceRequest(
      target: target, strategy: classes.sampling, bins: bins, keepTogether: keepTogether.map(\.fields),
      ignoring: ignore?.fields ?? [], search: approximate ? .approximate : .automatic, followsReference: reference)
  }
}
