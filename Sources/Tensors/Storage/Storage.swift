import CKernels

/// The bytes of a tensor: 64-byte aligned, pooled, written once by the kernel that makes them, only read afterwards.
final class Storage: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int

  /// Contents are undefined; debug builds fill them with NaN, so that a kernel that forgets a place is found.
  init(byteCount: Int) {
    guard let memory = mynah_allocate(max(byteCount, 1)) else {
      fatalError("out of memory: no room for a tensor of \(byteCount) bytes")
    }
    pointer = memory
    self.byteCount = byteCount
    #if DEBUG
      memory.initializeMemory(as: UInt8.self, repeating: 0xFF, count: byteCount)
    #endif
  }

  deinit { mynah_deallocate(pointer, max(byteCount, 1)) }
}
