import CKernels
import COpenBLAS
import MynahParallelism

/// The one place that multiplies matrices. Another provider is a change in this file.
///
/// float32 goes to a kernel of our own where there is AVX-512 (`CKernels/matmul.c`), else to OpenBLAS, as does float64.
/// OpenBLAS runs on one thread, as its manual asks of threaded programs. Products are cut here into tiles that depend on
/// the shapes only, never on the number of threads, and the shared axis is never cut between threads: so the bits are
/// the same with any number of threads.
enum MatrixProduct {
  /// C (+)= op(A) op(B), all row-major; op transposes where asked. C is m × n, the shared axis has k.
  struct Problem {
    var m: Int
    var n: Int
    var k: Int
    var transposingFirst = false
    var transposingSecond = false
    /// Adds to what C holds instead of overwriting it.
    var accumulating = false

    fileprivate var leadingFirst: Int { transposingFirst ? m : k }
    fileprivate var leadingSecond: Int { transposingSecond ? k : n }
  }

  static func multiply(
    _ p: Problem, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>
  ) {
    if mynah_has_matmul() != 0 { return multiplyByKernel(p, a, b, into: c) }
    run(p, a, b, c) { p, a, b, c, ldc in
      cblas_sgemm(
        Int32(MynahRowMajor), code(p.transposingFirst), code(p.transposingSecond), Int32(p.m), Int32(p.n), Int32(p.k),
        1, a.base, Int32(a.leading), b.base, Int32(b.leading), p.accumulating ? 1 : 0, c, Int32(ldc))
    }
  }

  /// Tiles of at most 256 × 128: a tile's rows of A stay in the second-level cache while panels of B pass by.
  private static func multiplyByKernel(
    _ p: Problem, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>
  ) {
    let isSmall = p.m * p.n * p.k < 1 << 18
    let rowTiles = isSmall ? 1 : max(1, (p.m + 255) / 256)
    let columnTiles = isSmall ? 1 : max(1, (p.n + 127) / 128)
    let rowA = p.transposingFirst ? 1 : p.k
    let columnA = p.transposingFirst ? p.m : 1
    let rowB = p.transposingSecond ? 1 : p.n
    let columnB = p.transposingSecond ? p.k : 1
    parallelFor(rowTiles * columnTiles) { tile in
      let (r, j) = (tile % rowTiles, tile / rowTiles * 128)
      let i = p.m * r / rowTiles
      let rows = p.m * (r + 1) / rowTiles - i
      mynah_matmul_f32(
        rows, isSmall ? p.n : min(128, p.n - j), p.k, a + i * rowA, rowA, columnA, b + j * columnB, rowB, columnB,
        c + i * p.n + j, p.n, p.accumulating ? 1 : 0)
    }
  }

  static func multiply(
    _ p: Problem, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into c: UnsafeMutablePointer<Double>
  ) {
    run(p, a, b, c) { p, a, b, c, ldc in
      cblas_dgemm(
        Int32(MynahRowMajor), code(p.transposingFirst), code(p.transposingSecond), Int32(p.m), Int32(p.n),
        Int32(p.k), 1, a.base, Int32(a.leading), b.base, Int32(b.leading), p.accumulating ? 1 : 0, c, Int32(ldc))
    }
  }

  private struct Operand<Scalar> {
    var base: UnsafePointer<Scalar>
    var leading: Int
  }

  private static func run<Scalar: Numeric>(
    _ p: Problem, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ c: UnsafeMutablePointer<Scalar>,
    _ kernel: (Problem, Operand<Scalar>, Operand<Scalar>, UnsafeMutablePointer<Scalar>, Int) -> Void
  ) {
    guard p.m > 0, p.n > 0 else { return }
    guard p.k > 0 else {
      if !p.accumulating { c.update(repeating: 0, count: p.m * p.n) }
      return
    }
    _ = provider
    let cutsRows = p.m >= p.n
    parallelChunks(of: cutsRows ? p.m : p.n, size: tile(p, along: cutsRows ? p.m : p.n)) { part in
      var piece = p
      var (first, second, out) = (a, b, c)
      if cutsRows {
        piece.m = part.count
        first += p.transposingFirst ? part.lowerBound : part.lowerBound * p.k
        out += part.lowerBound * p.n
      } else {
        piece.n = part.count
        second += p.transposingSecond ? part.lowerBound * p.k : part.lowerBound
        out += part.lowerBound
      }
      kernel(
        piece, Operand(base: first, leading: p.leadingFirst), Operand(base: second, leading: p.leadingSecond), out, p.n)
    }
  }

  /// Two tiles from a million multiplications on, more for large products: each tile packs the other operand anew, so
  /// small tiles cost. Tiles are whole multiples of 16, and none has a single row, which OpenBLAS would do in another
  /// order.
  private static func tile(_ p: Problem, along length: Int) -> Int {
    let work = p.m * p.n * p.k
    let pieces = work < 1 << 20 ? 1 : work < 1 << 28 ? 2 : 8
    var size = ((length + pieces - 1) / pieces + 15) / 16 * 16
    while size < length && length % size == 1 { size += 16 }
    return size
  }

  private static func code(_ transposes: Bool) -> Int32 {
    Int32(transposes ? MynahTranspose : MynahNoTranspose)
  }

  /// Done once, before the first product.
  private static let provider: Void = openblas_set_num_threads(1)
}

/// Makes OpenBLAS run on the calling thread only and ends the threads it has started with the process, which would spin
/// for a while and take time from ours. For programs that leave all matrix products to this module; call it first.
public func claimMatrixProducts() {
  openblas_set_num_threads(1)
  mynah_end_openblas_threads()
}
