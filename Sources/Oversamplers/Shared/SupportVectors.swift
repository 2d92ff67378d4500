import CLibSVM

/// Which rows are the support vectors of a classifier with a radial kernel: the rows near the border between classes that
/// SVM-SMOTE starts from (Nguyen, Cooper and Kamei, "Borderline over-sampling for imbalanced data classification", 2011).
///
/// The classifier is libsvm's C-SVC with C = 1, K(a, b) = exp(−γ ‖a − b‖²), γ = 1 / (features · variance of all entries), one
/// against one where there are more than two classes: scikit-learn's `SVC()`. Time grows at least with the square of the
/// rows, memory with rows × features, and 200 MB hold kernel values.
///
/// - Parameters:
///   - numbers: row-major, `labels.count × dimensions`, finite.
///   - labels: the class of each row, at least two different ones.
/// - Returns: row numbers, ascending.
/// - Throws: where there are fewer than two classes, or numbers that are not finite.
package func supportVectors(_ numbers: [Double], labels: [Int], dimensions: Int) throws(ResamplingError) -> [Int] {
  precondition(
    numbers.count == labels.count * dimensions && labels.count <= Int(Int32.max),
    "supportVectors: \(numbers.count) numbers for \(labels.count) rows of \(dimensions) dimensions")
  let classes = Set(labels).sorted()
  guard classes.count > 1 else {
    throw ResamplingError("support vectors need rows of at least two classes, there are rows of \(classes.count)")
  }
  guard numbers.allSatisfy(\.isFinite) else {
    throw ResamplingError(
      "support vectors need numbers, and some values are missing or infinite: fill them in, or drop their rows or columns"
    )
  }
  // libsvm takes classes in the order in which they appear, scikit-learn in ascending order; the path of the solver, and
  // with it the last digits of what is a support vector, depends on it.
  let codes = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
  let order = labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) }
  let problem = SparseProblem(
    numbers, dimensions: dimensions, order: order, targets: order.map { Double(codes[labels[$0]] ?? 0) })
  return try problem.supportVectors(gamma: scaledGamma(numbers, dimensions: dimensions)).map { order[$0] }.sorted()
}

/// 1 / (features · variance of all entries), 1 where they do not vary.
private func scaledGamma(_ numbers: [Double], dimensions: Int) -> Double {
  guard !numbers.isEmpty else { return 1 }
  let mean = numbers.reduce(0, +) / Double(numbers.count)
  let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
  return variance > 0 && variance.isFinite ? 1 / (Double(dimensions) * variance) : 1
}

/// Rows as libsvm wants them: lists of (column from 1 on, value), ended by column −1, zeros left out.
private struct SparseProblem {
  private var nodes: [svm_node] = []
  private var starts: [Int] = []
  private var targets: [Double]

  init(_ numbers: [Double], dimensions: Int, order: [Int], targets: [Double]) {
    self.targets = targets
    starts.reserveCapacity(order.count)
    nodes.reserveCapacity(order.count * (dimensions + 1))
    for row in order {
      starts.append(nodes.count)
      for j in 0..<dimensions where numbers[row * dimensions + j] != 0 {
        nodes.append(svm_node(index: Int32(j + 1), value: numbers[row * dimensions + j]))
      }
      nodes.append(svm_node(index: -1, value: 0))
    }
  }

  /// Places in `order`. Without probabilities and cross-validation libsvm draws no random numbers and keeps no state but
  /// where it prints, so trainings may run at the same time.
  func supportVectors(gamma: Double) throws(ResamplingError) -> [Int] {
    _ = silence
    var nodes = nodes
    var targets = targets
    var failure: String?
    var found: [Int] = []
    nodes.withUnsafeMutableBufferPointer { nodes in
      targets.withUnsafeMutableBufferPointer { targets in
        var rows: [UnsafeMutablePointer<svm_node>?] = starts.map { nodes.baseAddress?.advanced(by: $0) }
        rows.withUnsafeMutableBufferPointer { rows in
          var problem = svm_problem(l: Int32(targets.count), y: targets.baseAddress, x: rows.baseAddress)
          var settings = svm_parameter()
          settings.svm_type = Int32(C_SVC)
          settings.kernel_type = Int32(RBF)
          settings.gamma = gamma
          settings.cache_size = 200
          settings.eps = 1e-3
          settings.C = 1
          settings.shrinking = 1
          if let problem = svm_check_parameter(&problem, &settings) {
            failure = String(cString: problem)
            return
          }
          var model = svm_train(&problem, &settings)
          defer { svm_free_and_destroy_model(&model) }
          guard let model, let indices = model.pointee.sv_indices else { return }
          found = (0..<Int(model.pointee.l)).map { Int(indices[$0]) - 1 }
        }
      }
    }
    if let failure { throw ResamplingError("libsvm cannot look for support vectors: \(failure)") }
    return found
  }
}

/// libsvm reports its progress on standard output, where a table may be going.
private let silence: Void = svm_set_print_string_function { _ in }
