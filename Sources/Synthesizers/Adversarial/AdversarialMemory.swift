import Foundation
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
  private let layout: EncodedLayout

  init(_ settings: some AdversarialSynthesizer, _ layout: EncodedLayout, _ space: ConditionSpace) {
    self.layout = layout
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

  /// - Parameters:
  ///   - names: of the table's columns.
  ///   - available: bytes of memory.
  /// - Throws: `SynthesisError` where training needs more memory than there is, with what to do about it.
  func check(
    names: [String], available: Double = Double(ProcessInfo.processInfo.physicalMemory)
  ) throws(SynthesisError) {
    guard bytes > available else { return }
    func gigabytes(_ bytes: Double) -> String { "\(String(format: "%.*f", bytes < 10e9 ? 1 : 0, bytes / 1e9)) GB" }
    let need = "training would take \(gigabytes(bytes)) of memory or more, and there are \(gigabytes(available))"
    let largest = layout.discreteColumns.max { $0.cardinality < $1.cardinality }
    guard let largest, largest.cardinality > 1_000 else {
      throw SynthesisError("\(need); smaller networks or batches would do")
    }
    throw SynthesisError(
      "\(need): column '\(names[largest.column])' has \(largest.cardinality) levels; group them, leave the column out, "
        + "or declare it an identifier")
  }
}
