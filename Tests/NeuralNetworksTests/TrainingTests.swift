import MynahNeuralNetworks
import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

struct TrainingTests {
  /// θ̄ by hand: d = min(0.5, (1 + t) / (10 + t)).
  @Test func movingAverage() {
    let (weight, running) = (Parameter(Tensor([1, 2])), Parameter(Tensor([0]), isTrainable: false))
    let tree: ParameterTree = ["w": .leaf(weight), "r": .leaf(running)]
    var average = ExponentialMovingAverage(of: tree, decay: 0.5)
    var expected = [1.0, 2.0]
    for t in 1...20 {
      weight.assign(Tensor([Double(t), -1]))
      running.assign(Tensor([Double(t)]))
      average.update(from: tree)
      let d = min(0.5, Double(1 + t) / Double(10 + t))
      expected = [d * expected[0] + (1 - d) * Double(t), d * expected[1] - (1 - d)]
    }
    #expect(disagreement(average.values["w"]?.scalars ?? [], expected, absolute: 1e-5) == nil)
    #expect(average.values["r"] != nil && average.values["w"]?.isRecorded == false)
  }

  @Test(arguments: [(10, 3, false), (10, 3, true), (9, 3, true), (2, 5, false), (2, 5, true), (0, 4, false)])
  func minibatchesCoverEveryRowOnce(_ rows: Int, _ size: Int, _ dropsLast: Bool) {
    var random = RandomSource(seed: 1)
    let batches = Array(Minibatches(rowCount: rows, batchSize: size, droppingLast: dropsLast, using: &random))
    let whole = rows / size
    #expect(batches.count == (dropsLast || rows % size == 0 ? whole : whole + 1))
    #expect(batches.dropLast().allSatisfy { $0.count == size })
    let seen = batches.flatMap { $0 }
    #expect(Set(seen).count == seen.count && seen.allSatisfy { (0..<Int32(rows)).contains($0) })
    if !dropsLast { #expect(seen.count == rows) }
  }

  @Test func passesHaveDifferentOrders() {
    var random = RandomSource(seed: 1)
    let first = Array(Minibatches(rowCount: 50, batchSize: 50, using: &random))
    #expect(first != Array(Minibatches(rowCount: 50, batchSize: 50, using: &random)))
  }

  @Test func parametersByPath() throws {
    let (a, b) = (Parameter(Tensor([1, 2])), Parameter(Tensor([3]), isTrainable: false))
    let tree: ParameterTree = ["x": ["a": .leaf(a)], "list": .list([["b": .leaf(b)]])]
    #expect(tree.leaves.map(\.path) == ["x.a", "list.0.b"])
    #expect(tree.trainable.map(\.path) == ["x.a"])
    try tree.assign(["x.a": Tensor([5, 6]), "list.0.b": Tensor([7]), "other": Tensor([0])])
    #expect(a.value.scalars == [5, 6] && b.value.scalars == [7] && a.value.isRecorded && !b.value.isRecorded)
    #expect(throws: ParameterMismatch.self) { try tree.assign(["x.a": Tensor([0, 0])]) }
    let error = #expect(throws: ParameterMismatch.self) {
      try tree.assign(["x.a": Tensor([0, 0]), "list.0.b": Tensor([1, 2])])
    }
    #expect(error?.description == "tensor 'list.0.b': expected shape [1], found [2]")
    #expect(a.value.scalars == [5, 6])
  }
}
