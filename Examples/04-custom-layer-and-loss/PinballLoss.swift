import Mynah

/// The pinball loss, mean max(q d, (q − 1) d) of d = t − p: what is least for predictions p that are the q-quantile of the
/// targets t (Koenker and Bassett 1978).
///
/// - Parameter quantile: q, in 0 ... 1; 0.5 gives the median.
func pinballLoss(_ predictions: Tensor, _ targets: Tensor, quantile: Double) -> Tensor {
  precondition(predictions.shape == targets.shape, "pinballLoss: shapes \(predictions.shape) and \(targets.shape)")
  let distance = targets - predictions
  return maximum(distance * quantile, distance * (quantile - 1)).mean()
}
