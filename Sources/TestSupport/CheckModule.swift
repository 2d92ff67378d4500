import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// Holds a layer or a network to what `Module` promises.
///
/// ```swift
/// @Test func conforms() { #expect(checkModule(MyLayer(4, using: &random), on: .normal([8, 4], using: &random)) == []) }
/// ```
///
/// - parameters have distinct, non-empty paths, are the same handles whenever they are asked for, and take back their values;
/// - in inference nothing is random and nothing changes: the same input gives the same output;
/// - in training the same randomness gives the same output, and only parameters that are not trainable change;
/// - gradients are finite and reach every trainable parameter.
///
/// Parameters that do not change in training are as they were after the check.
///
/// - Parameters:
///   - module: the layer or network.
///   - input: a batch such as the module takes in training.
///   - numbers: the tensors of an output; needed only where an output is not itself a tensor.
/// - Returns: The broken promises.
public func checkModule<M: Module>(
  _ module: M, on input: M.Input, numbers: (M.Output) -> [Tensor]
) -> [ConformanceFailure] {
  withoutActuallyEscaping(numbers) { numbers in
    var check = ModuleCheck(module: module, input: input, numbers: numbers)
    check.names()
    // Everything else looks parameters up by their paths.
    guard check.failures.isEmpty else { return check.failures }
    check.inference()
    check.training()
    check.gradientFlow()
    return check.failures
  }
}

/// Holds a layer or a network that makes one tensor to what `Module` promises.
///
/// - Parameters:
///   - module: the layer or network.
///   - input: a batch such as the module takes in training.
/// - Returns: The broken promises.
public func checkModule<M: Module>(_ module: M, on input: M.Input) -> [ConformanceFailure] where M.Output == Tensor {
  checkModule(module, on: input) { [$0] }
}

private struct ModuleCheck<M: Module> {
  let module: M
  let input: M.Input
  let numbers: (M.Output) -> [Tensor]
  private(set) var failures: [ConformanceFailure] = []

  init(module: M, input: M.Input, numbers: @escaping (M.Output) -> [Tensor]) {
    (self.module, self.input, self.numbers) = (module, input, numbers)
  }

  private mutating func expect(_ holds: Bool, _ message: String) {
    if !holds { failures.append(ConformanceFailure(message, of: "\(M.self)")) }
  }

  mutating func names() {
    let leaves = module.parameters.leaves
    let paths = leaves.map(\.path)
    expect(Set(paths).count == paths.count, "several parameters have one path: \(paths)")
    expect(!paths.contains { $0.split(separator: ".", omittingEmptySubsequences: false).contains("") }, "an empty name")
    let again = module.parameters.leaves
    let isSame = again.map(\.path) == paths && zip(leaves, again).allSatisfy { $0.parameter === $1.parameter }
    expect(isSame, "asked twice, it names other parameters: a parameter must be stored, not made by 'parameters'")
    guard failures.isEmpty else { return }
    let values = module.parameters.values
    do { try module.parameters.assign(values) } catch { expect(false, "it does not take back its values: \(error)") }
    expect(sameBytes(module.parameters.values, values), "its values change when they are assigned to it")
  }

  mutating func inference() {
    let before = module.parameters.values
    var one = ForwardContext(phase: .inference, random: RandomSource(seed: 1))
    var two = ForwardContext(phase: .inference, random: RandomSource(seed: 2))
    let first = outputs(in: &one)
    let second = outputs(in: &two)
    expect(areSame(first, second), "in inference the same input gives another output")
    expect(one.random == RandomSource(seed: 1), "in inference it draws random numbers")
    expect(sameBytes(module.parameters.values, before), "in inference its parameters change")
    expect(first.allSatisfy(\.isFinite), "in inference an output is not finite")
  }

  mutating func training() {
    let before = module.parameters.values
    defer { try? module.parameters.assign(before) }
    var one = ForwardContext(phase: .training, random: RandomSource(seed: 1))
    let first = outputs(in: &one)
    let after = module.parameters.values
    for (path, _) in module.parameters.trainable {
      let isKept = before[path].flatMap { old in after[path].map { sameBytes(old, $0) } } ?? false
      expect(isKept, "a forward pass changes the trainable parameter '\(path)'")
    }
    try? module.parameters.assign(before)
    var two = ForwardContext(phase: .training, random: RandomSource(seed: 1))
    expect(areSame(outputs(in: &two), first), "in training the same randomness gives another output")
    expect(sameBytes(module.parameters.values, after), "in training the same randomness leaves other running values")
  }

  /// Contracts the output with fixed random numbers: a plain sum has no gradient behind a softmax or a normalisation.
  mutating func gradientFlow() {
    let parameters = module.parameters
    let before = parameters.values
    defer { try? parameters.assign(before) }
    let trainable = parameters.trainable
    guard !trainable.isEmpty else { return }
    var context = ForwardContext(phase: .training, random: RandomSource(seed: 3))
    var weights = RandomSource(seed: 4)
    let loss = numbers(module(input, in: &context)).reduce(Tensor(0)) { sum, part in
      let factors = Tensor.normal(part.shape, using: &weights).cast(to: part.scalarType)
      return sum + (part * factors + part.squared() * factors).sum().cast(to: .float32)
    }
    guard loss.isRecorded else { return expect(false, "its output does not depend on its parameters") }
    let slopes = gradients(of: loss, withRespectTo: trainable.map(\.parameter.value))
    for ((path, _), slope) in zip(trainable, slopes) {
      expect(slope.isFinite, "the gradient of '\(path)' is not finite")
      expect(slope.count == 0 || slope.scalars.contains { $0 != 0 }, "no gradient reaches '\(path)'")
    }
  }

  private func outputs(in context: inout ForwardContext) -> [Tensor] {
    withoutRecording { numbers(module(input, in: &context)) }
  }

  private func areSame(_ a: [Tensor], _ b: [Tensor]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { sameBytes($0, $1) }
  }
}
