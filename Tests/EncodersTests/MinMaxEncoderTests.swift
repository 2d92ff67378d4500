import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEncoders

@Suite struct MinMaxEncoderTests {
  private func fitted(_ column: Column) throws -> FittedMinMaxEncoder {
    var random = RandomSource(seed: 1)
    return try MinMaxEncoder().fitted(to: column, using: &random)
  }

  @Test func scalesToTheRange() throws {
    let column = Column.continuous([-2, 6, 2, 0], nil)
    let encoder = try fitted(column)
    var random = RandomSource(seed: 2)
    #expect(encoder.spans == [EncodedSpan(width: 1, head: .tanh)])
    #expect(try encoder.encode(column, using: &random) == [.scalars([-1, 1, 0, -0.5])])
    // Outside of the range on either side of the scaling: its ends.
    #expect(try encoder.encode(.continuous([-9, 9], nil), using: &random) == [.scalars([-1, 1])])
    let outputs: [Float] = [-.infinity, -3, 0.25, 7, .nan]
    #expect(
      try encoder.decode([.scalars(outputs)], count: 5, using: &random) == .continuous([-2, -2, 3, 6, 2], nil))
  }

  @Test func missingValuesHaveACode() throws {
    let column = Column.integer([10, 0, 30, 20], Validity([true, false, true, true]))
    let encoder = try fitted(column)
    #expect(encoder.spans.map(\.width) == [1, 2] && encoder.spikes.isEmpty)
    #expect(checkFitted(encoder, on: column, tolerance: 0) == [])
  }

  @Test func wideAndNarrowRanges() throws {
    let huge = [-1.7e308, 1.7e308, 0]
    #expect(try checkFitted(fitted(.continuous(huge, nil)), on: .continuous(huge, nil), tolerance: 1e301) == [])
    let tiny = [0, 1, 2].map { $0 * Double.leastNonzeroMagnitude }
    #expect(try checkFitted(fitted(.continuous(tiny, nil)), on: .continuous(tiny, nil), tolerance: 0) == [])
    let constant = Column.timestamp([5, 5], nil)
    #expect(try fitted(constant).spans.isEmpty)
    #expect(try checkFitted(fitted(constant), on: constant, tolerance: 0) == [])
  }
}
