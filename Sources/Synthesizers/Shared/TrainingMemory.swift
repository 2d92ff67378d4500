import Foundation
import MynahEncoders

/// What a training takes of the machine's memory at least, held against what there is.
struct TrainingMemory {
  /// Floating point, since it can exceed every whole number.
  let bytes: Double

  /// - Parameters:
  ///   - names: of the table's columns.
  ///   - layout: of encoded rows, to name the column that makes them wide.
  ///   - available: bytes of memory.
  /// - Throws: `SynthesisError` where training needs more memory than there is, with what to do about it.
  func check(
    names: [String], _ layout: EncodedLayout, available: Double = Double(ProcessInfo.processInfo.physicalMemory)
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
