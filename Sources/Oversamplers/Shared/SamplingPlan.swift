import MynahTables

/// How many rows each class gains or keeps.
package struct SamplingPlan: Sendable, Equatable {
  /// Rows by class after balancing, in the order of `TargetClasses.names`.
  package var counts: [Int]

  /// For oversamplers: no class has fewer rows than before.
  ///
  /// - Throws: `ResamplingError` for a ratio with more than two classes, counts below the present ones, unknown classes.
  package static func additions(
    to classes: TargetClasses, _ strategy: SamplingStrategy
  ) throws(ResamplingError) -> SamplingPlan {
    var counts = classes.counts
    let most = counts[classes.majority]
    switch strategy {
    case .auto, .notMajority, .all:
      counts = counts.map { _ in most }
    case .minority: counts[classes.minority] = most
    case .notMinority:
      for index in counts.indices where index != classes.minority { counts[index] = most }
    case .ratio(let ratio):
      try requireTwoClasses(classes, ratio)
      let present = counts[classes.minority]
      // Rounding must not make a ratio that is the present one seem to be below it.
      let missing = Double(most) * ratio - Double(present)
      let wanted = present + max(0, Int(missing))
      guard missing > -1e-9 * Double(most) else {
        throw ResamplingError(
          "a ratio of \(ratio) means \(Int(Double(most) * ratio)) rows of '\(classes.names[classes.minority])', "
            + "which has \(present) already (ratio \(shown(Double(present) / Double(most)))); "
            + "ask for more, or remove rows with random-under",
          hyperparameter: "ratio")
      }
      counts[classes.minority] = wanted
    case .counts(let wanted):
      for (name, count) in wanted.sorted(by: { $0.key < $1.key }) {
        let index = try classIndex(name, classes)
        guard count >= counts[index] else {
          throw ResamplingError(
            "class '\(name)' has \(counts[index]) rows already, more than the \(count) asked for; ask for at least "
              + "\(counts[index]), or remove rows with random-under", hyperparameter: "counts")
        }
        counts[index] = count
      }
    }
    let limit = Int(Int32.max)
    guard counts.allSatisfy({ $0 <= limit }), counts.reduce(0, +) <= limit else {
      throw ResamplingError("more than \(limit) rows are asked for in all; ask for fewer", hyperparameter: "counts")
    }
    return SamplingPlan(counts: counts)
  }

  /// For undersamplers: no class has more rows than before.
  package static func removals(
    from classes: TargetClasses, _ strategy: SamplingStrategy
  ) throws(ResamplingError) -> SamplingPlan {
    var counts = classes.counts
    let least = counts[classes.minority]
    switch strategy {
    case .auto, .notMinority, .all: counts = counts.map { _ in least }
    case .notMajority:
      for index in counts.indices where index != classes.majority { counts[index] = least }
    case .minority: break
    case .ratio(let ratio):
      try requireTwoClasses(classes, ratio)
      let exact = min(Double(least) / ratio * (1 + 1e-12), 1e15)
      let wanted = Int(exact)
      guard wanted <= counts[classes.majority] else {
        throw ResamplingError(
          "a ratio of \(ratio) means \(wanted) rows of '\(classes.names[classes.majority])', which has "
            + "\(counts[classes.majority]); removing rows can only raise the ratio", hyperparameter: "ratio")
      }
      counts[classes.majority] = wanted
    case .counts(let wanted):
      for (name, count) in wanted.sorted(by: { $0.key < $1.key }) {
        let index = try classIndex(name, classes)
        guard count >= 0, count <= counts[index] else {
          throw ResamplingError(
            "class '\(name)' has \(counts[index]) rows, fewer than the \(count) asked for; removing rows gives at most "
              + "\(counts[index])", hyperparameter: "counts")
        }
        counts[index] = count
      }
    }
    return SamplingPlan(counts: counts)
  }

  /// The classes that gain rows, and how many.
  package func additions(to classes: TargetClasses) -> [(classIndex: Int, count: Int)] {
    zip(counts, classes.counts).enumerated().compactMap { index, pair in
      pair.0 > pair.1 ? (index, pair.0 - pair.1) : nil
    }
  }

  private static func requireTwoClasses(_ classes: TargetClasses, _ ratio: Double) throws(ResamplingError) {
    guard ratio > 0, ratio <= 1 else {
      throw ResamplingError(
        "a ratio is the smaller class's rows as a share of the larger one's, above 0 and at most 1, got \(ratio)",
        hyperparameter: "ratio")
    }
    guard classes.names.count == 2 else {
      throw ResamplingError(
        "a ratio is for two classes, and target '\(classes.columnName)' has \(classes.names.count); say --counts instead",
        hyperparameter: "ratio")
    }
  }

  private static func classIndex(_ name: String, _ classes: TargetClasses) throws(ResamplingError) -> Int {
    if let index = classes.names.firstIndex(of: name) { return index }
    let hint = nearest(to: name, among: classes.names).map { "did you mean '\($0)'?" }
    let names = classes.names.prefix(20).joined(separator: ", ")
    throw ResamplingError(
      "target '\(classes.columnName)' has no class '\(name)'; \(hint ?? "the classes are \(names)")",
      hyperparameter: "counts")
  }

  private static func shown(_ ratio: Double) -> String {
    let digits = (ratio * 1e6).rounded() / 1e6
    return "\(digits)"
  }
}
