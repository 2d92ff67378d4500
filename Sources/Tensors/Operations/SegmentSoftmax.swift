import CKernels
import MynahParallelism

/// Neighbouring columns taken together: segment s is columns bounds[s] ..< bounds[s + 1], and the last bound is the
/// width of a row.
public struct Segments: Sendable, Equatable {
  public let bounds: [Int32]

  public init(widths: [Int]) {
    var at: Int32 = 0
    bounds =
      [0]
      + widths.map { width in
        at += Int32(width); return at
      }
  }

  public var count: Int { bounds.count - 1 }
  public var width: Int { Int(bounds[bounds.count - 1]) }
}

/// y = softmax(x / temperature) in each segment of each row; x̄ = y (ȳ − Σ y ȳ) / temperature.
struct SegmentSoftmax: DifferentiableOperation {
  let segments: Segments
  let temperature: Double

  func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].mappedRows(
      { mynah_segment_softmax_f32($0, nil, Float(1 / temperature), segments.bounds, segments.count, $2, $1) },
      { mynah_segment_softmax_f64($0, nil, 1 / temperature, segments.bounds, segments.count, $2, $1) })
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let inner = (cotangent * output).segmentSum(segments)
    return [output * (cotangent - inner) * (1 / temperature)]
  }
}

/// y = x − ln Σ eˣ in each segment; x̄ = ȳ − softmax(x) Σ ȳ.
struct SegmentLogSoftmax: DifferentiableOperation {
  let segments: Segments

  func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].mappedRows(
      { mynah_segment_log_softmax_f32($0, segments.bounds, segments.count, $2, $1) },
      { mynah_segment_log_softmax_f64($0, segments.bounds, segments.count, $2, $1) })
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent - output.exp() * cotangent.segmentSum(segments)]
  }
}

/// Every place of a segment gets the segment's sum; linear and its own transpose.
struct SegmentSum: DifferentiableOperation {
  let segments: Segments

  func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].mappedRows(
      { mynah_segment_sum_f32($0, segments.bounds, segments.count, $2, $1) },
      { mynah_segment_sum_f64($0, segments.bounds, segments.count, $2, $1) })
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.segmentSum(segments)]
  }
}

extension Tensor {
  /// softmax(x / temperature) over each segment of each row of a matrix.
  public func segmentSoftmax(_ segments: Segments, temperature: Double = 1) -> Tensor {
    check(segments, "segmentSoftmax")
    return SegmentSoftmax(segments: segments, temperature: temperature).applied(to: self)
  }

  /// The logarithm of the softmax over each segment of each row of a matrix.
  public func segmentLogSoftmax(_ segments: Segments) -> Tensor {
    check(segments, "segmentLogSoftmax")
    return SegmentLogSoftmax(segments: segments).applied(to: self)
  }

  /// In every place of a row the sum over the place's segment.
  public func segmentSum(_ segments: Segments) -> Tensor {
    check(segments, "segmentSum")
    return SegmentSum(segments: segments).applied(to: self)
  }

  /// The softmax over the last axis.
  public func softmax() -> Tensor { overLastAxis { $0.segmentSoftmax($1) } }

  /// The logarithm of the softmax over the last axis.
  public func logSoftmax() -> Tensor { overLastAxis { $0.segmentLogSoftmax($1) } }

  private func overLastAxis(_ body: (Tensor, Segments) -> Tensor) -> Tensor {
    precondition(rank > 0, "softmax: a scalar has no last axis")
    let width = shape[rank - 1]
    let matrix = reshaped(to: [width == 0 ? 0 : count / width, width])
    return body(matrix, Segments(widths: [width])).reshaped(to: shape)
  }

  private func check(_ segments: Segments, _ operation: StaticString) {
    precondition(
      rank == 2 && shape[1] == segments.width, "\(operation): segments of width \(segments.width) on shape \(shape)")
    precondition(scalarType.isFloatingPoint, "\(operation): arithmetic on int32 tensors: they hold indices only")
  }

  /// A matrix of the same shape, made by a C kernel that maps runs of whole rows.
  func mappedRows(
    _ single: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void,
    _ double: (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void
  ) -> Tensor {
    let result = Tensor(uninitialized: shape, scalarType)
    let width = shape[1]
    withExtendedLifetime(self) {
      parallelChunks(of: shape[0], size: max(1, elementsPerTask / max(1, width))) { part in
        let at = part.lowerBound * width
        switch scalarType {
        case .float64: double(pointer(as: Double.self) + at, result.mutablePointer(as: Double.self) + at, part.count)
        default: single(pointer(as: Float.self) + at, result.mutablePointer(as: Float.self) + at, part.count)
        }
      }
    }
    return result
  }
}
