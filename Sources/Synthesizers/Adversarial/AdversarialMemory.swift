import MynahEncoders

/// What training takes of the machine's memory, so that a network that can never fit is refused with the reason instead of
/// ending the program halfway.
///
/// Conditions are one-hot and go through every residual block to the generator's last layer, so that memory grows with
/// the square of a column's levels.
struct AdversarialMemory {
  /// An estimate from below, in bytes: float32 parameters with their gradients, Adam's two moments and the generator's
  /// average, and what a batch leaves behind for the way back. Floating point, since it can exceed every whole number.
  let bytes: Double

  init(_ settings: some AdversarialSynthesizer, _ layout: EncodedLayout, _ space: ConditionSpace) {
    let (width, condition) = (Double(layout.width), Double(space.width))
    var inputs = Double(settings.embeddingDimension) + condition
    var generator = 0.0
    for size in settings.generatorDimensions.map(Double.init) {
      generator += inputs * size
      inputs += size
    }
    generator += inputs * width
    var critic = 0.0
    var below = Double(settings.pac) * (settings.conditioning.isGiven ? width : width + condition)
    for size in settings.discriminatorDimensions.map(Double.init) {
      critic += below * size
      below = size
    }
    let activations = Double(settings.batchSize) * (2 * width + inputs - condition)
    bytes = 4 * (5 * generator + 4 * critic + activations)
  }

  /// - Throws: `SynthesisError` where training needs more memory than there is.
  func check(names: [String], _ layout: EncodedLayout) throws(SynthesisError) {
    try TrainingMemory(bytes: bytes).check(names: names, layout)
  }
}
