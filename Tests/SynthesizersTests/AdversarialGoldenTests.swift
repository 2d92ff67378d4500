import Foundation
import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

@testable import MynahSynthesizers

/// Ten steps of training against PyTorch: `Golden/make_adversarial_steps.py` says how the values were made, and that it
/// takes none of the shortcuts taken here.
@Suite struct AdversarialGoldenTests {
  struct Golden: Decodable {
    struct Step: Decodable {
      struct Critic: Decodable {
        let z, gumbel, mix, real, fake: [Double]
        let codes, realCodes: [Int32]
        let loss, penalty: Double
        let gradients: [String: [Double]]
      }
      struct Generator: Decodable {
        let z, gumbel, logits: [Double]
        let columns: [Int]
        let levels, codes: [Int32]
        let loss: Double
        let gradients: [String: [Double]]
      }
      let critic: Critic
      let generator: Generator
    }
    let batch, pac, noise: Int
    let rate, decay, beta1, beta2: Double
    let generatorDimensions, discriminatorDimensions: [Int]
    let spans: [EncodedSpan]
    let named: [Int]
    let float32Error: Double
    let generator, critic, lastGenerator, lastCritic: [String: [Double]]
    let steps: [Step]
  }

  private static func golden(_ name: String) throws -> Golden {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)_steps.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Golden.self, from: Data(contentsOf: file))
  }

  private func fill(_ settings: inout some AdversarialSynthesizer, _ golden: Golden) {
    settings.batchSize = golden.batch
    settings.pac = golden.pac
    settings.embeddingDimension = golden.noise
    settings.generatorDimensions = golden.generatorDimensions
    settings.discriminatorDimensions = golden.discriminatorDimensions
    settings.discriminatorDropout = 0
  }

  @Test func ctgan() throws {
    let golden = try Self.golden("ctgan")
    var settings = CTGAN()
    fill(&settings, golden)
    try replay(golden, settings)
  }

  @Test func wganGP() throws {
    let golden = try Self.golden("wgan_gp")
    var settings = WGANGP()
    fill(&settings, golden)
    try replay(golden, settings)
  }

  private func replay(_ golden: Golden, _ settings: some AdversarialSynthesizer) throws {
    // Sums are taken in another order than PyTorch's, and exponentials by other polynomials: ten times the error that
    // float32 brings in PyTorch itself. Losses and gradients that are wrong differ in the first or second digit.
    let tolerance = 10 * golden.float32Error
    #expect(tolerance < 1e-5)
    let layout = EncodedLayout(
      spans: golden.spans.map { [$0] }, isDiscrete: golden.spans.indices.map(golden.named.contains))
    var random = RandomSource(seed: 2)
    let game = AdversarialGame(settings, layout, ConditionSpace(layout), using: &random)
    func assign(_ values: [String: [Double]], to parameters: ParameterTree) throws {
      for (path, parameter) in parameters.trainable {
        parameter.assign(Tensor(try #require(values[path]), shape: parameter.value.shape))
      }
    }
    try assign(golden.generator, to: game.generator.parameters)
    try assign(golden.critic, to: game.critic.parameters)
    func adam() -> Adam {
      Adam(learningRate: golden.rate, beta1: golden.beta1, beta2: golden.beta2, weightDecay: golden.decay)
    }
    var (generatorOptimizer, criticOptimizer) = (adam(), adam())
    var context = ForwardContext(phase: .training, random: random)
    func matrix(_ values: [Double], rows: Int? = nil) -> Tensor {
      let rows = rows ?? golden.batch
      return Tensor(values, shape: [rows, values.count / rows])
    }
    func expect(_ ours: [Double], _ theirs: [Double], _ what: String) {
      let scale = max(theirs.map(abs).max() ?? 0, 0.1)
      let difference = disagreement(ours, theirs, absolute: tolerance * scale, relative: 0)
      #expect(difference == nil, "\(what): \(difference ?? "")")
    }
    func move(
      _ parameters: ParameterTree, by optimizer: inout Adam, _ loss: Tensor, _ expected: [String: [Double]],
      _ what: String
    ) throws {
      let slopes = gradients(of: loss, withRespectTo: parameters.trainableValues)
      #expect(expected.count == slopes.count)
      for ((path, _), slope) in zip(parameters.trainable, slopes) {
        expect(slope.scalars, try #require(expected[path]), "\(what), gradient of \(path)")
      }
      optimizer.update(parameters, along: slopes)
    }

    for (number, step) in golden.steps.enumerated() {
      let (critic, generator) = (step.critic, step.generator)
      let drawn = ConditionSampler.Batch(columns: generator.columns, levels: generator.levels, codes: generator.codes)
      let fake = withoutRecording {
        game.rows(
          game.logits(noise: matrix(critic.z), conditions: critic.codes, in: &context), conditions: drawn,
          noise: matrix(critic.gumbel))
      }
      expect(fake.scalars, critic.fake, "step \(number), fake rows")
      let criticLoss = game.criticLoss(
        real: matrix(critic.real), realConditions: critic.realCodes, fake: fake, fakeConditions: critic.codes,
        mix: matrix(critic.mix, rows: golden.batch / golden.pac), in: &context)
      expect([criticLoss.item], [critic.loss], "step \(number), critic's loss")
      // The penalty is a good part of the loss, so that its double backward is held to account.
      #expect(critic.penalty * game.loss.gradientPenalty > 0.1)
      try move(
        game.critic.parameters, by: &criticOptimizer, criticLoss, critic.gradients, "step \(number), critic")

      let logits = game.logits(noise: matrix(generator.z), conditions: generator.codes, in: &context)
      expect(logits.scalars, generator.logits, "step \(number), logits")
      let made = game.rows(logits, conditions: drawn, noise: matrix(generator.gumbel))
      let generatorLoss = game.generatorLoss(logits: logits, fake: made, conditions: drawn, in: &context)
      expect([generatorLoss.item], [generator.loss], "step \(number), generator's loss")
      try move(
        game.generator.parameters, by: &generatorOptimizer, generatorLoss, generator.gradients,
        "step \(number), generator")
    }
    // Running moments included.
    for (path, value) in game.generator.parameters.values {
      expect(value.scalars, try #require(golden.lastGenerator[path]), "generator's \(path) at the end")
    }
    for (path, value) in game.critic.parameters.values {
      expect(value.scalars, try #require(golden.lastCritic[path]), "critic's \(path) at the end")
    }
  }
}
