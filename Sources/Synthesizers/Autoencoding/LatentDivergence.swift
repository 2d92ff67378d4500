import CKernels
import MynahTensors

/// For each row the Kullback-Leibler divergence of the latent normal distribution from the standard one,
/// ½ Σ (μ² + σ² − log σ² − 1). The gradient of μ is ḡ μ, that of log σ² is ½ ḡ (σ² − 1).
///
/// Input: the statistics, rows × 2 L, a row's μ before its log σ².
struct LatentDivergence: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor {
    let (rows, width) = (inputs[0].shape[0], inputs[0].shape[1] / 2)
    let kernel = RowKernel(rows: rows, width: width)
    return switch inputs[0].scalarType {
    case .float64:
      kernel.map(inputs, to: [rows], as: Double.self) { mynah_divergence_f64($0[0], $2, width, $1) }
    default:
      kernel.map(inputs, to: [rows], as: Float.self) { mynah_divergence_f32($0[0], $2, width, $1) }
    }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let statistics = inputs[0]
    let (rows, width) = (statistics.shape[0], statistics.shape[1] / 2)
    if isRecording {
      let mean = statistics.sliced(0..<width, alongAxis: 1)
      let variance = statistics.sliced(width..<2 * width, alongAxis: 1).exp()
      return [cotangent.reshaped(to: [rows, 1]) * concatenate([mean, (variance - 1) * 0.5], alongAxis: 1)]
    }
    let kernel = RowKernel(rows: rows, width: width)
    let both = [statistics, cotangent]
    switch statistics.scalarType {
    case .float64:
      return [
        kernel.map(both, to: statistics.shape, as: Double.self) {
          mynah_divergence_backward_f64($0[0], $0[1], $2, width, $1)
        }
      ]
    default:
      return [
        kernel.map(both, to: statistics.shape, as: Float.self) {
          mynah_divergence_backward_f32($0[0], $0[1], $2, width, $1)
        }
      ]
    }
  }
}
