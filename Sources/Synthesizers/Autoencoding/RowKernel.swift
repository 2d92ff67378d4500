import MynahParallelism
import MynahTensors

/// Runs of rows that C kernels take on, one thread a run: as long as their widths say, whatever the number of threads.
struct RowKernel {
  let rows: Int
  let size: Int

  /// - Parameter width: numbers in a row.
  init(rows: Int, width: Int) {
    self.rows = rows
    size = max(1, 8_192 / max(1, width))
  }

  var runs: Int { (rows + size - 1) / size }

  /// Calls `body` with each run's number and rows.
  func forEachRun(_ body: (_ run: Int, _ rows: Range<Int>) -> Void) {
    parallelFor(runs) { run in body(run, run * size..<min(rows, (run + 1) * size)) }
  }

  /// A tensor whose rows `kernel` computes from the same rows of other tensors.
  ///
  /// - Parameters:
  ///   - shape: of the result; its first axis is the rows.
  ///   - inputs: of the scalar type; each has as many rows.
  ///   - kernel: takes where the run begins in each input and in the result, and how many rows it has.
  func map<Scalar: TensorScalar>(
    _ inputs: [Tensor], to shape: [Int], as type: Scalar.Type,
    _ kernel: ([UnsafePointer<Scalar>], UnsafeMutablePointer<Scalar>, Int) -> Void
  ) -> Tensor {
    Tensor(shape: shape, of: type) { output in
      guard let base = output.baseAddress, rows > 0 else { return }
      let width = output.count / rows
      Self.withPointers(inputs, type) { pointers in
        forEachRun { _, run in
          let starts = zip(pointers, inputs).map { $0 + run.lowerBound * ($1.count / rows) }
          kernel(starts, base + run.lowerBound * width, run.count)
        }
      }
    }
  }

  /// Calls `body` with where each tensor's elements begin. No tensor is empty.
  private static func withPointers<Scalar: TensorScalar>(
    _ tensors: [Tensor], _ type: Scalar.Type, _ body: ([UnsafePointer<Scalar>]) -> Void
  ) {
    func open(_ index: Int, _ pointers: [UnsafePointer<Scalar>]) {
      guard index < tensors.count else { return body(pointers) }
      tensors[index].withUnsafeElements(as: type) { elements in
        if let base = elements.baseAddress { open(index + 1, pointers + [base]) }
      }
    }
    open(0, [])
  }
}
