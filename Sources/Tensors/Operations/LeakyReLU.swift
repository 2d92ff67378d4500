import CKernels
import MynahParallelism

/// y = x where x > 0, slope · x elsewhere; x̄ = ȳ · (1 or slope). The second derivative is zero, and yet a gradient's own
/// gradient flows through the mask: a gradient penalty needs that.
struct LeakyReLU: DifferentiableOperation {
  let slope: Double

  func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].mapped({ mynah_leaky_relu_f32($0, Float(slope), $1, $2) }, { mynah_leaky_relu_f64($0, slope, $1, $2) })
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [LeakyReLUMask(slope: slope).applied(to: inputs[0].detached, cotangent)]
  }
}

/// y = g · (1 where x > 0, slope elsewhere), linear in g; constant in x almost everywhere.
struct LeakyReLUMask: DifferentiableOperation {
  let slope: Double

  func forward(_ inputs: [Tensor]) -> Tensor {
    let (x, g) = (inputs[0], inputs[1])
    let result = Tensor(uninitialized: x.shape, x.scalarType)
    parallelChunks(of: result.count, size: elementsPerTask) { part in
      let at = part.lowerBound
      switch x.scalarType {
      case .float64:
        mynah_leaky_relu_backward_f64(
          x.pointer(as: Double.self) + at, g.pointer(as: Double.self) + at, slope,
          result.mutablePointer(as: Double.self) + at, part.count)
      default:
        mynah_leaky_relu_backward_f32(
          x.pointer(as: Float.self) + at, g.pointer(as: Float.self) + at, Float(slope),
          result.mutablePointer(as: Float.self) + at, part.count)
      }
    }
    return withExtendedLifetime(inputs) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [nil, LeakyReLUMask(slope: slope).applied(to: inputs[0], cotangent)]
  }
}

extension Tensor {
  /// x where x > 0, `slope` · x elsewhere. The gradient at 0 is `slope`, as in PyTorch.
  public func leakyReLU(slope: Double = 0.01) -> Tensor { LeakyReLU(slope: slope).applied(to: self) }

  /// max(x, 0), with gradient 0 at 0.
  public func relu() -> Tensor { leakyReLU(slope: 0) }
}
