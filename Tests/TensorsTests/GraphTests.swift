import CKernels
import MynahTensors
import MynahTestSupport
import Testing

/// What the engine promises: any order, any depth, only the paths asked for, nothing kept.
struct GraphTests {
  @Test func thirdOrder() {
    let x = Tensor(1.3, scalarType: .float64).recorded
    var y = x.power(4) + x.exp()
    for (factor, power) in [(4.0, 3), (12, 2), (24, 1), (24, 0)] {
      y = gradients(of: y, withRespectTo: [x], createGraph: true)[0]
      let expected = factor * (0..<power).reduce(1) { p, _ in p * 1.3 } + 3.6692966676192444
      #expect(disagreement(y.scalars, [expected], relative: 1e-13) == nil)
    }
    #expect(
      checkGradients({ ($0[0].tanh() * $0[1].sigmoid()).exp() }, at: [spread([2]), spread([2], 2)], order: 4) == nil)
  }

  @Test func hessianVectorProduct() {
    // f = x² y + y³: H = [[2y, 2x], [2x, 6y]].
    let (x, y) = (Tensor(2, scalarType: .float64).recorded, Tensor(3, scalarType: .float64).recorded)
    let slope = gradients(of: x * x * y + y * y * y, withRespectTo: [x, y], createGraph: true)
    #expect(slope.map(\.item) == [12, 31])
    #expect(gradients(of: slope[0] * 5 + slope[1] * 7, withRespectTo: [x, y]).map(\.item) == [30 + 28, 20 + 126])
  }

  @Test func inputsThatAreNotReachedGetZeros() {
    let (x, y) = (Tensor([1, 2]).recorded, Tensor([[3.0]].flatMap { $0 }, shape: [1, 1]).recorded)
    let found = gradients(of: x.sum(), withRespectTo: [y, x])
    #expect(found[0].shape == [1, 1] && found[0].scalars == [0])
    #expect(found[1].scalars == [1, 1])
    #expect(gradients(of: Tensor(1), withRespectTo: [x])[0].scalars == [0, 0])
  }

  @Test func theLossAndIntermediateResultsCanBeAskedFor() {
    let x = Tensor([1, 2, 3]).recorded
    let y = x * x
    let loss = (y * y).sum()
    let found = gradients(of: loss, withRespectTo: [loss, y, x])
    #expect(found.map(\.scalars) == [[1], [2, 8, 18], [4, 32, 108]])
  }

  @Test func anInputUsedManyTimesSumsItsGradients() {
    let x = Tensor([2], scalarType: .float64).recorded
    #expect(gradients(of: (x * x * x + x + x).sum(), withRespectTo: [x])[0].scalars == [14])
  }

  @Test func withoutRecordingRemembersNothing() {
    let x = Tensor([1, 2]).recorded
    #expect(isRecording)
    let y = withoutRecording {
      #expect(!isRecording)
      withoutRecording {}
      #expect(!isRecording)
      return x * x
    }
    #expect(isRecording && !y.isRecorded && (x * x).isRecorded)
    struct Stop: Error {}
    #expect(throws: Stop.self) { try withoutRecording { throw Stop() } }
    #expect(isRecording)
    #expect(!x.detached.isRecorded && !(x.detached * 2).isRecorded)
  }

  @Test func gradientsAreConstantsUnlessAsked() {
    let x = Tensor([1, 2]).recorded
    #expect(!gradients(of: (x * x).sum(), withRespectTo: [x])[0].isRecorded)
    #expect(gradients(of: (x * x).sum(), withRespectTo: [x], createGraph: true)[0].isRecorded)
  }

  /// 100,000 steps deep: neither the walk nor the release may recurse.
  @Test func deepGraphs() {
    let x = Tensor(0.5, scalarType: .float64).recorded
    var y = x
    for _ in 0..<100_000 { y = y + x }
    #expect(gradients(of: y, withRespectTo: [x])[0].item == 100_001)
    var wide = x
    for _ in 0..<50_000 { wide = wide * 0.5 + wide * 0.5 }
    y = wide
    #expect(gradients(of: wide, withRespectTo: [x])[0].item == 1)
  }

  @Test func onlyRequestedPathsAreWalked() {
    let (asked, other) = (Tensor([1, 2]).recorded, Tensor([3, 4]).recorded)
    let counter = Counter()
    let generated = Counted(counter: counter).applied(to: other)
    let loss = (asked * generated + Counted(counter: counter).applied(to: generated)).sum()
    #expect(gradients(of: loss, withRespectTo: [asked])[0].scalars == [3, 4])
    #expect(counter.pullbacks == 0)
    _ = gradients(of: loss, withRespectTo: [generated])
    #expect(counter.pullbacks == 1)
    _ = gradients(of: loss, withRespectTo: [other])
    #expect(counter.pullbacks == 3)
  }

  /// Asked for only one operand's gradient, the other's is not computed.
  @Test func operationsAreToldWhatIsNeeded() {
    let (x, constant) = (Tensor([1]).recorded, Tensor([2]))
    let counter = Counter()
    let y = Counted(counter: counter).applied(to: constant, x, constant)
    _ = gradients(of: y.sum(), withRespectTo: [x])
    #expect(counter.needed == [false, true, false])
  }

  @Test func nodesAreFreedWithTheLastTensorThatNeedsThem() {
    let counter = Counter()
    do {
      let x = Tensor([1, 2]).recorded
      var y = x
      for _ in 0..<10 { y = Counted(counter: counter).applied(to: y) }
      let slope = gradients(of: (y * y).sum(), withRespectTo: [x], createGraph: true)[0]
      _ = gradients(of: slope.sum(), withRespectTo: [x])
      #expect(counter.live == 10)
    }
    #expect(counter.live == 0)
  }

  /// A training loop's memory does not grow: 40 steps of 8 MB tensors hold no more than one. Other tests that run
  /// meanwhile hold little.
  @Test func memoryIsGivenBack() {
    let before = mynah_live_bytes()
    var parameter = Tensor(repeating: 1, shape: [2 << 20])
    for _ in 0..<40 {
      let x = parameter.recorded
      parameter = parameter - gradients(of: (x * x).sum(), withRespectTo: [x])[0] * 0.01
    }
    #expect(mynah_live_bytes() < before + 8 * (8 << 20))
  }
}

/// How often pullbacks ran, and how many operations are alive.
private final class Counter: @unchecked Sendable {
  var pullbacks = 0
  var live = 0
  var needed: [Bool] = []
}

private final class Life: Sendable {
  let counter: Counter
  init(_ counter: Counter) {
    self.counter = counter
    counter.live += 1
  }
  deinit { counter.live -= 1 }
}

/// An operation of a user's own, the sum of its inputs, that counts.
private struct Counted: DifferentiableOperation {
  let counter: Counter
  let life: Life

  init(counter: Counter) {
    self.counter = counter
    life = Life(counter)
  }

  func forward(_ inputs: [Tensor]) -> Tensor { inputs.dropFirst().reduce(inputs[0]) { $0 + $1 } }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    counter.pullbacks += 1
    counter.needed = needed
    return needed.map { $0 ? cotangent : nil }
  }
}
