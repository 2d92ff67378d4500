import Foundation

/// The worst that a figure may be.
struct Threshold: Codable {
  var atLeast: Double?
  var atMost: Double?

  func isMet(by ratio: Double) -> Bool {
    ratio.isFinite && ratio >= atLeast ?? -.infinity && ratio <= atMost ?? .infinity
  }

  var description: String {
    [atLeast.map { "at least \($0)" }, atMost.map { "at most \($0)" }].compactMap(\.self).joined(separator: ", ")
  }
}

struct Thresholds {
  let byName: [String: Threshold]

  init(contentsOf path: String) throws {
    byName = try JSONDecoder().decode([String: Threshold].self, from: Data(contentsOf: URL(filePath: path)))
  }

  /// What is wrong with the figures: worse than their threshold, without one, or a threshold of one of the expected suites
  /// without a figure.
  func complaints(about figures: [Figure], expecting suites: [String]) -> [String] {
    let complaints = figures.compactMap { figure -> String? in
      guard let threshold = byName[figure.name] else { return "\(figure.name): has no threshold" }
      if threshold.isMet(by: figure.ratio) { return nil }
      return "\(figure.name): \(formatted(ratio: figure.ratio)), must be \(threshold.description)"
    }
    let measured = Set(figures.map(\.name))
    let absent = byName.keys.filter { name in
      !measured.contains(name) && suites.contains { name.hasPrefix($0 + ".") }
    }
    return complaints + absent.sorted().map { "\($0): was not measured" }
  }
}
