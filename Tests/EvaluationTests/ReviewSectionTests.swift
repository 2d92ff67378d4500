import Foundation
import MynahTables
import Testing

@testable import MynahEvaluation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What the page's script makes a review file of, read as a browser reads it.
@Suite struct ReviewSectionTests {
  /// Values of attributes, in the order in which they occur.
  private final class Attributes: NSObject, XMLParserDelegate {
    private(set) var values: [String: [String]] = [:]

    init(_ page: String) {
      super.init()
      var xml = page.replacing("<!DOCTYPE html>", with: "").replacing(#/<meta([^>]*)>/#) { "<meta\($0.1)/>" }
      xml = xml.replacing(#/<input([^>]*)>/#) { "<input\($0.1)/>" }
      let parser = XMLParser(data: Data(xml.utf8))
      parser.delegate = self
      _ = parser.parse()
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      for (name, value) in attributes { values[name, default: []].append(value) }
    }
  }

  private static let hostile = [
    "<script>alert(1)</script>", "\"'&lt;", "a\nb\u{0}c\u{9f}", "{{{made}}}", "=1+1", "\"\u{301}", "日本 🐦", "\\u0041",
    "",
  ]
  private static let schema = Schema([
    ColumnSchema(name: "na\"me<b>", kind: .categorical), ColumnSchema(name: "x", kind: .integer),
    ColumnSchema(name: "id", kind: .identifier),
  ])

  private func table(_ levels: [String], _ numbers: [Int64], firstIdentifier: Int64) throws -> Table {
    try Table(
      schema: Self.schema,
      columns: [
        .categorical(codes: levels.indices.map { Int32($0) }, levels: levels, nil), .integer(numbers, nil),
        .integer(levels.indices.map { firstIdentifier + Int64($0) }, nil),
      ])
  }

  private func page(_ synthetic: Table, _ train: Table, showsRealRows: Bool = true, isReviewed: Bool = true) throws
    -> String
  {
    let real = RealData(train: train)
    let pairs = (0..<synthetic.rowCount).map { RowPair(synthetic: $0, train: $0, distance: 0.125) }
    return HTMLReport(
      title: "t", facts: [], evaluation: try TableEvaluation(of: synthetic, against: real),
      exhibits: ["closest-record": [.pairs(pairs)]], real: real, synthetic: synthetic,
      review: isReviewed ? ReviewSubject(tableSHA256: "aa", trainSHA256: "bb") : nil, showsRealRows: showsRealRows
    ).render()
  }

  @Test("Ticked rows, whatever is in them, come back as the rows they were") func roundTrip() throws {
    let numbers = Self.hostile.indices.map { Int64($0) }
    let synthetic = try table(Self.hostile, numbers, firstIdentifier: 0)
    let found = Attributes(try page(synthetic, synthetic)).values
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    var review = try decoder.decode(Review.self, from: Data(try #require(found["data-review"]?.first).utf8))
    #expect(review.tableSha256 == "aa" && review.trainSha256 == "bb" && review.rows.isEmpty)
    #expect(review.columns == ["na\"me<b>", "x", "id"])
    review.rows = try (found["data-row"] ?? []).map { try decoder.decode(Review.Row.self, from: Data($0.utf8)) }
    #expect(review.rows.map { $0.values[0] } == Self.hostile)
    #expect(review.rows.map(\.row) == Array(1...Self.hostile.count))
    review.rows = review.rows.enumerated().map { place, row in
      var row = row
      row.decision = place % 2 == 0 ? .rejected : .accepted
      return row
    }
    // Other identifiers, another order: the rows are known by the rest.
    let again = try table(Self.hostile.reversed(), numbers.reversed(), firstIdentifier: 100)
    let places = Self.hostile.indices
    #expect(review.rows(.rejected, in: again) == Set(places.filter { $0 % 2 == 0 }.map { places.count - 1 - $0 }))
    #expect(review.rows(.accepted, in: synthetic) == Set(places.filter { $0 % 2 == 1 }))
  }

  @Test("No value of a real row is on a page that is not to show them") func realRowsAreKept() throws {
    let train = try table(["secretest"], [424_242], firstIdentifier: 0)
    let synthetic = try table(["made"], [7], firstIdentifier: 0)
    let open = try page(synthetic, train)
    #expect(
      open.contains("<bdi>secretest</bdi>") && open.contains("<bdi>424242</bdi>") && open.contains("Confidential."))
    let closed = try page(synthetic, train, showsRealRows: false)
    let section = try #require(closed.firstRange(of: "id=\"rows\"")).lowerBound
    #expect(!closed[section...].contains("secretest") && !closed[section...].contains("424242"))
    #expect(!closed.contains("Confidential.") && closed[section...].contains("<bdi>made</bdi>"))
    // Nor what they have in common with the synthetic row.
    let same = try page(synthetic, synthetic, showsRealRows: false)
    let pairs = try #require(same.firstRange(of: "<div class=\"pairs\">")).lowerBound
    let end = try #require(same[pairs...].firstRange(of: "</section>")).lowerBound
    for told in ["equal", "differ", "train_row", "training row"] {
      #expect(!same[pairs..<end].contains(told), "\(told)")
    }
    #expect(open.contains("train_row") && open.contains("to training row 1"))
  }

  @Test("Levels that few people have are not named on such a page") func rareLevels() throws {
    let levels = Array(repeating: "common", count: 20) + ["only one has it"]
    let schema = Schema([ColumnSchema(name: "c", kind: .categorical)])
    func table(_ values: [String]) throws -> Table {
      try Table(schema: schema, columns: [GoldenTables.categories(["common", "only one has it"], values)])
    }
    let (train, synthetic) = (try table(levels), try table(Array(levels.prefix(20))))
    #expect(try page(synthetic, train).contains("only one has it"))
    let closed = try page(synthetic, train, showsRealRows: false)
    #expect(!closed.contains("only one has it") && closed.contains("common") && closed.contains("1 other:"))
    // What the synthetic table shows is no secret.
    #expect(try page(train, train, showsRealRows: false).contains("only one has it"))
  }

  @Test("Rows that differ are marked, equal numbers in other words are not, identifiers are not compared") func marks()
    throws
  {
    let train = try Table(
      schema: Schema([
        ColumnSchema(name: "a", kind: .continuous), ColumnSchema(name: "b", kind: .continuous),
        ColumnSchema(name: "id", kind: .identifier),
      ]), columns: [.continuous([39], nil), .continuous([1], nil), .integer([1], nil)])
    var tenths = ColumnSchema(name: "a", kind: .continuous)
    tenths.minimumFractionDigits = 1
    let synthetic = try Table(
      schema: Schema([ColumnSchema(name: "id", kind: .identifier), tenths, ColumnSchema(name: "b", kind: .continuous)]),
      columns: [.integer([9], nil), .continuous([39], nil), .continuous([2], nil)])
    let text = try page(synthetic, train, isReviewed: false)
    #expect(text.contains("1 of 2 columns differ"))
    #expect(text.contains("<tr class=\"differs\"><th scope=\"row\"><bdi>b</bdi></th><td><bdi>2</bdi></td><td>≠"))
    #expect(text.contains("<bdi>39.0</bdi></td><td>=<span class=\"unseen\"> equal</span></td><td><bdi>39</bdi>"))
    #expect(!text.contains("<fieldset") && text.contains("Rows cannot be ticked here"))
  }
}
