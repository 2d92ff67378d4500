import Foundation
import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

@testable import MynahSynthesizers

/// One whole step against PyTorch: `Golden/make_ctgan_step.py` says how the values were made, and that it takes none of
/// the shortcuts taken here.
@Suite struct CTGANGoldenTests {
  struct Golden: Decodable {
    struct CriticStep: Decodable {
      let z, gumbel, mix, real, fake: [Double]
      let codes, realCodes: [Int32]
      let loss, penalty: Double
      let gradients: [String: [Double]]
    }
    struct GeneratorStep: Decodable {
      let z, gumbel, logits: [Double]
      let columns: [Int]
      let levels, codes: [Int32]
      let loss: Double
      let gradients: [String: [Double]]
    }
    let batch, pac, noise: Int
    let generatorDimensions, discriminatorDimensions: [Int]
    let generator, critic: [String: [Double]]
    let criticStep: CriticStep
    let generatorStep: GeneratorStep
  }

  let golden: Golden
  let game: CTGANGame
  var context = ForwardContext(phase: .training, random: RandomSource(seed: 1))

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/ctgan_step.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    golden = try decoder.decode(Golden.self, from: Data(contentsOf: file))
    var settings = CTGAN()
    settings.batchSize = golden.batch
    settings.pac = golden.pac
    settings.embeddingDimension = golden.noise
    settings.generatorDimensions = golden.generatorDimensions
    settings.discriminatorDimensions = golden.discriminatorDimensions
    settings.discriminatorDropout = 0
    let number = { (modes: Int) in [EncodedSpan(width: 1, head: .tanh), EncodedSpan(width: modes, head: .softmax)] }
    let layout = EncodedLayout(
      spans: [number(3), [EncodedSpan(width: 3, head: .softmax)], number(2), [EncodedSpan(width: 4, head: .softmax)]],
      isDiscrete: [false, true, false, true])
    var random = RandomSource(seed: 2)
    game = CTGANGame(settings, layout: layout, using: &random)
    assign(golden.generator, to: game.generator.parameters)
    assign(golden.critic, to: game.critic.parameters)
  }

  private func assign(_ values: [String: [Double]], to parameters: ParameterTree) {
    for (path, parameter) in parameters.trainable {
      parameter.assign(Tensor(values[path] ?? [], shape: parameter.value.shape))
    }
  }

  private func matrix(_ values: [Double]) -> Tensor {
    Tensor(values, shape: [golden.batch, values.count / golden.batch])
  }

  private func expectGradients(of loss: Tensor, _ parameters: ParameterTree, _ expected: [String: [Double]]) {
    #expect(expected.count == parameters.trainable.count)
    for ((path, _), gradient) in zip(
      parameters.trainable, gradients(of: loss, withRespectTo: parameters.trainableValues))
    {
      // float32 against float64: the gradients' own size sets the error of a sum that cancels.
      let scale = (expected[path] ?? []).map(abs).max() ?? 0
      let difference = disagreement(
        gradient.scalars, expected[path] ?? [], absolute: 2e-5 * max(scale, 0.1), relative: 1e-4)
      #expect(difference == nil, "\(path): \(difference ?? "")")
    }
  }

  @Test mutating func criticLossAndGradients() {
    let step = golden.criticStep
    let fake = withoutRecording {
      game.heads.activated(
        game.logits(noise: matrix(step.z), conditions: step.codes, in: &context), noise: matrix(step.gumbel))
    }
    #expect(disagreement(fake.scalars, step.fake, absolute: 2e-5) == nil)
    let loss = game.criticLoss(
      real: matrix(step.real), realConditions: step.realCodes, fake: fake, fakeConditions: step.codes,
      mix: Tensor(step.mix, shape: [golden.batch / golden.pac, 1]), in: &context)
    #expect(abs(loss.item - step.loss) < 2e-5 * max(1, abs(step.loss)))
    // The penalty is a good part of the loss, so that its double backward is held to account.
    #expect(step.penalty * game.settings.gradientPenalty > 0.1)
    expectGradients(of: loss, game.critic.parameters, step.gradients)
  }

  @Test mutating func generatorLossAndGradients() {
    let step = golden.generatorStep
    let logits = game.logits(noise: matrix(step.z), conditions: step.codes, in: &context)
    #expect(disagreement(logits.scalars, step.logits, absolute: 1e-5) == nil)
    let batch = ConditionSampler.Batch(columns: step.columns, levels: step.levels, codes: step.codes)
    let loss = game.generatorLoss(
      logits: logits, fake: game.heads.activated(logits, noise: matrix(step.gumbel)), conditions: batch, in: &context)
    #expect(abs(loss.item - step.loss) < 2e-5 * max(1, abs(step.loss)))
    expectGradients(of: loss, game.generator.parameters, step.gradients)
  }
}
