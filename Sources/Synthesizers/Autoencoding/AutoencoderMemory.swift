import MynahEncoders

extension AutoencoderDesign {
  /// What training takes, from below, in bytes: float32 parameters with their gradients, Adam's two moments and the
  /// average, and what a batch leaves behind for the way back.
  ///
  /// - Parameter labels: the length of the label's one-hot vector, 0 without one.
  func memory(_ layout: EncodedLayout, labels: Int, batchSize: Int) -> TrainingMemory {
    let (width, label) = (Double(layout.width), Double(labels))
    func network(_ inputs: Double, _ hidden: [Int], _ outputs: Double) -> (weights: Double, units: Double) {
      var (weights, units, below) = (0.0, outputs, inputs)
      for size in hidden.map(Double.init) {
        weights += (below + label) * size
        units += size
        below = size
      }
      return (weights + (below + label) * outputs, units)
    }
    let latent = Double(latentDimension)
    let encoder = network(width, encoderDimensions, 2 * latent)
    let decoder = network(latent, decoderDimensions, width)
    let activations = Double(batchSize) * (encoder.units + decoder.units)
    return TrainingMemory(bytes: 4 * (4 * encoder.weights + 5 * decoder.weights + activations))
  }
}
