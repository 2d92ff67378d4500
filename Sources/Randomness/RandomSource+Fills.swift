import CKernels

/// Bulk draws into memory, vectorised. A fill starts at a fresh block, so the numbers depend only on the source's
/// position and the count.
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
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
    let (key, first) = reserve(buffer.count)
    mynah_fill_mask(key, first, keep, scale, base, buffer.count)
  }

  private mutating func fill(
    _ buffer: UnsafeMutableBufferPointer<Float>,
    _ kernel: (UInt64, UInt64, UnsafeMutablePointer<Float>?, Int) -> Void
  ) {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
    let (key, first) = reserve(buffer.count)
    kernel(key, first, base, buffer.count)
  }
}
