import CKernels
import MynahParallelism
import MynahTensors

/// Adam (Kingma and Ba 2015), with the L2 form of weight decay (as `torch.optim.Adam`: added to the gradient) or the
/// decoupled one (AdamW, Loshchilov and Hutter 2019: θ ← θ − η λ θ).
///
/// m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  θ ← θ − η m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).
/// One fused pass in place, for float32 parameters.
public struct Adam: Optimizer {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double
  /// Whether weight decay is decoupled from the gradient (AdamW).
  public var isDecoupled: Bool
  private var step = 0
  private var first: [String: Tensor] = [:]
  private var second: [String: Tensor] = [:]

  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0, isDecoupled: Bool = false
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
  }

  /// AdamW with PyTorch's defaults.
  public static func decoupled(learningRate: Double = 1e-3, weightDecay: Double = 0.01) -> Adam {
    Adam(learningRate: learningRate, weightDecay: weightDecay, isDecoupled: true)
  }

  /// "step", and "m.PATH" and "v.PATH" for each parameter.
  public var state: [String: Tensor] {
    get {
      var result = ["step": Tensor(Double(step), scalarType: .float64)]
      for (path, tensor) in first { result["m." + path] = tensor }
      for (path, tensor) in second { result["v." + path] = tensor }
      return result
    }
    set {
      step = newValue["step"].flatMap { $0.count == 1 ? Int(exactly: $0.item) : nil } ?? 0
      first = [:]
      second = [:]
      for (key, tensor) in newValue {
        if key.hasPrefix("m.") { first[String(key.dropFirst(2))] = tensor }
        if key.hasPrefix("v.") { second[String(key.dropFirst(2))] = tensor }
      }
    }
  }

  public mutating func update(_ parameters: ParameterTree, along gradients: [Tensor]) {
    let parameters = parameters.trainable
    check(parameters, gradients, "Adam")
    step += 1
    let correction1 = 1 - power(beta1, step)
    let correction2 = 1 - power(beta2, step)
    let constants = mynah_adam(
      beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon), step_size: Float(learningRate / correction1),
      root_correction: Float(1 / correction2.squareRoot()), l2: isDecoupled ? 0 : Float(weightDecay),
      decay: isDecoupled ? Float(1 - learningRate * weightDecay) : 1, gradient_scale: 1)
    for ((path, parameter), gradient) in zip(parameters, gradients) {
      // Taken out of the dictionaries, so that nobody shares them and they are updated in place.
      var m = first.removeValue(forKey: path) ?? .zeros(gradient.shape)
      var v = second.removeValue(forKey: path) ?? .zeros(gradient.shape)
      precondition(
        m.shape == gradient.shape && v.shape == gradient.shape,
        "Adam: state of shapes \(m.shape) and \(v.shape) for parameter '\(path)' of shape \(gradient.shape)")
      gradient.withUnsafeElements(as: Float.self) { g in
        parameter.value.withUniqueElements(as: Float.self) { p in
          m.withUniqueElements(as: Float.self) { m in
            v.withUniqueElements(as: Float.self) { v in
              parallelChunks(of: g.count, size: 32_768) { part in
                let at = part.lowerBound
                mynah_adam_step_f32(
                  constants, g.baseAddress! + at, p.baseAddress! + at, m.baseAddress! + at, v.baseAddress! + at,
                  part.count)
              }
            }
          }
        }
      }
      first[path] = m
      second[path] = v
    }
  }
}

/// x to a whole power, by squaring.
func power(_ x: Double, _ exponent: Int) -> Double {
  var (result, base, n) = (1.0, x, exponent)
  while n > 0 {
    if n & 1 == 1 { result *= base }
    base *= base
    n >>= 1
  }
  return result
}
