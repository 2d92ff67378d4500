import CPeak
import Mynah

/// Matrix products of the sizes that CTGAN on Adult has, as a share of what the machine's multiply-add units can do:
/// achieved floating-point operations a second ÷ those of a loop that never leaves the registers, both on all threads.
let matmulSuite = Suite(name: "matmul") { figures in
  let sizes = [(500, 256, 256), (500, 742, 156), (50, 2580, 256), (4096, 512, 512)]
  var random = RandomSource(seed: 1)
  for (m, k, n) in sizes {
    let a = Tensor.normal([m, k], using: &random)
    let b = Tensor.normal([k, n], using: &random)
    let work = 2 * Double(m) * Double(k) * Double(n)
    var peakWork = 0.0
    let timed = Timing.ratio(
      of: { keep(matmul(a, b)) }, to: { peakWork = multiplyAddsOnAllThreads(rounds: 20_000) })
    let achieved = work / timed.body
    let peak = peakWork / timed.baseline
    figures.append(
      Figure(
        name: "matmul.\(m)x\(k)x\(n)", ratio: work / peakWork / timed.ratio,
        detail: "\(Int(achieved / 1e9)) of \(Int(peak / 1e9)) GFLOP/s"))
  }
}

/// Returns how many floating-point operations were done.
private func multiplyAddsOnAllThreads(rounds: Int) -> Double {
  // More pieces than threads, so that a thread that starts late does less.
  let pieces = 8 * threadCount
  return withUnsafeTemporaryAllocation(of: Double.self, capacity: pieces) { counts in
    let base = UncheckedPointer(counts.baseAddress!)
    parallelFor(pieces) { piece in
      var sink: Float = 0
      base.pointer[piece] = mynah_peak_flops(rounds, &sink)
      keep(sink)
    }
    return counts.reduce(0, +)
  }
}

/// Pieces write to places of their own.
private struct UncheckedPointer: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Double>
  init(_ pointer: UnsafeMutablePointer<Double>) { self.pointer = pointer }
}
