import MynahStatistics
import Testing

@Suite struct StandardNormalTests {
  /// Values of Φ⁻¹ by mpmath 1.3.0 at 40 digits, rounded.
  @Test(arguments: [
    (0.975, 1.9599639845400545), (0.5, 0.0), (0.001, -3.090232306167813), (1e-20, -9.262340089798408),
    (0.3, -0.5244005127080407), (1e-300, -37.0470962993612),
  ])
  func quantiles(_ p: Double, _ expected: Double) {
    #expect(abs(StandardNormal.quantile(p) - expected) <= 1e-13 * max(1, abs(expected)))
    #expect(abs(StandardNormal.cumulative(expected) - p) <= 1e-11 * p)
  }

  @Test func endsAndSymmetry() {
    #expect(StandardNormal.quantile(0) == -.infinity && StandardNormal.quantile(1) == .infinity)
    #expect(StandardNormal.quantile(-0.1).isNaN && StandardNormal.quantile(1.1).isNaN)
    for p in [0.01, 0.2, 0.4] { #expect(abs(StandardNormal.quantile(p) + StandardNormal.quantile(1 - p)) < 1e-12) }
    #expect(StandardNormal.density(.infinity) == 0 && StandardNormal.density(-.infinity) == 0)
  }

  /// Far out in either tail a draw stays between its ends, and its distribution function is that of the normal.
  @Test(arguments: [(-1.0, 0.5), (3.0, 4.0), (9.0, 9.5), (-12.0, -11.0), (6.0, Double.infinity), (-.infinity, -7.0)])
  func truncated(_ a: Double, _ b: Double) {
    var last = -Double.infinity
    for uniform in [0.0, 0.1, 0.5, 0.9, 0.999] {
      let x = StandardNormal.truncatedQuantile(uniform, from: a, to: b)
      #expect(x >= a && x <= b && x >= last)
      last = x
      // Mirrored, so that both tails are told apart from 0.
      let sign = a > 0 ? -1.0 : 1.0
      let (low, high) = a > 0 ? (-b, -a) : (a, b)
      let share =
        (StandardNormal.cumulative(sign * x) - StandardNormal.cumulative(low))
        / (StandardNormal.cumulative(high) - StandardNormal.cumulative(low))
      #expect(abs(share - (a > 0 ? 1 - uniform : uniform)) < 1e-9)
    }
  }
}
