import CKernels

/// How many threads the process computes with, the caller included. Results never depend on it: work is cut by the
/// shape of the data, not by the number of threads.
public var threadCount: Int {
  get { Int(mynah_thread_count()) }
  set { mynah_set_thread_count(Int32(clamping: newValue)) }
}

/// Calls `body` with 0, 1, … `count - 1` on a persistent pool of threads and returns when all calls are done.
///
/// Calls run at the same time and in no fixed order, so each may write only to memory that no other call touches.
/// Nested calls run on the calling thread.
public func parallelFor(_ count: Int, _ body: (Int) -> Void) {
  guard count > 1 else {
    if count == 1 { body(0) }
    return
  }
  withoutActuallyEscaping(body) { escaping in
    let box = Unmanaged.passRetained(Box(escaping))
    defer { box.release() }
    mynah_parallel(
      count, { context, index in Unmanaged<Box>.fromOpaque(context!).takeUnretainedValue().body(index) }, box.toOpaque()
    )
  }
}

/// Cuts `0..<count` into pieces of at most `size` (fixed by the caller, never by the thread count) and runs them.
public func parallelChunks(of count: Int, size: Int, _ body: (Range<Int>) -> Void) {
  precondition(size > 0, "parallelChunks(of:size:): size must be positive, got \(size)")
  let pieces = (count + size - 1) / size
  parallelFor(pieces) { piece in body(piece * size..<min(count, (piece + 1) * size)) }
}

/// Runs `body` with denormal numbers flushed to zero in the calling thread: moments of an optimiser that decay towards zero
/// would otherwise slow training down several times. Work that is cut in two or more always runs so, on every thread.
public func flushingDenormals<Result>(_ body: () throws -> Result) rethrows -> Result {
  let before = mynah_flush_denormals()
  defer { mynah_restore_denormals(before) }
  return try body()
}

private final class Box {
  let body: (Int) -> Void
  init(_ body: @escaping (Int) -> Void) { self.body = body }
}
