import CKernels
import MynahTensors

/// z = μ + e^(½ log σ²) ε: a draw from the latent normal distribution, through which gradients flow (Kingma and Welling
/// 2014).
///
/// Inputs: the statistics, rows × 2 L, a row's μ before its log σ²; and ε, rows × L.
struct LatentDraw: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor {
    let shape = inputs[1].shape
    let kernel = RowKernel(rows: shape[0], width: shape[1])
    return switch inputs[0].scalarType {
    case .float64:
      kernel.map(inputs, to: shape, as: Double.self) { mynah_latent_f64($0[0], $0[1], $2, shape[1], $1) }
    default:
      kernel.map(inputs, to: shape, as: Float.self) { mynah_latent_f32($0[0], $0[1], $2, shape[1], $1) }
    }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let (statistics, noise) = (inputs[0], inputs[1])
    let width = noise.shape[1]
    let slope = needed[1] || isRecording ? deviation(statistics, width) * cotangent : nil
    if isRecording, let slope { return [concatenate([cotangent, slope * noise * 0.5], alongAxis: 1), slope] }
    let kernel = RowKernel(rows: noise.shape[0], width: width)
    let all = [statistics, noise, cotangent]
    let fused =
      switch statistics.scalarType {
      case .float64:
        kernel.map(all, to: statistics.shape, as: Double.self) {
          mynah_latent_backward_f64($0[0], $0[1], $0[2], $2, width, $1)
        }
      default:
        kernel.map(all, to: statistics.shape, as: Float.self) {
          mynah_latent_backward_f32($0[0], $0[1], $0[2], $2, width, $1)
        }
      }
    return [fused, slope]
  }

  private func deviation(_ statistics: Tensor, _ width: Int) -> Tensor {
    (statistics.sliced(width..<2 * width, alongAxis: 1) * 0.5).exp()
  }
}
