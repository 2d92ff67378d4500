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

  /// Cut into pieces anyhow, the rows of a table have different identifiers, and none is a real one.
  @Test func piecesShareNoText() throws {
    var random = RandomSource(seed: 9)
    func text(_ form: String) -> String {
      String(
        form.map { character in
          switch character {
          case "a": "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "a"
          case "x": "0123456789abcdef".randomElement(using: &random) ?? "0"
          case "0": "0123456789".randomElement(using: &random) ?? "0"
          default: character
          }
        })
    }
    let cuts = [0, 1, 2, 700, 701, 3_000, 12_288, 20_000]
    for (form, seen) in [
      ("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", 300), ("aa-00", 500), ("C000000", 400), ("aaaa", 1), ("a", 20), ("", 0),
      ("é0a/日", 60),
    ] {
      let texts = Array(Set((0..<seen).map { _ in text(form) }))
      let column = Column.categorical(codes: texts.indices.map(Int32.init), levels: texts, nil)
      let encoder = try IdentifierEncoder().fitted(to: column, using: &random)
      var made: [String] = []
      for (first, end) in zip(cuts, cuts.dropFirst()) {
        guard case .categorical(_, let levels, nil) = try encoder.decode([], rows: first..<end, using: &random) else {
          Issue.record("expected texts")
          return
        }
        made += levels
      }
      #expect(made.count == 20_000 && Set(made).count == 20_000 && Set(made).isDisjoint(with: texts), "\(form)")
      // Neighbours are no neighbours: the last character of a row says nothing about the next row's.
      if form != "C000000" {
        let steps = zip(made, made.dropFirst()).map { Int($1.utf8.last ?? 0) - Int($0.utf8.last ?? 0) }
        #expect(Set(steps.prefix(600)).count > 10 || form.hasSuffix("日"), "\(form)")
      }
    }
  }

  @Test func piecesOfNumbersAreThoseOfOneTable() throws {
    var random = RandomSource(seed: 10)
    let texts = ["C000122", "C000123", "C000007"]
    for column in [
      Column.integer([5, 999, 12], nil), .categorical(codes: [0, 1, 2], levels: texts, nil), .integer([.max - 10], nil),
    ] {
      let encoder = try IdentifierEncoder().fitted(to: column, using: &random)
      let whole = try encoder.decode([], count: 500, using: &random)
      for rows in [0..<1, 1..<33, 33..<500] {
        let piece = try encoder.decode([], rows: rows, using: &random)
        switch (whole, piece) {
        case (.integer(let all, nil), .integer(let some, nil)): #expect(some == Array(all[rows]))
        case (.categorical(_, let all, nil), .categorical(let codes, let some, nil)):
          #expect(codes.map { some[Int($0)] } == Array(all[rows]))
        default: Issue.record("another kind of column")
        }
      }
    }
  }

  /// Two columns of one form are not each other's copy.
  @Test func columnsOfOneFormDiffer() throws {
    var random = RandomSource(seed: 11)
    let column = Column.categorical(codes: [0, 1, 2], levels: ["ab", "cd", "ef"], nil)
    let encoders = try (0..<2).map { _ in try IdentifierEncoder().fitted(to: column, using: &random) }
    #expect(
      try encoders[0].decode([], count: 50, using: &random) != encoders[1].decode([], count: 50, using: &random))
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
