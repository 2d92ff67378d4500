import CKernels
import MynahEncoders
import MynahParallelism
import MynahRandomness
import MynahTensors

/// The activations that end a generator: tanh for scalars, Gumbel-softmax for levels and modes (Jang, Gu and Poole
/// 2017), all in one pass over the row.
public struct OutputHeads: Sendable {
  public let segments: Segments
  /// 1 for tanh, 0 for softmax, by segment.
  let heads: [UInt8]
  /// 1 in the columns of tanh segments, 0 in the others.
  let tanhColumns: [Double]
  public let temperature: Double

  public init(_ layout: EncodedLayout, temperature: Double) {
    let spans = layout.placements.map(\.span)
    segments = Segments(widths: spans.map(\.width))
    heads = spans.map { $0.head == .softmax ? 0 : 1 }
    tanhColumns = spans.flatMap { Array(repeating: $0.head == .softmax ? 0.0 : 1.0, count: $0.width) }
    self.temperature = temperature
  }

  /// 1 in the columns of softmax segments, 0 in those of scalars.
  var levelColumns: Tensor { 1 - Tensor(tanhColumns) }

  /// tanh(x) and softmax((x + noise) / temperature).
  ///
  /// - Parameters:
  ///   - logits: rows × width.
  ///   - noise: Gumbel numbers of the same shape; those of tanh columns are not used.
  public func activated(_ logits: Tensor, noise: Tensor) -> Tensor {
    ActivateSpans(heads: self).applied(to: logits, noise.detached)
  }

  /// The same with fresh noise.
  public func activated(_ logits: Tensor, using random: inout RandomSource) -> Tensor {
    activated(logits, noise: .gumbel(logits.shape, using: &random))
  }

  /// Draws rows: for each segment the bits of tanh(x), or a level's code, drawn from the softmax with Gumbel noise.
  ///
  /// - Parameter drawn: room for `segments.count` numbers per row, as `RowCollector` takes them.
  func draw(_ logits: Tensor, into drawn: UnsafeMutablePointer<UInt32>, using random: inout RandomSource) {
    draw(logits, noise: .gumbel(logits.shape, using: &random), into: drawn)
  }

  /// The same with given noise; with zeros, the most probable levels.
  func draw(_ logits: Tensor, noise: Tensor, into drawn: UnsafeMutablePointer<UInt32>) {
    precondition(logits.shape.last == segments.width, "OutputHeads: shape \(logits.shape)")
    logits.withUnsafeElements(as: Float.self) { x in
      noise.withUnsafeElements(as: Float.self) { noise in
        guard let x = x.baseAddress, let noise = noise.baseAddress else { return }
        mynah_draw_spans_f32(x, noise, segments.bounds, heads, segments.count, logits.shape[0], drawn)
      }
    }
  }

  /// A matrix like `a`, made from runs of rows of `a` and `b`.
  func rowsMapped(
    _ a: Tensor, _ b: Tensor,
    _ kernel: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  ) -> Tensor {
    precondition(a.shape == b.shape && a.shape.last == segments.width, "OutputHeads: shapes \(a.shape) and \(b.shape)")
    return Tensor(shape: a.shape, of: Float.self) { out in
      a.withUnsafeElements(as: Float.self) { a in
        b.withUnsafeElements(as: Float.self) { b in
          guard let first = a.baseAddress, let second = b.baseAddress, let result = out.baseAddress else { return }
          let width = segments.width
          parallelChunks(of: a.count / max(width, 1), size: max(1, 16_384 / max(width, 1))) { part in
            let at = part.lowerBound * width
            kernel(first + at, second + at, result + at, part.count)
          }
        }
      }
    }
  }
}

/// y = tanh(x) or softmax((x + noise) / τ) by span; x̄ = ȳ (1 − y²) or y (ȳ − Σ y ȳ) / τ.
struct ActivateSpans: DifferentiableOperation {
  let heads: OutputHeads

  func forward(_ inputs: [Tensor]) -> Tensor {
    heads.rowsMapped(inputs[0], inputs[1]) {
      mynah_activate_spans_f32(
        $0, $1, Float(1 / heads.temperature), heads.segments.bounds, heads.heads, heads.segments.count, $3, $2)
    }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    guard isRecording else {
      let fused = heads.rowsMapped(output, cotangent) {
        mynah_activate_spans_backward_f32(
          $0, $1, Float(1 / heads.temperature), heads.segments.bounds, heads.heads, heads.segments.count, $3, $2)
      }
      return [fused, nil]
    }
    let isTanh = Tensor(heads.tanhColumns)
    let scalars = cotangent * (1 - output.squared())
    let levels = output * (cotangent - (output * cotangent).segmentSum(heads.segments)) * (1 / heads.temperature)
    return [isTanh * scalars + (1 - isTanh) * levels, nil]
  }
}
