import Foundation
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite("HTML report")
struct HTMLReportTests {
  private func report(_ real: Table, _ synthetic: Table, title: String = "a run") throws -> HTMLReport {
    let data = RealData(train: real)
    return HTMLReport(
      title: title, facts: [("Model", "ctgan"), ("Rows", "200")],
      evaluation: try TableEvaluation(of: synthetic, against: data), real: data, synthetic: synthetic,
      training: (1...10).map { (epoch: $0, losses: ["critic": -1 / Double($0), "generator": $0 == 4 ? .nan : 2]) },
      scores: [(2, ["shape": 0.5]), (4, ["shape": 0.75])], provenance: [("seed", "1")])
  }

  private func small() throws -> HTMLReport {
    try report(GoldenTables.small(firstRow: 0, scale: 1), GoldenTables.small(firstRow: 5000, scale: 1.25))
  }

  @Test("Everything asked for is on the page, and the same every time") func contents() throws {
    let page = try small().render()
    for text in [
      "<bdi>a run</bdi>", "<dt>Model</dt><dd>ctgan</dd>", "<strong>83.7\u{202F}%</strong>",
      "<strong>66.1\u{202F}%</strong>", "<bdi>amount</bdi>", "no score: the real column has no values",
      "Of 36 pairs, 10 depend on each other", "<th scope=\"row\">seed</th><td class=\"value\">1</td>",
      "<bdi>critic</bdi>, at last -0.1", "aria-label=\"Losses by epoch\"", "<bdi>shape</bdi>, at last 0.75",
      "aria-label=\"Scores by epoch\"", "(missing): ", ">2020-09-",
    ] {
      #expect(page.contains(text), "no '\(text)'")
    }
    #expect(!page.contains("{{") && !page.contains("Optional(") && !page.contains("nil"))
    #expect(try small().render() == page)
  }

  @Test("Columns stand worst first, those without a score last") func order() throws {
    let report = try small()
    let names = ReportPage(report).columnSection.columns
    let scores = names.map { $0.score.flatMap(Double.init) ?? 2 }
    #expect(scores == scores.sorted())
    #expect(names.suffix(2).allSatisfy { $0.score == nil && $0.reason != nil })
  }

