import MynahRandomness
import MynahSynthesizers
import MynahTables
import Testing

@testable import MynahExperiments

@Suite struct RowSamplerTests {
  @Test func identifiersDifferBetweenPieces() throws {
    let schema = Schema([
      ColumnSchema(name: "key", kind: .identifier), ColumnSchema(name: "name", kind: .identifier),
      ColumnSchema(name: "colour", kind: .categorical),
    ])
    let names = (0..<40).map { "\($0 % 7)q-\($0)" }
    let table = try Table(
      schema: schema,
      columns: [
        .integer(Array(1...40), nil), .categorical(codes: Array(0..<40), levels: names, nil),
        .categorical(codes: (0..<40).map { $0 % 2 }, levels: ["red", "green"], nil),
      ])
    var settings = CTGAN()
    (settings.epochs, settings.batchSize, settings.pac, settings.embeddingDimension) = (1, 20, 2, 2)
    (settings.generatorDimensions, settings.discriminatorDimensions) = ([4], [4])
    var random = RandomSource(seed: 1)
    let model = try settings.fitted(to: table, using: &random, observer: SilentObserver())

    var keys: [Int64] = []
    var made: Set<String> = []
    var pieces = 0
    try RowSampler(model, seed: 3).sample(120_000) { piece in
      pieces += 1
      guard case .integer(let some, nil)? = piece["key"], case .categorical(_, let levels, nil)? = piece["name"] else {
        Issue.record("expected identifiers")
        return
      }
      keys += some
      made.formUnion(levels)
    }
    #expect(pieces > 1)
    #expect(keys == Array(41...120_040))
    #expect(made.count == 120_000 && made.isDisjoint(with: names))
  }
}
