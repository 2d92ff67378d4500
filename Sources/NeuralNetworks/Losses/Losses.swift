import MynahTensors

/// Mean squared error, mean (p − t)².
public func meanSquaredError(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
  precondition(predictions.shape == targets.shape, "meanSquaredError: shapes \(predictions.shape) and \(targets.shape)")
  return (predictions - targets).squared().mean()
}

/// Cross entropy of a classification, mean over the rows of −log softmax(logits)[label].
///
/// - Parameters:
///   - logits: rows × classes.
///   - labels: int32, a class per row.
public func crossEntropy(_ logits: Tensor, labels: Tensor) -> Tensor {
  precondition(
    logits.rank == 2 && labels.shape == [logits.shape[0]],
    "crossEntropy: logits \(logits.shape), labels \(labels.shape)")
  let classes = logits.shape[1]
  let places = labels.withUnsafeElements(as: Int32.self) { labels in
    labels.enumerated().map { row, label in
      precondition(label >= 0 && Int(label) < classes, "crossEntropy: label \(label) of \(classes) classes")
      return Int32(row * classes) + label
    }
  }
  let chosen = logits.logSoftmax().reshaped(to: [logits.count, 1]).gatheringRows(Tensor(indices: places))
  return -chosen.mean()
}

/// Binary cross entropy of probabilities p = sigmoid(logits), mean of −t log p − (1 − t) log(1 − p).
///
/// Computed as the log-softmax of (l, 0), which overflows for no logit and has the right derivatives everywhere, at 0 too.
public func binaryCrossEntropyWithLogits(_ logits: Tensor, _ targets: Tensor) -> Tensor {
  precondition(
    logits.shape == targets.shape, "binaryCrossEntropyWithLogits: shapes \(logits.shape) and \(targets.shape)")
  let column = [logits.count, 1]
  let zeros = Tensor.zeros(column, scalarType: logits.scalarType)
  let logarithms = concatenate([logits.reshaped(to: column), zeros], alongAxis: 1).logSoftmax()
  let shares = targets.reshaped(to: column)
  return -(logarithms * concatenate([shares, 1 - shares], alongAxis: 1)).sum() / Double(logits.count)
}
