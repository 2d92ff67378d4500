import CouplingFlow
import Mynah
import MynahTestSupport

// Everything that is promised of a synthesizer, on small tables of every make-up.
var small = CouplingFlow()
(small.epochs, small.batchSize, small.layers, small.hidden) = (2, 20, 2, 8)
var impossible = small
impossible.layers = 1
for failure in checkSynthesizer(small, impossible: [impossible]) { print(failure) }

// And of a training: that it goes on from its state exactly.
let table = try TransactionsGenerator(rowCount: 600).table()
let failures = try checkTrainingTask {
  var random = RandomSource(seed: 1)
  let data = try TrainingData(table, for: small, using: &random, observer: SilentObserver())
  return FlowTraining(small, data, using: &random)
}
for failure in failures { print(failure) }
print("checked")
