import Mynah
import MynahTestSupport

// What is promised of an operation and of a layer, held against finite differences and the rest of the contract.
var random = RandomSource(seed: 1)
let highway = Highway(4, using: &random)
let points = Tensor([-2, -0.5, 0.3, 1, 2.5, 4], shape: [2, 3], scalarType: .float64)
print("broken promises of Softplus:", checkOperation(Softplus(), at: [points], order: 3).count)
print("broken promises of Highway: ", checkModule(highway, on: Tensor.normal([8, 4], using: &random)).count)

// Both in a network that learns the 0.9-quantile of noise whose spread depends on x: 1.28 (1 + x).
let x = Tensor.uniform([2_000, 1], using: &random)
let y = Tensor.normal([2_000, 1], using: &random) * (1 + x)
let network = Sequential(Linear(1, 4, using: &random), highway, Linear(4, 1, using: &random))
var optimizer = Adam(learningRate: 0.02)
var context = ForwardContext(phase: .training, random: random.split())
for _ in 1...300 {
  let loss = pinballLoss(network(x, in: &context), y, quantile: 0.9)
  optimizer.update(
    network.parameters, along: gradients(of: loss, withRespectTo: network.parameters.trainableValues))
}
context.phase = .inference
let below = y.greater(than: network(x, in: &context)).mean().item
print("share of targets above the 0.9-quantile:", (below * 20).rounded() / 20)
