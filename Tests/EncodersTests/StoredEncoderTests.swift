import Foundation
import MynahEncoders
import MynahRandomness
import MynahTables
import Testing

/// A model file is not to be trusted: what it says either makes an encoder that works or is an error.
@Suite struct StoredEncoderTests {
  private func stored(_ fitted: FittedTableEncoder) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(fitted), as: UTF8.self)
  }

  private func fitted() throws -> FittedTableEncoder {
    var random = RandomSource(seed: 1)
    return try TableEncoder().fitted(to: mixedTable(400), using: &random)
  }

  @Test func comesBackEqual() throws {
    let fitted = try fitted()
    let text = try stored(fitted)
    let again = try JSONDecoder().decode(FittedTableEncoder.self, from: Data(text.utf8))
    #expect(again == fitted)
    #expect(try stored(again) == text)
    // The greatest key is needed to go on after it; the others are not kept.
    #expect(text.contains("1399") && !text.contains("1398") && !text.contains("1000"))
  }

  @Test(arguments: [
    #"{"encoder":"one-hot","parameters":{"levels":["a","a"],"hasMissing":false}}"#,
    #"{"encoder":"two-hot","parameters":{"levels":["a"],"hasMissing":false}}"#,
    #"{"encoder":"one-hot","parameters":{"levels":["a"]}}"#,
    mode(deviation: "0"), mode(deviation: "-1"), mode(deviation: "1e999"), mode(weight: "0"), mode(weight: "2"),
    mode(spikes: "[2,1]"), mode(spikes: "[1,1]"), mode(minimum: "3"), mode(digits: "-1"), mode(digits: "9999"),
    mode(form: "complex"), mode(step: "0"), mode(step: "0.5"),
    #"{"encoder":"identifier","parameters":{"form":{"numbers":{"after":1}},"missingShare":2,"seenCount":1}}"#,
    #"{"encoder":"identifier","parameters":{"form":{"numbers":{"after":1}},"missingShare":0,"seenCount":-1}}"#,
    #"{"encoder":"identifier","parameters":{"form":{"texts":{"_0":{"prefix":"","suffix":"","digits":9999999999,"#
      + #""greatest":1,"longestSeen":1,"key":7,"places":[]}}},"missingShare":0,"seenCount":1}}"#,
  ]) func nonsenseIsAnError(text: String) {
    #expect(throws: (any Error).self) { try JSONDecoder().decode(FittedColumn.self, from: Data(text.utf8)) }
  }

  @Test func theSameTextWithoutTheNonsenseIsNone() {
    #expect(throws: Never.self) { try JSONDecoder().decode(FittedColumn.self, from: Data(Self.mode().utf8)) }
  }

  private static func mode(
    form: String = "continuous", deviation: String = "1", weight: String = "1", spikes: String = "[1,2]",
    minimum: String = "0", digits: String = "2", step: String = "1"
  ) -> String {
    """
    {"encoder":"mode-specific","parameters":{"form":"\(form)","origin":0,"hasMissing":false,"minimum":\(minimum),\
    "maximum":2,"fractionDigits":\(digits),"step":\(step),"spikes":\(spikes),\
    "modes":[{"mean":0,"deviation":\(deviation),"weight":\(weight)}]}}
    """
  }

  @Test func columnsMustFitTheSchema() throws {
    let fitted = try fitted()
    #expect(throws: TableError.self) {
      try FittedTableEncoder(schema: fitted.schema, columns: Array(fitted.columns.dropLast()))
    }
    #expect(throws: TableError.self) {
      try FittedTableEncoder(schema: fitted.schema, columns: fitted.columns.reversed())
    }
  }

  /// Whatever is changed, either reading fails or sampling works.
  @Test func damagedTextNeverCrashes() throws {
    let text = Array(try stored(fitted()).utf8)
    var random = RandomSource(seed: 3)
    let digits = Array("0123456789-.e".utf8)
    var survivors = 0
    for _ in 0..<300 {
      var damaged = text
      for _ in 0...random.index(below: 3) {
        let place = random.index(below: damaged.count)
        // Mostly digits into numbers, so that the text often stays JSON.
        guard digits.contains(damaged[place]) || random.uniform() < 0.1 else { continue }
        damaged[place] = digits[random.index(below: digits.count)]
      }
      guard let encoder = try? JSONDecoder().decode(FittedTableEncoder.self, from: Data(damaged)) else { continue }
      survivors += 1
      let width = encoder.layout.width
      let rows = (0..<20 * width).map { _ in Float(random.normal()) }
      #expect(throws: Never.self) { try encoder.decode(activated: rows, rowCount: 20, using: &random) }
    }
    #expect(survivors > 50)
  }
}
