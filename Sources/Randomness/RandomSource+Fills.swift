import CKernels
import MynahParallelism

/// Bulk draws into memory, vectorised and on several threads. A fill starts at a fresh block and a number depends on its
/// place only, so the numbers are those of one thread.
extension RandomSource {
  /// Uniform on the open interval (0, 1), 23 bits.
  public mutating func fillUniform(_ buffer: UnsafeMutableBufferPointer<Float>) {
    fill(buffer, mynah_fill_uniform)
  }

  /// Standard normal.
  public mutating func fillNormal(_ buffer: UnsafeMutableBufferPointer<Float>) {
    fill(buffer, mynah_fill_normal)
  }

  /// Standard Gumbel, −log(−log u).
  public mutating func fillGumbel(_ buffer: UnsafeMutableBufferPointer<Float>) {
    fill(buffer, mynah_fill_gumbel)
  }

  /// `scale` with probability `keep`, else zero: the mask of inverted dropout.
  public mutating func fillMask(_ buffer: UnsafeMutableBufferPointer<Float>, keep: Float, scale: Float) {
    fill(buffer) { mynah_fill_mask($0, $1, keep, scale, $2, $3) }
  }

  /// Numbers that one thread makes at a time: whole blocks of four.
  private static let numbersPerTask = 16_384

  private mutating func fill(
    _ buffer: UnsafeMutableBufferPointer<Float>,
    _ kernel: (UInt64, UInt64, UnsafeMutablePointer<Float>?, Int) -> Void
  ) {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
    let (key, first) = reserve(buffer.count)
    parallelChunks(of: buffer.count, size: Self.numbersPerTask) { part in
      kernel(key, first &+ UInt64(part.lowerBound / 4), base + part.lowerBound, part.count)
    }
  }
}
