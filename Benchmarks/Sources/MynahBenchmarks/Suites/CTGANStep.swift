import Mynah

/// A training step of CTGAN on the embedded table, batch 500: the share of its time that its matrix products take when
/// they are timed alone. What is missing to 1 is everything else: activations, draws, gradients' bookkeeping, Adam.
let ctganSuite = Suite(name: "ctgan") { figures in
  let table = try TransactionsGenerator().table()
  var random = RandomSource(seed: 5)
  let layout = try TableEncoder().fitted(to: table, using: &random).layout
  var synthesizer = CTGAN()
  synthesizer.epochs = 12
  let steps = Double(table.rowCount / synthesizer.batchSize)

  let products = Product.ofOneStep(width: layout.width, condition: layout.conditionWidth, synthesizer)
  let operands = products.map { $0.operands(using: &random) }
  let alone = Timing.seconds { for (a, b) in operands { keep(matmul(a, b)) } }
  let clock = EpochClock()
  _ = try synthesizer.fitted(to: table, using: &random, observer: clock)
  // The first epoch warms up; the fastest of the others counts, as everywhere.
  let step = (clock.seconds.dropFirst().min() ?? .nan) / steps
  figures.append(
    Figure(
      name: "ctgan.matmulShare", ratio: alone / step,
      detail: "a step \(formatted(seconds: step)), its \(products.count) products \(formatted(seconds: alone))"))
}

/// m × k times k × n.
private struct Product {
  var m: Int
  var k: Int
  var n: Int

  func operands(using random: inout RandomSource) -> (Tensor, Tensor) {
    (Tensor.normal([m, k], using: &random), Tensor.normal([k, n], using: &random))
  }

  /// The products of one critic and one generator update. Conditions are gathered, so they are in none.
  static func ofOneStep(width: Int, condition: Int, _ settings: CTGAN) -> [Product] {
    let rows = settings.batchSize
    let packs = rows / settings.pac
    let packed = width * settings.pac
    let hidden = settings.discriminatorDimensions[0]
    let blocks = settings.generatorDimensions
    let noise = settings.embeddingDimension
    // Input and output widths of the generator's layers; residual blocks append theirs to what came in.
    var layers: [(Int, Int)] = []
    var reach = noise
    for block in blocks {
      layers.append((reach, block))
      reach += block
    }
    layers.append((reach, width))

    let generatorForward = layers.map { Product(m: rows, k: $0.0, n: $0.1) }
    let generatorBackward =
      layers.map { Product(m: $0.0, k: rows, n: $0.1) } + layers.dropFirst().map { Product(m: rows, k: $0.1, n: $0.0) }
    func critic(_ packs: Int) -> [Product] {
      [Product(m: packs, k: packed, n: hidden), Product(m: packs, k: hidden, n: hidden)]
    }
    let criticUpdate =
      critic(2 * packs)
      + [Product(m: hidden, k: 2 * packs, n: hidden), Product(m: 2 * packs, k: hidden, n: hidden)]
      + [Product(m: packed, k: 2 * packs, n: hidden)]
    // Forward from the first layer's product, its gradient at the input, and back through both.
    let square = Product(m: packs, k: hidden, n: hidden)
    let penalty =
      [square, square, Product(m: packs, k: hidden, n: packed), Product(m: packs, k: packed, n: hidden)]
      + [Product(m: packed, k: packs, n: hidden), square, square, Product(m: hidden, k: packs, n: hidden)]
      + [Product(m: hidden, k: packs, n: hidden), square]
    let generatorUpdate =
      generatorForward + critic(packs) + [square, Product(m: packs, k: hidden, n: packed)] + generatorBackward
    return generatorForward + criticUpdate + penalty + generatorUpdate
  }
}

/// Notes what each epoch took. Training calls it from one thread.
private final class EpochClock: TrainingObserver, @unchecked Sendable {
  private(set) var seconds: [Double] = []

  func stageBegan(_ name: String) {}

  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    seconds.append(report.seconds)
    return .proceed
  }

  var shouldStop: Bool { false }
}
