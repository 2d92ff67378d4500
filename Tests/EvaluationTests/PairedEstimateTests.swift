import MynahStatistics
import Testing

@testable import MynahEvaluation

@Suite struct PairedEstimateTests {
  /// Mean 0.02, s² = (4e-4 · 2) / 3 over J = 4 folds, n₂/n₁ = 1/3: v = s² (1/4 + 1/3), 3 degrees of freedom, of which
  /// 3.182446305284263 is SciPy's `t.ppf(0.975, 3)`.
  @Test func correctsForSharedTrainingRows() {
    let estimate = PairedEstimate([0, 0.04, 0.02, 0.02], heldOutPerTrained: 1.0 / 3)
    let error = (8e-4 / 3 * 7 / 12).squareRoot()
    #expect(abs(estimate.mean - 0.02) < 1e-15)
    #expect(abs(estimate.upper - 0.02 - 3.182446305284263 * error) < 1e-12)
    #expect(abs(estimate.lower - 0.02 + 3.182446305284263 * error) < 1e-12)
    // 0.02 / error = 1.60357; SciPy's 2 * t.sf of it.
    #expect(abs(estimate.p - 0.20714284399151292) < 1e-9)
  }

  /// v = 2 (1/2 + 1/2) = 2 of two folds, u = 2 of two replicates: v + u = 4, degrees of freedom 16 / (4 + 4) = 2.
  @Test func addsTheTestRowsVariance() {
    let estimate = PairedEstimate([2, 4], heldOutPerTrained: 0.5, replicateMeans: [1, 3])
    #expect(abs(estimate.mean - 3) < 1e-15)
    let critical = StudentT(degreesOfFreedom: 2).twoSidedCritical(0.05)
    #expect(abs(estimate.upper - 3 - 2 * critical) < 1e-9)
    #expect(abs(estimate.p - StudentT(degreesOfFreedom: 2).twoSidedTail(1.5)) < 1e-12)
  }

  @Test func equalFoldsHaveNoSpread() {
    let none = PairedEstimate([0, 0, 0], heldOutPerTrained: 0.25)
    #expect(none.p == 1 && none.lower == 0 && none.upper == 0)
    let same = PairedEstimate([0.1, 0.1, 0.1], heldOutPerTrained: 0.25)
    #expect(same.p == 0 && same.lower == same.mean && same.upper == same.mean)
  }

  /// R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
  @Test func holmIsRs() {
    let corrected = holmCorrected([0.01, 0.04, 0.03, 0.005])
    for (own, other) in zip(corrected, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(own - other) < 1e-12) }
    #expect(holmCorrected([0.9, 0.8]) == [1, 1])
  }
}
