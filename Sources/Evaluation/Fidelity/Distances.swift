/// The two-sample Kolmogorov–Smirnov statistic, the greatest distance between two empirical distribution functions:
///
///     D = sup |F(x) - G(x)|,   F(x) = share of the values that are at most x
///
/// - Parameters: two ascending samples, neither empty, without NaN.
/// - Returns: a number in [0, 1]; 0 for equal distributions, 1 for samples that do not overlap.
///
/// Hodges, "The significance probability of the Smirnov two-sample test", Arkiv för Matematik 3 (1958).
func kolmogorovSmirnov(sorted a: [Double], _ b: [Double]) -> Double {
  let (n, m) = (Double(a.count), Double(b.count))
  var (i, j) = (0, 0)
  var greatest = 0.0
  while i < a.count, j < b.count {
    let x = min(a[i], b[j])
    while i < a.count, a[i] == x { i += 1 }
    while j < b.count, b[j] == x { j += 1 }
    greatest = max(greatest, abs(Double(i) / n - Double(j) / m))
  }
  return greatest
}

/// Total variation between two lists of counts over the same levels, neither list summing to 0:
///
///     TV = ½ Σ |p - q|,   p = count / sum of counts
///
/// - Returns: a number in [0, 1]; 0 for equal frequencies, 1 where no level is shared.
func totalVariation(_ a: [Int], _ b: [Int]) -> Double {
  let (n, m) = (Double(a.reduce(0, +)), Double(b.reduce(0, +)))
  var sum = 0.0
  for (x, y) in zip(a, b) { sum += abs(Double(x) / n - Double(y) / m) }
  return min(1, sum / 2)
}
