#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many queries would single out in a population of another size.
///
/// A query that any row meets with chance w singles out in n rows with probability n w (1 − w)ⁿ⁻¹. For weights that are spread
/// evenly below an effective weight w, the expected number of queries is
///
///     f(n) = c · (1 − (n w + 1) (1 − w)ⁿ) / (n + 1),
///
/// and c and w are fitted by least squares to the numbers expected in ten smaller samples of the rows at hand. (Anonymeter
/// fits the same model to samples it draws; here the numbers are those of the hypergeometric distribution.)
///
/// Reference: A. Cohen and K. Nissim, "Towards formalizing the GDPR's notion of singling out", PNAS 2020.
struct PopulationCorrection {
  private let weight: Double

  /// - Parameters:
  ///   - matches: for each query how many of `population` rows meet it.
  ///   - population: above 0.
  init(matches: [Int], population: Int) {
    let sizes = (1...10).map { max(1, Double(population) * Double($0) / 10).rounded(.down) }
    var groups: [Int: Double] = [:]
    for count in matches where count > 0 { groups[count, default: 0] += 1 }
    let sorted = groups.sorted { $0.key < $1.key }
    let expected = sizes.map { size in
      sorted.reduce(0.0) { $0 + $1.value * Self.singlesOut($1.key, population, size) }
    }
    // The squared error has one valley in log w; a grid finds it, and thirds of the interval its bottom.
    func misfit(_ logarithm: Double) -> Double {
      let model = sizes.map { Self.share($0, exp(logarithm)) }
      let norm = model.reduce(0) { $0 + $1 * $1 }
      guard norm > 0 else { return .infinity }
      let scale = zip(model, expected).reduce(0) { $0 + $1.0 * $1.1 } / norm
      return zip(model, expected).reduce(0) { $0 + ($1.1 - scale * $1.0) * ($1.1 - scale * $1.0) }
    }
    let grid = (0...80).map { -Double($0) / 80 * log(100 * Double(population) + 10) }
    let best = grid.indices.min { misfit(grid[$0]) < misfit(grid[$1]) } ?? 0
    var (low, high) = (grid[min(grid.count - 1, best + 1)], grid[max(0, best - 1)])
    for _ in 0..<60 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if misfit(a) < misfit(b) { high = b } else { low = a }
    }
    weight = exp((low + high) / 2)
  }

  /// f(size) / f(population).
  func factor(from population: Int, to size: Int) -> Double {
    let here = Self.share(Double(population), weight)
    return here > 0 ? Self.share(Double(size), weight) / here : 1
  }

  private static func share(_ n: Double, _ w: Double) -> Double {
    // 1 − (n w + 1) (1 − w)ⁿ by logarithms, which keep their digits for small w.
    -expm1(log1p(n * w) + n * log1p(-min(w, 1 - 1e-12))) / (n + 1)
  }

  /// The chance that of `matches` among `population` rows exactly one is in a sample of `size`.
  private static func singlesOut(_ matches: Int, _ population: Int, _ size: Double) -> Double {
    let (m, total) = (Double(matches), Double(population))
    guard size + m - 1 <= total else { return 0 }
    // m · size / total · Π over the other matches of being left out.
    var chance = m * size / total
    for other in 0..<(matches - 1) {
      chance *= (total - size - Double(other)) / (total - 1 - Double(other))
      if chance < 1e-12 { return 0 }
    }
    return chance
  }
}
