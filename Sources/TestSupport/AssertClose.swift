import MynahTensors

/// Whether two arrays agree within `absolute + relative · |expected|` everywhere; NaN equals NaN.
/// Returns the first disagreement in words, nil when there is none.
public func disagreement(
  _ actual: [Double], _ expected: [Double], absolute: Double = 0, relative: Double = 0
) -> String? {
  guard actual.count == expected.count else { return "\(actual.count) values, expected \(expected.count)" }
  for (index, (a, e)) in zip(actual, expected).enumerated() where !(a.isNaN && e.isNaN) {
    if !(abs(a - e) <= absolute + relative * abs(e)) && a != e { return "at \(index): \(a), expected \(e)" }
  }
  return nil
}
