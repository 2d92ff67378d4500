/// A metric's parameter that cannot be: one line that says what is wrong and what would be right.
public struct MetricError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String
  /// The parameter that is wrong, as the Swift property is called; lets an experiment file's line be named.
  public var parameter: String?

  public init(_ description: String, parameter: String? = nil) {
    self.description = description
    self.parameter = parameter
  }
}

/// Rows that a metric may be told to look at. No table has more.
let rowLimits = 1...1_000_000_000
/// The same where one row is none.
let pairedRowLimits = 2...1_000_000_000
/// Attacks that a metric may be told to try.
let attackLimits = 1...1_000_000

extension Metric {
  /// Every value is possible.
  public func validate() throws(MetricError) {}

  /// - Parameter name: as the Swift property is called.
  func require(_ value: Int, _ name: String, in limits: ClosedRange<Int>) throws(MetricError) {
    guard !limits.contains(value) else { return }
    throw wrong(name, "must be from \(limits.lowerBound) to \(limits.upperBound), got \(value)")
  }

  /// A share: from 0 to 1, and a number.
  func requireShare(_ value: Double, _ name: String) throws(MetricError) {
    guard !(0...1).contains(value) else { return }
    throw wrong(name, "must be from 0 to 1, got \(Int(exactly: value).map(String.init) ?? "\(value)")")
  }

  /// At least one column, and none twice: what is left out or counted twice would make the score another's.
  func requireColumns(_ names: [String]?, _ name: String) throws(MetricError) {
    guard let names else { return }
    guard !names.isEmpty else { throw wrong(name, "must name at least one column, got []") }
    guard let twice = firstRepeated(names) else { return }
    throw wrong(name, "must name every column once, got '\(twice)' twice")
  }

  /// A column cannot be known and secret at once.
  func requireSecret(_ secret: String?, apartFrom known: [String]?) throws(MetricError) {
    guard let secret, known?.contains(secret) ?? false else { return }
    throw wrong("secret", "must be none of the known columns, got '\(secret)'")
  }

  func wrong(_ name: String, _ message: String) -> MetricError {
    let shown = name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    return MetricError("\(Self.identifier): \(shown) \(message)", parameter: name)
  }
}

/// The first of the names that was there before.
func firstRepeated(_ names: [String]) -> String? {
  var seen: Set<String> = []
  return names.first { !seen.insert($0).inserted }
}

extension [any Metric] {
  /// - Throws: `MetricError` for the first impossible parameter.
  func validate() throws(MetricError) {
    for metric in self { try metric.validate() }
  }
}

extension Int {
  /// What is nearest to it within the limits, for a metric that is used without `validate()`.
  func within(_ limits: ClosedRange<Int>) -> Int { Swift.min(Swift.max(self, limits.lowerBound), limits.upperBound) }
}
