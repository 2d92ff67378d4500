/// A condition that a synthetic table has to meet before it is released: `copies<=0`, `shape>=0.9`,
/// `membership-inference<=holdout+0.02`, `utility.boosted-trees.synthetic.auc>=0.85`.
///
/// Left of the comparison stands a metric, or a detail of it after a dot; right of it a number, or a yardstick: `holdout` (what
/// real rows that no model made score) or `marginals` (what independent columns score), with a number added or taken away.
/// `quality` is the mean of `shape` and `trend`.
public struct Gate: Sendable, Equatable {
  public enum Comparison: String, Sendable, CaseIterable {
    // Longer ones first: they are looked for in this order.
    case atMost = "<="
    case atLeast = ">="
    case equal = "=="
    case less = "<"
    case greater = ">"
  }

  public enum Bound: Sendable, Equatable {
    case number(Double)
    case holdout(plus: Double)
    case marginals(plus: Double)
  }

  public let metric: String
  /// nil for the score itself.
  public let detail: String?
  public let comparison: Comparison
  public let bound: Bound
  /// As it was written, without blanks around it.
  public let text: String

  /// The name of the file of what breaks it.
  public var findingsName: String {
    let name = metric + (detail.map { "-" + $0 } ?? "")
    let safe = name.unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain || "-_.%".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
    }
    return "gate-\(String(safe.prefix(100))).csv"
  }

  /// The metrics whose scores it takes.
  public var metrics: [String] { metric == Self.quality ? ["shape", "trend"] : [metric] }

  static let quality = "quality"

  /// Reads a gate. Whether there is such a metric, the reader of the scores knows.
  ///
  /// - Throws: `GateError` for what is no condition.
  public init(_ text: String) throws(GateError) {
    let trimmed = Self.trimmed(text[...])
    self.text = trimmed
    guard let (range, comparison) = Self.comparison(in: trimmed) else {
      throw GateError(
        "'\(trimmed)' is no gate: expected a metric, <=, >=, <, > or ==, and a number, as in 'copies<=0'")
    }
    let left = Self.trimmed(trimmed[..<range.lowerBound])
    let dot = left.firstIndex(of: ".")
    metric = String(left[..<(dot ?? left.endIndex)])
    detail = dot.map { String(left[left.index(after: $0)...]) }
    self.comparison = comparison
    guard !metric.isEmpty, detail != "" else {
      throw GateError("'\(trimmed)': expected a metric before \(comparison.rawValue), as in 'copies<=0'")
    }
    let right = Self.trimmed(trimmed[range.upperBound...])
    guard let bound = Self.bound(right) else {
      throw GateError(
        "'\(trimmed)': expected a number, holdout or marginals after \(comparison.rawValue), as in 'holdout+0.02', "
          + "got '\(right)'"
      )
    }
    if case .number = bound {
    } else if detail != nil {
      throw GateError("'\(trimmed)': a yardstick is one of the score itself, not of '\(detail ?? "")'; give a number")
    }
    self.bound = bound
  }

  /// What is compared stands right of the last comparison: names of columns may hold one, too.
  private static func comparison(in text: String) -> (Range<String.Index>, Comparison)? {
    guard let last = text.lastIndex(where: { "<>=".contains($0) }) else { return nil }
    let end = text.index(after: last)
    for comparison in Comparison.allCases {
      guard let start = text.index(end, offsetBy: -comparison.rawValue.count, limitedBy: text.startIndex) else {
        continue
      }
      if text[start..<end] == comparison.rawValue { return (start..<end, comparison) }
    }
    return nil
  }

  private static func bound(_ text: String) -> Bound? {
    if let number = Double(text) { return number.isFinite ? .number(number) : nil }
    for word in ["holdout", "marginals"] where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count).filter { $0 != " " }
      guard let plus = rest.isEmpty ? 0 : Double(rest), plus.isFinite, rest.isEmpty || "+-".contains(rest.first ?? " ")
      else { return nil }
      return word == "holdout" ? .holdout(plus: plus) : .marginals(plus: plus)
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    let rest = text.drop(while: \.isWhitespace)
    return String(rest.reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// Why a text is no gate, in one line.
public struct GateError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
