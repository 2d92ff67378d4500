import MynahClassifiers
import MynahRandomness

/// A classifier that was taught rows in which some classes may be absent: those have probability 0, and where one class is
/// left it is certain.
struct ClassModel {
  private let fitted: (any FittedClassifier)?
  /// The classes that were learned, ascending.
  private let present: [Int32]
  private let form: FeatureDesign.Form
  let classCount: Int
  /// Of trees: each feature's gain.
  let gains: [Double]?

  /// - Parameter rows: at least one.
  init<C: Classifier>(
    _ classifier: C, learning rows: LearningRows, classCount: Int, using random: inout RandomSource
  ) throws {
    present = Set(rows.codes).sorted()
    self.classCount = classCount
    form = C.form
    guard present.count >= 2 else {
      (fitted, gains) = (nil, nil)
      return
    }
    let places = Dictionary(uniqueKeysWithValues: zip(present, Int32(0)...))
    let model = try classifier.fitted(
      to: rows[form], classes: rows.codes.map { places[$0] ?? 0 }, classCount: present.count, weights: nil,
      using: &random)
    fitted = model
    gains = try (model as? FittedBoostedTrees)?.totalGains()
  }

  /// Row-major, rows × `classCount`.
  func probabilities(of rows: LearningRows) throws -> [Double] {
    var result = Array(repeating: 0.0, count: rows.count * classCount)
    let own = try fitted?.probabilities(rows[form])
    for row in 0..<rows.count {
      for (place, code) in present.enumerated() {
        result[row * classCount + Int(code)] = own.map { $0[row * present.count + place] } ?? 1
      }
    }
    return result
  }
}
