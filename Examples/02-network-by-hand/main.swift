import Foundation
import Mynah

// Points of y = sin 3x, and a network of two layers that is to learn it.
var random = RandomSource(seed: 1)
let x = Tensor.uniform([512, 1], using: &random) * 2 - 1
let y = Tensor(x.scalars.map { sin(3 * $0) }, shape: [512, 1])
let network = Sequential(Linear(1, 32, using: &random), Tanh(), Linear(32, 1, using: &random))
var optimizer = Adam(learningRate: 0.01)
var context = ForwardContext(phase: .training, random: random.split())

// An epoch is every row once, 64 at a time: forward, loss, gradients, update.
for epoch in 1...60 {
  var sum = 0.0
  for rows in Minibatches(rowCount: 512, batchSize: 64, using: &random) {
    let batch = Tensor(indices: rows)
    let loss = meanSquaredError(network(x.gatheringRows(batch), in: &context), y.gatheringRows(batch))
    let slopes = gradients(of: loss, withRespectTo: network.parameters.trainableValues)
    optimizer.update(network.parameters, along: slopes)
    sum += loss.item / 8
  }
  if epoch == 1 { print("after an epoch the loss is above 0.1:", sum > 0.1) }
  if epoch == 60 { print("after sixty it is below 0.01:", sum < 0.01) }
}

// In inference nothing is random, and nothing needs to be recorded.
context.phase = .inference
let answer = withoutRecording { network(Tensor([0.5], shape: [1, 1]), in: &context).item }
print("sin 1.5 is 1.0, the network says", (answer * 10).rounded() / 10)
print("parameters:", network.parameters.leaves.map { "\($0.path) \($0.parameter.value.shape)" }.joined(separator: ", "))
