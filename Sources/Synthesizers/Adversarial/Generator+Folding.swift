import MynahNeuralNetworks
import MynahTensors

extension Generator {
  /// The generator for inference: with running moments, batch normalisation is a factor and a term by column, which the
  /// linear layer before it takes in.
  ///
  /// - Parameter codeWidth: the width of the condition vector.
  func folded(codeWidth: Int) -> ConcatenatingLayers {
    withoutRecording {
      let hidden = blocks.map { block in
        let (linear, norm) = (block.linear, block.norm)
        let factor = norm.scale.value * (norm.runningVariance.value + norm.epsilon).power(-0.5)
        let term = norm.shift.value - norm.runningMean.value * factor
        return ((linear.weight.value * factor).detached, (linear.biasOrZero * factor + term).detached)
      }
      let last = (output.weight.value.detached, output.biasOrZero)
      return ConcatenatingLayers(hidden + [last], codeWidth: codeWidth)
    }
  }
}