  @Test("The page is well formed: every tag closed, every attribute quoted") func wellFormed() throws {
    let page = try small().render()
    // As XML the page lacks only the closing of the void elements and has no declared entities.
    var xml = page.replacing("<!DOCTYPE html>", with: "")
    xml = xml.replacing(#/<meta([^>]*)>/#) { "<meta\($0.1)/>" }
    let parser = XMLWellFormedness(xml)
    #expect(parser.error == nil, "\(parser.error ?? "")")
  }

  @Test("Hostile names, levels and facts are shown as text and nothing else")
  func hostile() throws {
    // A quote with a combining accent is one character to Swift, and the end of an attribute to a browser.
    let names = [
      "<script>alert(1)</script>", "\" onload=\"alert(2)", "\"\u{301} onload='alert(3)'", "a\nb\u{0}c",
      "</style><img src=x onerror=alert(4)>", "{{title}}{{{title}}}", "=HYPERLINK(\"http://example.org\")",
    ]
    let level = GoldenTables.categories(names, names)
    let number = GoldenTables.numbers(names.indices.map(Double.init))
    let columns = names.enumerated().map {
      ($1, $0 % 2 == 0 ? ColumnKind.categorical : .continuous, $0 % 2 == 0 ? level : number)
    }
    let table = try GoldenTables.table(columns)
    var hostile = try report(table, table, title: names[0])
    hostile.facts = names.map { ($0, $0) }
    hostile.provenance = hostile.facts
    hostile.training = (1...3).map { epoch in
      (epoch, Dictionary(uniqueKeysWithValues: names.map { ($0, Double(epoch)) }))
    }
    let page = hostile.render()
    // The page's own script, and no other.
    #expect(page.split(separator: "<script", omittingEmptySubsequences: false).count == 2)
    #expect(!page.contains("<img"))
    #expect(!page.unicodeScalars.contains("\u{0}"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("{{title}}{{{title}}}"))
    // What is left between quotes has no quote in it: outside of tags' own attributes none is unescaped.
    #expect(!page.contains("\" onload") && !page.contains("\"\u{301}") && !page.contains("' onload"))
    for needle in ["\" onload=", "\"\u{301}"] {
      #expect(!page.utf8.map { $0 }.contains(needle.utf8.map { $0 }), "\(needle) is not escaped")
    }
    let xml = page.replacing("<!DOCTYPE html>", with: "").replacing(#/<meta([^>]*)>/#) { "<meta\($0.1)/>" }
    #expect(XMLWellFormedness(xml).attributeNames.isDisjoint(with: ["onload", "onerror", "src"]))
  }

  @Test("Nothing is fetched, and nothing is run but the script that the page's policy knows by its hash")
  func selfContained() throws {
    let page = try small().render()
    #expect(page.contains("default-src 'none'") && page.contains("; script-src 'sha256-"))
    #expect(page.contains("<script>\(PageScript.report.text)</script>"))
    for needle in ["http:", "https:", "src=", "href=\"./", "url(", "@import", "javascript:", "unsafe-eval"] {
      #expect(!page.contains(needle), "\(needle) in the page")
    }
  }

  @Test("A report of nothing is still a page") func empty() throws {
    let none = try Table(schema: Schema([]), columns: [])
    var page = try report(none, none)
    page.training = []
    page.scores = []
    page.provenance = []
    let text = page.render()
    #expect(text.contains("<strong>none</strong>"))
    #expect(!text.contains("id=\"training\"") && !text.contains("id=\"provenance\""))
    let one = try GoldenTables.small(firstRow: 0, scale: 1).gathering([0])
    #expect(try report(one, one.gathering([])).render().contains("<bdi>amount</bdi>"))
  }

  @Test("Histogram bins of whole numbers hold equally many of them") func wholeNumberBins() throws {
    // 0 … 99, once each: 25 bins of four. Bins of unequal content would make a comb.
    let column = Column.integer((0..<100).map { $0 }, nil)
    let picture = HistogramPicture(
      try #require(SortedNumbers(AlignedColumn(name: "x", kind: .integer, real: column, synthetic: column))))
    #expect(picture.peakLabel == "4\u{202F}%")
    #expect(Set(picture.syntheticPath.matches(of: #/V([0-9.]+)H/#).map { String($0.1) }) == ["1.0"])
    #expect(picture.lowLabel == "0" && picture.highLabel == "99")
  }

  @Test("Values far outside are counted at the edge, and the axis says so") func outliers() throws {
    let real = GoldenTables.numbers((0..<1000).map { Double($0) / 1000 })
    let synthetic = GoldenTables.numbers([0.5, 1e300, -1e300, .infinity])
    let picture = HistogramPicture(
      try #require(SortedNumbers(AlignedColumn(name: "x", kind: .continuous, real: real, synthetic: synthetic))))
    #expect(picture.lowLabel.hasPrefix("≤ ") && picture.highLabel.hasPrefix("≥ "))
    #expect(picture.peakLabel == "33\u{202F}%")
    #expect(!picture.syntheticPath.contains("nan"))
  }

  @Test(
    "Dates on the axis",
    arguments: [(0, "1970-01-01"), (951_782_400, "2000-02-29"), (-86_400, "1969-12-31"), (4_102_444_799, "2099-12-31")])
  func days(seconds: Double, expected: String) { #expect(Figures.day(secondsSince1970: seconds) == expected) }

  @Test("Ticks are round numbers inside the range") func ticks() {
    #expect(LossChart.roundNumbers(0, 10) == [0, 2, 4, 6, 8, 10])
    #expect(LossChart.roundNumbers(-0.013, 0.034) == [-0.01, 0, 0.01, 0.02, 0.03])
    #expect(LossChart.roundNumbers(1, 300) == [100, 200, 300])
    #expect(LossChart.roundNumbers(0, .infinity) == [])
  }
}
