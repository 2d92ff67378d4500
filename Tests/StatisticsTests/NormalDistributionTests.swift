import Foundation
import MynahStatistics
import MynahTestSupport
import Testing

@Suite struct NormalDistributionTests {
  private struct Golden: Decodable {
    let arguments: [Double]
    let cumulative: [Double]
    let levels: [Double]
    let quantiles: [Double]
  }

  @Test func equalsSciPy() throws {
    let golden = try golden("normal-distribution.json", as: Golden.self)
    #expect(disagreement(golden.arguments.map(normalCumulative), golden.cumulative, relative: 1e-12) == nil)
    #expect(
      disagreement(golden.levels.map(normalQuantile), golden.quantiles, absolute: 1e-15, relative: 1e-13) == nil)
  }

  @Test func eachUndoesTheOther() {
    for x in stride(from: -8.0, through: 5, by: 0.37) {
      #expect(abs(normalQuantile(normalCumulative(x)) - x) < 1e-9 * max(1, abs(x)))
    }
  }

  @Test func endsAreInfinite() {
    #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity)
    #expect(normalQuantile(-0.1).isNaN && normalQuantile(1.1).isNaN && normalQuantile(.nan).isNaN)
    #expect(normalCumulative(-.infinity) == 0 && normalCumulative(.infinity) == 1)
  }
}
