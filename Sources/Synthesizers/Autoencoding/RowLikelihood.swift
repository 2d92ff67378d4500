import CKernels
import MynahTensors

/// For each row the negative log-likelihood under a decoder's output, without the constants of the normal densities:
/// Σ over scalars of (x − μ)² / 2σ² + log σ, plus the cross entropy of each span of levels.
///
/// μ is the output or its tanh. A row is given by its scalars and codes: no dense target is made.
///
/// Inputs: the output, rows × width; and σ, one number for each scalar.
struct RowLikelihood: DifferentiableOperation {
  let spans: RowSpans
  /// rows × scalars.
  let scalars: Tensor
  /// rows × spans of levels: the columns that are 1 in the one-hot form.
  let codes: Tensor

  func forward(_ inputs: [Tensor]) -> Tensor {
    switch inputs[0].scalarType {
    case .float64: losses(inputs[0], inputs[1], as: Double.self, mynah_row_likelihood_f64)
    default: losses(inputs[0], inputs[1], as: Float.self, mynah_row_likelihood_f32)
    }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    if isRecording { return recordedPullback(cotangent, inputs[0], inputs[1]) }
    switch inputs[0].scalarType {
    case .float64: return slopes(inputs[0], inputs[1], cotangent, as: Double.self, mynah_row_likelihood_backward_f64)
    default: return slopes(inputs[0], inputs[1], cotangent, as: Float.self, mynah_row_likelihood_backward_f32)
    }
  }

  private typealias Forward<Scalar> = (
    mynah_row_spans, UnsafePointer<Scalar>?, UnsafePointer<Scalar>?, UnsafePointer<Scalar>?, UnsafePointer<Int32>?, Int,
    UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Scalar>?
  ) -> Void
  private typealias Backward<Scalar> = (
    mynah_row_spans, UnsafePointer<Scalar>?, UnsafePointer<Scalar>?, UnsafePointer<Scalar>?, UnsafePointer<Int32>?,
    UnsafePointer<Scalar>?, Int, UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Scalar>?
  ) -> Void

  private func losses<Scalar: TensorScalar>(
    _ logits: Tensor, _ deviations: Tensor, as type: Scalar.Type, _ kernel: Forward<Scalar>
  ) -> Tensor {
    let (rows, width) = (logits.shape[0], spans.width)
    return Tensor(shape: [rows], of: type) { losses in
      withRows(logits, deviations, type) { pointers, deviations in
        RowKernel(rows: rows, width: width).forEachRun { _, run in
          let at = pointers.advanced(by: run.lowerBound, spans)
          withUnsafeTemporaryAllocation(of: type, capacity: width) { scratch in
            spans.withSpans {
              kernel(
                $0, at.logits, deviations, at.scalars, at.codes, run.count, scratch.baseAddress,
                losses.baseAddress.map { $0 + run.lowerBound })
            }
          }
        }
      }
    }
  }

  /// The gradients of both inputs. Each run of rows has sums of its own, added in order.
  private func slopes<Scalar: TensorScalar>(
    _ logits: Tensor, _ deviations: Tensor, _ cotangent: Tensor, as type: Scalar.Type, _ kernel: Backward<Scalar>
  ) -> [Tensor?] {
    let (rows, width, count) = (logits.shape[0], spans.width, spans.scalarOffsets.count)
    let kernels = RowKernel(rows: rows, width: width)
    var dlogits: Tensor?
    let sums = Tensor(shape: [kernels.runs, count], of: type) { sums in
      dlogits = Tensor(shape: logits.shape, of: type) { output in
        withRows(logits, deviations, type) { pointers, deviations in
          cotangent.withUnsafeElements(as: type) { cotangent in
            kernels.forEachRun { index, run in
              let at = pointers.advanced(by: run.lowerBound, spans)
              spans.withSpans {
                kernel(
                  $0, at.logits, deviations, at.scalars, at.codes, cotangent.baseAddress.map { $0 + run.lowerBound },
                  run.count, output.baseAddress.map { $0 + run.lowerBound * width },
                  sums.baseAddress.map { $0 + index * count })
              }
            }
          }
        }
      }
    }
    return [dlogits, sums.sum(over: 0)]
  }

  /// Where rows begin in everything that has rows.
  private struct Rows<Scalar> {
    var logits: UnsafePointer<Scalar>?
    var scalars: UnsafePointer<Scalar>?
    var codes: UnsafePointer<Int32>?

    func advanced(by rows: Int, _ spans: RowSpans) -> Rows {
      Rows(
        logits: logits.map { $0 + rows * spans.width }, scalars: scalars.map { $0 + rows * spans.scalarOffsets.count },
        codes: codes.map { $0 + rows * spans.levelOffsets.count })
    }
  }

  private func withRows<Scalar: TensorScalar>(
    _ logits: Tensor, _ deviations: Tensor, _ type: Scalar.Type, _ body: (Rows<Scalar>, UnsafePointer<Scalar>?) -> Void
  ) {
    logits.withUnsafeElements(as: type) { logits in
      deviations.withUnsafeElements(as: type) { deviations in
        scalars.cast(to: Scalar.scalarType).withUnsafeElements(as: type) { scalars in
          codes.withUnsafeElements(as: Int32.self) { codes in
            body(
              Rows(logits: logits.baseAddress, scalars: scalars.baseAddress, codes: codes.baseAddress),
              deviations.baseAddress)
          }
        }
      }
    }
  }
}
