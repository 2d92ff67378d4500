import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEncoders

@Suite struct OneHotEncoderTests {
  private func fitted(_ column: Column, maximumLevels: Int = 1 << 24) throws -> FittedOneHotEncoder {
    var random = RandomSource(seed: 1)
    return try OneHotEncoder(maximumLevels: maximumLevels).fitted(to: column, using: &random)
  }

  /// One byte, two and four a code.
  @Test(arguments: [2, 256, 257, 65_537]) func levelsComeBack(levels: Int) throws {
    var random = RandomSource(seed: 2)
    let codes = (0..<Int32(levels)) + (0..<500).map { _ in Int32(random.index(below: levels)) }
    let column = Column.categorical(codes: Array(codes), levels: (0..<levels).map { "level \($0)" }, nil)
    let encoder = try fitted(column)
    #expect(encoder.spans == [EncodedSpan(width: levels, head: .softmax)])
    #expect(checkFitted(encoder, on: column, tolerance: 0) == [])
  }

  @Test func missingIsALevel() throws {
    let column = Column.categorical(codes: [0, -1, 1, -1], levels: ["a", "b"], Validity([true, false, true, false]))
    let encoder = try fitted(column)
    #expect(encoder.hasMissing && encoder.cardinality == 3 && encoder.code(of: "b") == 1)
    #expect(checkFitted(encoder, on: column, tolerance: 0) == [])
    var random = RandomSource(seed: 3)
    #expect(
      try encoder.encode(column, using: &random) == [.codes(CompactCodes([0, 2, 1, 2], cardinality: 3))])
  }

  @Test func columnsWithLittleToLearn() throws {
    let none = Validity(count: 2, allPresent: false)
    for column in [
      Column.categorical(codes: [0, 0], levels: ["only"], nil), .categorical(codes: [-1, -1], levels: [], none),
      .categorical(codes: [], levels: [], nil),
    ] {
      let encoder = try fitted(column)
      #expect(encoder.spans.isEmpty)
      #expect(checkFitted(encoder, on: column, tolerance: 0) == [])
    }
    let half = Column.categorical(codes: [0, -1], levels: ["only"], Validity([true, false]))
    #expect(try fitted(half).spans.map(\.width) == [2])
    #expect(try checkFitted(fitted(half), on: half, tolerance: 0) == [])
  }

  @Test func levelsThatDoNotOccurAreLeftOut() throws {
    let encoder = try fitted(.categorical(codes: [2, 0, 2], levels: ["a", "b", "c"], nil))
    #expect(encoder.levels == ["a", "c"])
    var random = RandomSource(seed: 4)
    // Another table may have its levels in another order.
    let other = Column.categorical(codes: [0, 1], levels: ["c", "a"], nil)
    #expect(try encoder.encode(other, using: &random) == [.codes(CompactCodes([1, 0], cardinality: 2))])
    let unknown = Column.categorical(codes: [0], levels: ["b"], nil)
    #expect(throws: TableError("has the level 'b', which the column the encoder was fitted to has not")) {
      try encoder.encode(unknown, using: &random)
    }
  }

  @Test func refusesBrokenColumns() {
    #expect(throws: TableError.self) { try fitted(.timestamp([1], nil)) }
    #expect(throws: TableError.self) { try fitted(.categorical(codes: [1], levels: ["a"], nil)) }
    #expect(throws: TableError.self) { try fitted(.categorical(codes: [-1], levels: ["a"], nil)) }
    #expect(throws: TableError.self) { try fitted(.categorical(codes: [0, 1], levels: ["a", "a"], nil)) }
    #expect(throws: TableError.self) { try FittedOneHotEncoder(levels: ["x", "x"], hasMissing: false) }
  }
}
