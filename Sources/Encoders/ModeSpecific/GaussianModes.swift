import MynahTables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The modes of a column of numbers or times. A value's code is a mode drawn with its posterior probability, its scalar
/// the place α within the mode.
public typealias FittedModeSpecificEncoder = FittedNumberEncoder<GaussianModes>

extension FittedNumberEncoder where Transform == GaussianModes {
  /// Ascending by mean.
  public var modes: [GaussianModes.Mode] { transform.modes }
}

/// Gaussian modes and where a value lies within them: α = (x − μₖ) / (4 σₖ).
public struct GaussianModes: NumberTransform {
  /// A Gaussian mode, in the column's unit.
  public struct Mode: Codable, Sendable, Equatable {
    public let mean: Double
    public let deviation: Double
    public let weight: Double
  }

  public static let head = EncodedSpan.Head.tanh
  /// Ascending by mean.
  public let modes: [Mode]
  /// log(weight / deviation).
  private let logScales: [Double]

  public var codeCount: Int { modes.count }

  init(trusted modes: [Mode]) {
    self.modes = modes
    logScales = modes.map { log($0.weight) - log($0.deviation) }
  }

  private enum CodingKeys: String, CodingKey { case modes }

  /// - Throws: `TableError` when the parts read cannot have come from a fit.
  public init(from decoder: any Decoder) throws {
    let modes = try decoder.container(keyedBy: CodingKeys.self).decode([Mode].self, forKey: .modes)
    for mode in modes {
      guard mode.mean.isFinite, mode.deviation.isFinite, mode.deviation > 0, mode.weight > 0, mode.weight <= 1 else {
        throw TableError("a mode needs a finite mean, a positive deviation and a weight in (0, 1], got \(mode)")
      }
    }
    self.init(trusted: modes)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(modes, forKey: .modes)
  }

  public func encoded(_ value: Double, draw: Float) -> (code: Int, scalar: Float) {
    let mode = modes.count == 1 ? 0 : self.mode(of: value, Double(draw))
    let alpha = 0.25 * ((value - modes[mode].mean) / modes[mode].deviation)
    return (mode, Float(max(-0.99, min(0.99, alpha))))
  }

  public func decoded(code: Int, scalar: Float) -> Double {
    let mode = modes[code]
    return mode.mean + 4 * (mode.deviation * Double(scalar.isNaN ? 0 : max(-1, min(1, scalar))))
  }

  /// A mode with its posterior probability, plus 1e-6 so that the sum is never zero.
  private func mode(of value: Double, _ uniform: Double) -> Int {
    let count = modes.count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { shares in
      var most = -Double.infinity
      for k in 0..<count {
        let standardized = (value - modes[k].mean) / modes[k].deviation
        shares[k] = logScales[k] - 0.5 * standardized * standardized
        most = max(most, shares[k])
      }
      var total = 0.0
      for k in 0..<count {
        let relative = shares[k] - most
        // Below e^-30 the share is far less than what is added to each anyway.
        shares[k] = relative > -30 ? exp(relative) : 0
        total += shares[k]
      }
      let smoothing = 1e-6 * total
      let target = uniform * total * (1 + 1e-6 * Double(count))
      var sum = 0.0
      for k in 0..<count - 1 {
        sum += shares[k] + smoothing
        if target < sum { return k }
      }
      return count - 1
    }
  }
}
