import Mynah

/// Kernels that visit each number once, over 500 × 256 numbers (a batch's hidden layer): time ÷ that of a plain copy of
/// the same bytes by one thread.
let elementwiseSuite = Suite(name: "elementwise") { figures in
  var random = RandomSource(seed: 2)
  let shape = [500, 256]
  let x = Tensor.normal(shape, using: &random)
  let y = Tensor.uniform(shape, using: &random)
  let row = Tensor.normal([256], using: &random)
  let operations: [(String, () -> Tensor)] = [
    ("add", { x + y }), ("addRow", { x + row }), ("multiply", { x * y }), ("divide", { x / y }), ("exp", { x.exp() }),
    ("log", { y.log() }), ("tanh", { x.tanh() }), ("sigmoid", { x.sigmoid() }), ("sqrt", { y.sqrt() }),
    ("leakyReLU", { x.leakyReLU(slope: 0.2) }), ("softmax", { x.softmax() }), ("sum", { x.sum() }),
    ("sumOverRows", { x.sum(over: 0) }), ("normal", { Tensor.normal(shape, using: &random) }),
  ]
  let bytes = x.byteCount
  let target = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
  defer { target.deallocate() }
  for (name, operation) in operations {
    let timed = Timing.ratio(
      of: { keep(operation()) },
      to: { x.withUnsafeBytes { target.copyMemory(from: $0.baseAddress!, byteCount: bytes) } })
    figures.append(
      Figure(
        name: "elementwise.\(name)", ratio: timed.ratio,
        detail: "\(formatted(seconds: timed.body)), the copy \(formatted(seconds: timed.baseline))"))
  }
}
