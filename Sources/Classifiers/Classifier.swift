import MynahRandomness

/// A way to learn classes from features: its hyperparameters. Fitting returns another type.
public protocol Classifier: Codable, Sendable {
  associatedtype Fitted: FittedClassifier
  /// The form of numbers it learns from.
  static var form: FeatureDesign.Form { get }

  /// Learns from rows, their classes (0 ..< `classCount`) and, where given, how much each row counts (1 by default).
  ///
  /// - Throws: `ClassifierError` when a class has no row, or the hyperparameters make no sense.
  func fitted(
    to matrix: DesignMatrix, classes: [Int32], classCount: Int, weights: [Double]?, using random: inout RandomSource
  ) throws -> Fitted
}

/// What a classifier learned.
public protocol FittedClassifier: Sendable {
  var classCount: Int { get }
  /// Every row's probability of every class, row-major, rows × `classCount`; those of a row sum to 1.
  ///
  /// - Throws: `ClassifierError` when the columns are not those of the training matrix.
  func probabilities(_ matrix: DesignMatrix) throws -> [Double]
}

extension FittedClassifier {
  /// Every row's probability of class `code`.
  public func probabilities(_ matrix: DesignMatrix, of code: Int) throws -> [Double] {
    let all = try probabilities(matrix)
    return stride(from: code, to: all.count, by: classCount).map { all[$0] }
  }
}

/// Why a classifier cannot be fitted or applied, in one line.
public struct ClassifierError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}

/// Weights that give every class the same total: n / (classes × rows of the class), as scikit-learn's "balanced".
public func balancedWeights(_ classes: [Int32], classCount: Int) -> [Double] {
  var counts = Array(repeating: 0.0, count: classCount)
  for code in classes { counts[Int(code)] += 1 }
  let present = Double(counts.count { $0 > 0 })
  return classes.map { Double(classes.count) / (present * counts[Int($0)]) }
}

/// - Throws: `ClassifierError` unless every class has a row, there are two at least, and the lengths agree.
func checkTraining(_ matrix: DesignMatrix, _ classes: [Int32], _ classCount: Int, _ weights: [Double]?)
  throws(ClassifierError)
{
  precondition(
    classes.count == matrix.rowCount && weights?.count ?? matrix.rowCount == matrix.rowCount,
    "fitted(to:): \(matrix.rowCount) rows, \(classes.count) classes, \(weights?.count ?? matrix.rowCount) weights")
  guard classCount >= 2 else { throw ClassifierError("there is one class only; a classifier takes two at least") }
  var seen = Array(repeating: false, count: classCount)
  for code in classes { seen[Int(code)] = true }
  if let absent = seen.firstIndex(of: false) {
    throw ClassifierError("class \(absent + 1) of \(classCount) has no row to learn from")
  }
}
