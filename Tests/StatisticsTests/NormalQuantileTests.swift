import Foundation
import MynahStatistics
import MynahTestSupport
import Testing

@Suite struct NormalQuantileTests {
  private struct Golden: Decodable {
    let arguments: [Double]
    let cumulative: [Double]
    let levels: [Double]
    let quantiles: [Double]
  }

  @Test func equalsSciPy() throws {
    let golden = try golden("normal-distribution.json", as: Golden.self)
    #expect(disagreement(golden.arguments.map(StandardNormal.cumulative), golden.cumulative, relative: 1e-12) == nil)
    #expect(
      disagreement(golden.levels.map(StandardNormal.quantile), golden.quantiles, absolute: 1e-15, relative: 1e-13)
        == nil)
  }

  @Test func eachUndoesTheOther() {
    for x in stride(from: -8.0, through: 5, by: 0.37) {
      #expect(abs(StandardNormal.quantile(StandardNormal.cumulative(x)) - x) < 1e-9 * max(1, abs(x)))
    }
  }

  @Test func endsAreInfinite() {
    #expect(StandardNormal.quantile(0) == -.infinity && StandardNormal.quantile(1) == .infinity)
    #expect(
      StandardNormal.quantile(-0.1).isNaN && StandardNormal.quantile(1.1).isNaN && StandardNormal.quantile(.nan).isNaN)
    #expect(StandardNormal.cumulative(-.infinity) == 0 && StandardNormal.cumulative(.infinity) == 1)
  }
}
