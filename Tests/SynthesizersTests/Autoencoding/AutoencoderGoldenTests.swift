import Foundation
import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

@testable import MynahSynthesizers

/// Ten optimiser steps of each autoencoder against PyTorch: `Golden/make_autoencoders.py` says how the values were made, and
/// that it takes none of the shortcuts taken here.
@Suite struct AutoencoderGoldenTests {
  struct Golden: Decodable {
    struct Step: Decodable {
      let scalars, noise: [Double]
      /// Within each span.
      let codes: [Int32]
      let reconstruction, divergence: Double
      let gradients: [String: [Double]]
    }
    struct Run: Decodable {
      let isTanh, isConditional: Bool
      let reconstructionWeight, beta: Double
      let first, last: [String: [Double]]
      let steps: [Step]
    }
    let latent: Int
    let encoderDimensions, decoderDimensions: [Int]
    let learningRate, weightDecay: Double
    let runs: [String: Run]
  }

  static func golden() throws -> Golden {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/autoencoders.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Golden.self, from: Data(contentsOf: file))
  }

  private func layout(isTanh: Bool) -> EncodedLayout {
    let scalar = EncodedSpan(width: 1, head: isTanh ? .tanh : .identity)
    let levels = { (width: Int) in EncodedSpan(width: width, head: .softmax) }
    return EncodedLayout(
      spans: [[scalar, levels(3)], [levels(3)], [scalar], [levels(4)]], isDiscrete: [false, true, false, true])
  }

  @Test(arguments: ["tvae", "vae", "conditional-vae"]) func tenSteps(kind: String) throws {
    let golden = try Self.golden()
    let run = try #require(golden.runs[kind])
    let layout = layout(isTanh: run.isTanh)
    let label = run.isConditional ? LabelColumn(layout.discreteColumns[0], counts: [1, 1, 1]) : nil
    var design = AutoencoderDesign()
    design.latentDimension = golden.latent
    design.encoderDimensions = golden.encoderDimensions
    design.decoderDimensions = golden.decoderDimensions
    var random = RandomSource(seed: 1)
    let network = Autoencoder(design, layout, label: label, using: &random)
    let paths = network.parameters.trainable.map(\.path)
    #expect(Set(paths) == Set(run.first.keys))
    for (path, parameter) in network.parameters.trainable {
      parameter.assign(Tensor(run.first[path] ?? [], shape: parameter.value.shape))
    }
    var optimizer = Adam(learningRate: golden.learningRate, weightDecay: golden.weightDecay)

    #expect(run.steps.count == 10)
    for (number, step) in run.steps.enumerated() {
      let batch = batch(step, layout, label)
      let noise = Tensor(step.noise, shape: [step.noise.count / golden.latent, golden.latent])
      let losses = network.losses(of: batch, noise: noise)
      #expect(abs(losses.reconstruction.item - step.reconstruction) < 1e-4 * max(1, abs(step.reconstruction)))
      #expect(abs(losses.divergence.item - step.divergence) < 1e-4 * max(1, abs(step.divergence)))
      let total = losses.reconstruction * run.reconstructionWeight + losses.divergence * run.beta
      let slopes = gradients(of: total, withRespectTo: network.parameters.trainableValues)
      for (path, slope) in zip(paths, slopes) {
        let expected = step.gradients[path] ?? []
        // float32 against float64: the gradients' own size sets the error of a sum that cancels. The parameters have
        // drifted apart by the roundings of the steps before, which Adam makes as large as lr 2⁻²⁴ / |m̂| each.
        let difference = disagreement(
          slope.scalars, expected, absolute: 2e-4 * max(expected.map(abs).max() ?? 0, 0.1), relative: 1e-3)
        #expect(difference == nil, "step \(number), \(path): \(difference ?? "")")
      }
      optimizer.update(network.parameters, along: slopes)
      network.decoder.clampDeviations(from: 0.01)
    }
    for (path, parameter) in network.parameters.trainable {
      // Ten steps move a parameter by 0.05 at most.
      #expect(disagreement(parameter.value.scalars, run.last[path] ?? [], absolute: 1e-4) == nil, "\(path)")
    }
  }

  private func batch(_ step: Golden.Step, _ layout: EncodedLayout, _ label: LabelColumn?) -> RowBatch {
    let (scalars, spans) = (layout.scalarBlocks.count, layout.codeBlocks.count)
    let codes = step.codes.enumerated().map { $1 + Int32(layout.codeOffsets[$0 % spans]) }
    return RowBatch(
      scalars: Tensor(step.scalars, shape: [step.scalars.count / scalars, scalars]),
      codes: Tensor(indices: codes, shape: [codes.count / spans, spans]), layout, label: label)
  }
}
