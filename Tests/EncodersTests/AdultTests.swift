import Foundation
import MynahEncoders
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

/// The field's standard table; skipped where it is not at hand.
@Suite struct AdultTests {
  private static let discrete: Set<String> = [
    "workclass", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex",
    "native-country", "income",
  ]

  @Test(.enabled(if: realTable("adult_train.csv") != nil, Comment(rawValue: needsRealTables)))
  func adultComesBack() throws {
    let file = URL(filePath: try #require(realTable("adult_train.csv")))
    let table = try plainTable(file, discrete: Self.discrete)
    var random = RandomSource(seed: 1)
    let fitted = try TableEncoder().fitted(to: table, using: &random)
    let encoded = try fitted.encode(table, using: &random)
    let decoded = try fitted.decode(encoded, using: &random)
    for (index, described) in table.schema.columns.enumerated() {
      if described.isDiscrete {
        #expect(differences(decoded.columns[index], table.columns[index], tolerance: 0) == [])
        continue
      }
      let changed = (0..<table.rowCount).filter {
        decoded.columns[index].number(at: $0) != table.columns[index].number(at: $0)
      }
      #expect(changed.count < 40, "\(described.name): only what lies beyond 4 σ of its mode is clipped")
    }

    // One-byte codes and one scalar for most numbers: well below five bytes a cell.
    let bytes = encoded.blocks.reduce(0) { sum, block in
      switch block {
      case .scalars(let values): sum + 4 * values.count
      case .codes(let codes): sum + codes.count * (codes.cardinality <= 256 ? 1 : 2)
      }
    }
    #expect(Double(bytes) / Double(table.rowCount * table.columns.count) < 3)

    func spikes(_ name: String) -> [Double] {
      guard let index = table.schema.index(of: name),
        let modes = fitted.columns[index].encoder as? FittedModeSpecificEncoder
      else {
        return []
      }
      return modes.spikes
    }
    #expect(spikes("capital-gain").first == 0 && spikes("capital-loss").first == 0)
    #expect(spikes("hours-per-week").contains(40))
    #expect(spikes("age").isEmpty && spikes("fnlwgt").isEmpty)
  }
}
