import Foundation
import MynahRandomness
import MynahTables
import Testing

@testable import MynahEncoders

@Suite struct IdentifierEncoderTests {
  /// `count` new identifiers of the form of `texts`.
  private func fresh(_ count: Int, like texts: [String], seed: UInt64 = 1) throws -> [String] {
    var random = RandomSource(seed: seed)
    let column = Column.categorical(codes: texts.indices.map(Int32.init), levels: texts, nil)
    let encoder = try IdentifierEncoder().fitted(to: column, using: &random)
    #expect(encoder.spans.isEmpty)
    let stored = try JSONEncoder().encode(encoder)
    #expect(try JSONDecoder().decode(FittedIdentifierEncoder.self, from: stored) == encoder)
    for text in texts where text.count > 3 { #expect(!String(decoding: stored, as: UTF8.self).contains("\"\(text)\"")) }
    guard case .categorical(let codes, let levels, nil) = try encoder.decode([], count: count, using: &random) else {
      Issue.record("expected texts")
      return []
    }
    let made = codes.map { levels[Int($0)] }
    #expect(made.count == count && Set(made).count == count && Set(made).isDisjoint(with: texts))
    return made
  }

  @Test func numbersGoOn() throws {
    #expect(try fresh(2, like: ["TX-0007", "TX-0123"]) == ["TX-0124", "TX-0125"])
    #expect(try fresh(3, like: ["c8", "c9", "c10"]) == ["c11", "c12", "c13"])
    #expect(try fresh(1, like: ["2023-0998/B", "2023-0999/B"]) == ["2023-1000/B"])
    #expect(try fresh(1, like: ["9223372036854775807", "1"]) == ["9223372036854775808"])
    var random = RandomSource(seed: 1)
    for (greatest, first) in [(Int64(41), Int64(42)), (.max, .min), (-7, -6)] {
      let column = Column.integer([greatest, greatest == .max ? 3 : -30], nil)
      let encoder = try IdentifierEncoder().fitted(to: column, using: &random)
      #expect(try encoder.decode([], count: 2, using: &random) == .integer([first, first + 1], nil))
    }
  }

  @Test func otherTextsKeepTheirForm() throws {
    var random = RandomSource(seed: 7)
    func hex(_ count: Int) -> String {
      (0..<count).map { _ in String(random.index(below: 16), radix: 16) }.joined()
    }
    let uuids = (0..<300).map { _ in [8, 4, 4, 4, 12].map(hex).joined(separator: "-") }
    let form = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
    #expect(try fresh(500, like: uuids).allSatisfy { $0.wholeMatch(of: form) != nil })
    let accounts = (0..<300).map { _ in "acc_" + ["QX", "ZB", "MA", "KK"][random.index(below: 4)] + hex(9).uppercased()
    }
    #expect(try fresh(500, like: accounts).allSatisfy { $0.wholeMatch(of: /acc_[A-Z]{2}[0-9A-F]{9}/) != nil })
  }

  @Test func shortFormsGrowRatherThanRepeatRealOnes() throws {
    let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".flatMap { a in "AEIOU".map { "\(a)\($0)" } }
    #expect(try fresh(2_000, like: all).allSatisfy { $0.count > 2 })
    #expect(try fresh(3, like: ["only"]).count == 3)
    #expect(try fresh(3, like: []).count == 3)
    #expect(try fresh(0, like: ["a", "b"]).isEmpty)
    #expect(try fresh(20, like: ["日本", "日光", "x"]).count == 20)
  }

  @Test func missingOnesStayRare() throws {
    var random = RandomSource(seed: 8)
    let column = Column.integer(Array(1...1_000), someMissing(1_000, share: 0.3, using: &random))
    let encoder = try IdentifierEncoder().fitted(to: column, using: &random)
    let made = try encoder.decode([], count: 10_000, using: &random)
    #expect(abs(Double(made.missingCount) / 10_000 - Double(column.missingCount) / 1_000) < 0.02)
    #expect(throws: TableError.self) { try IdentifierEncoder().fitted(to: .continuous([1], nil), using: &random) }
  }
}
