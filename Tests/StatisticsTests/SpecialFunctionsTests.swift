import Foundation
import MynahStatistics
import MynahTestSupport
import Testing

@Suite struct SpecialFunctionsTests {
  private struct Golden: Decodable {
    let arguments: [Double]
    let digamma: [Double]
    let logGamma: [Double]
  }

  @Test func equalSciPy() throws {
    let golden = try golden("special-functions.json", as: Golden.self)
    #expect(disagreement(golden.arguments.map(digamma), golden.digamma, absolute: 1e-12, relative: 1e-14) == nil)
    #expect(disagreement(golden.arguments.map(logGamma), golden.logGamma, absolute: 1e-12, relative: 1e-14) == nil)
  }

  @Test func closedForms() {
    let euler = 0.57721566490153286061
    #expect(abs(digamma(1) + euler) < 1e-14)
    #expect(abs(digamma(0.5) + euler + 2 * log(2)) < 1e-13)
    // ψ(n + 1) = H(n) − γ.
    #expect(abs(digamma(8) - (1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4 + 1.0 / 5 + 1.0 / 6 + 1.0 / 7 - euler)) < 1e-13)
    #expect(abs(logGamma(0.5) - 0.5 * log(Double.pi)) < 1e-14)
    #expect(abs(logGamma(11) - log(3_628_800)) < 1e-13)
    #expect(abs(logBeta(2, 3) + log(12)) < 1e-13)
    #expect(digamma(0).isNaN && logGamma(-1).isNaN)
  }

  @Test func digammaIsTheDerivativeOfLogGamma() {
    for x in [0.3, 1.7, 6, 40.0] {
      let step = 1e-5 * x
      #expect(abs((logGamma(x + step) - logGamma(x - step)) / (2 * step) - digamma(x)) < 1e-7 * max(1, 1 / x))
    }
  }
}
