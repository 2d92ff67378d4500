/// Rules that hyperparameters keep. Errors name the property, and say its name as files write it.
enum Require {
  static func holds(_ condition: Bool, _ name: String, _ rule: String) throws(SynthesisError) {
    if !condition { throw SynthesisError(rule, hyperparameter: name) }
  }

  static func positive(_ value: Int, _ name: String) throws(SynthesisError) {
    try holds(value > 0, name, "\(shown(name)) must be a positive whole number, got \(value)")
    try holds(value <= 1 << 24, name, "\(shown(name)) must not be above \(1 << 24), got \(value)")
  }

  /// Layer widths.
  static func positive(_ values: [Int], _ name: String) throws(SynthesisError) {
    for value in values { try positive(value, name) }
  }

  static func positive(_ value: Double, _ name: String) throws(SynthesisError) {
    try holds(value > 0 && value.isFinite, name, "\(shown(name)) must be above 0, got \(value)")
  }

  static func notNegative(_ value: Double, _ name: String) throws(SynthesisError) {
    try holds(value >= 0 && value.isFinite, name, "\(shown(name)) must not be below 0, got \(value)")
  }

  /// A share below 1, such as dropout or a decay.
  static func fraction(_ value: Double, _ name: String) throws(SynthesisError) {
    try holds((0..<1).contains(value), name, "\(shown(name)) must be in 0 ..< 1, got \(value)")
  }

  /// What a discriminator should say of real rows, a probability above 0.
  static func target(_ value: Double, _ name: String) throws(SynthesisError) {
    try holds(value > 0 && value <= 1, name, "\(shown(name)) must be above 0 and at most 1, got \(value)")
  }

  /// `batchSize` as files write it: `batch_size`.
  private static func shown(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}
