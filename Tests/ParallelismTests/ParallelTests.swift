import CKernels
import Foundation
import MynahParallelism
import Testing

/// Serialised: the thread count belongs to the process.
@Suite(.serialized) struct ParallelTests {
  @Test(arguments: [0, 1, 2, 3, 7, 64, 10_000, 300_000]) func everyIndexOnce(_ count: Int) {
    for threads in [1, 2, 4] {
      withThreads(threads) { #expect(visits(of: count).allSatisfy { $0 == 1 }) }
    }
  }

  @Test(arguments: [(0, 5), (1, 5), (5, 5), (6, 5), (1001, 10), (10, 1001)]) func chunksCoverEveryIndexOnce(
    _ count: Int, _ size: Int
  ) {
    var seen = [Int32](repeating: 0, count: count)
    seen.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let buffer = buffer
      parallelChunks(of: count, size: size) { part in
        #expect(!part.isEmpty && part.count <= size && part.lowerBound % size == 0)
        for i in part { buffer[i] += 1 }
      }
    }
    #expect(seen.allSatisfy { $0 == 1 })
  }

  @Test func nestedCallsRunEveryIndexOnce() {
    withThreads(4) {
      var seen = [Int32](repeating: 0, count: 50 * 40)
      seen.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        parallelFor(50) { i in parallelFor(40) { j in buffer[i * 40 + j] += 1 } }
      }
      #expect(seen.allSatisfy { $0 == 1 })
    }
  }

  /// Many jobs of a few indices one after another: what a late worker could get wrong.
  @Test func tinyJobsInARow() {
    withThreads(4) {
      var counts = [Int32](repeating: 0, count: 8)
      var wrong = 0
      counts.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        for job in 1...100_000 {
          let width = 2 + job % 7
          parallelFor(width) { buffer[$0] += 1 }
          for i in 0..<8 {
            if buffer[i] != (i < width ? 1 : 0) { wrong += 1 }
            buffer[i] = 0
          }
        }
      }
      #expect(wrong == 0)
    }
  }

  /// Several threads call at once, while another changes the thread count.
  @Test func concurrentCallers() async {
    let stop = Flag()
    let before = threadCount
    let changer = Thread {
      var i = 0
      while !stop.isSet {
        threadCount = 1 + i % 4
        i += 1
      }
      stop.acknowledge()
    }
    changer.start()
    let wrong = await withTaskGroup(of: Int.self) { group in
      for caller in 0..<4 {
        group.addTask {
          (0..<2_000).count { job in !visits(of: 2 + (job + caller) % 40).allSatisfy { $0 == 1 } }
        }
      }
      return await group.reduce(0, +)
    }
    stop.set()
    stop.waitForAcknowledgement()
    threadCount = before
    #expect(wrong == 0)
  }

  @Test func threadCountIsClamped() {
    withThreads(0) { #expect(threadCount == 1) }
    withThreads(-5) { #expect(threadCount == 1) }
    withThreads(3) { #expect(threadCount == 3) }
    withThreads(1 << 40) { #expect(threadCount == 256) }
  }

  /// A job that starts must not overwrite a count that was set by somebody else meanwhile.
  @Test func aJobKeepsTheThreadCount() {
    withThreads(2) {
      parallelFor(2) { i in if i == 0 { threadCount = 3 } }
      parallelFor(2) { _ in }
      #expect(threadCount == 3)
    }
  }

  /// Whoever computes an index, denormals are zero; and the caller's own setting comes back.
  @Test(arguments: [1, 2, 4]) func denormalsAreFlushedInEveryBody(_ threads: Int) {
    let thread = Thread.current
    _ = thread
    withThreads(threads) {
      let before = product(1e-30, 1e-10)
      var products = [Float](repeating: 1, count: 2_000)
      products.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        parallelFor(2_000) { buffer[$0] = product(1e-30, 1e-10) }
      }
      #expect(products.allSatisfy { $0 == 0 })
      #expect(product(1e-30, 1e-10) == before)
    }
  }

  @Test func denormalsAreFlushedInsideTheCallOnly() {
    #expect(product(1e-30, 1e-10) > 0)
    #expect(flushingDenormals { product(1e-30, 1e-10) } == 0)
    #expect(product(1e-30, 1e-10) > 0)
  }
}

/// How often each index of a job was visited; two spare places at the end catch visits past it.
private func visits(of count: Int) -> [Int32] {
  var seen = [Int32](repeating: 0, count: count + 2)
  seen[count] = 1
  seen[count + 1] = 1
  seen.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let buffer = buffer
    parallelFor(count) { buffer[$0] += 1 }
  }
  return seen
}

private func withThreads(_ count: Int, _ body: () -> Void) {
  let before = threadCount
  threadCount = count
  body()
  threadCount = before
}

/// Not inlined, or the product would be computed at compile time.
@inline(never) private func product(_ a: Float, _ b: Float) -> Float { a * b }

private final class Flag: @unchecked Sendable {
  private let lock = NSLock()
  private let acknowledged = DispatchSemaphore(value: 0)
  private var value = false
  var isSet: Bool { lock.withLock { value } }
  func set() { lock.withLock { value = true } }
  func acknowledge() { acknowledged.signal() }
  func waitForAcknowledgement() { acknowledged.wait() }
}
