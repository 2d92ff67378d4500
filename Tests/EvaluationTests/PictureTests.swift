import MynahTables
import Testing

@testable import MynahEvaluation

/// Drawings whose coordinates can be worked out by hand.
@Suite struct PictureTests {
  @Test("A heat map has each pair on both sides of the diagonal, its sign as a colour and its strength as opacity")
  func heatMap() throws {
    let schema = Schema(["a", "b", "c"].map { ColumnSchema(name: $0, kind: .continuous) })
    let real = try Table(
      schema: schema, columns: [[1, 2, 3, 4], [4, 3, 2, 1], [5, 5, 5, 5]].map { .continuous($0, nil) })
    let table = DependenceTable(try alignedColumns(real: real, synthetic: real))
    let map = HeatMapPicture("Real", table, [0, 1, 2]) { $0.real }
    // r(a, b) = −1; c does not vary.
    #expect(map.cells.map(\.sign) == ["cold", "cold", "none", "none", "none", "none"])
    #expect(map.cells.map(\.strength).prefix(2) == ["1.00", "1.00"])
    #expect(map.cells[0].x == map.cells[1].y && map.cells[0].y == map.cells[1].x && map.cells[0].x != map.cells[0].y)
    #expect(map.cells[0].text == "a × b: r -1.00" && map.cells[2].text == "a × c: no figure")
    #expect(table.worst(5).map(\.difference) == [0])
  }

  @Test("Distances are counted in 60 bins, those beyond the farthest hundredth in the last") func distances() throws {
    // 0 to 59: a bin each, and one far away with the last of them. All of the other series is in the first bin.
    let even = (0..<60).map(Double.init) + [59, 1e9]
    let exhibit = DistanceExhibit(
      title: "t", note: "n",
      series: [.init(name: "even", distances: even), .init(name: "near", distances: Array(repeating: 0, count: 4))])
    let picture = try #require(DistancePicture(exhibit))
    #expect(picture.lines.map(\.lineName) == ["even", "near"] && picture.lines.map(\.style) == ["line0", "line1"])
    // The peak, at the top, is all of the second series: 8 of a height of 184 from the bottom at 192.
    #expect(picture.lines[1].path.hasPrefix("M56.0 192.0V8.0H66.9V192.0H77.7"))
    #expect(picture.lines[0].path.hasSuffix("V183.1H708.0V192.0"))
    #expect(DistancePicture(DistanceExhibit(title: "", note: "", series: [])) == nil)
    let zeros = DistanceExhibit(title: "", note: "", series: [.init(name: "z", distances: [0, 0])])
    #expect(DistancePicture(zeros)?.lines.count == 1)
  }

  @Test("A score lies between its yardsticks, better to the right") func position() throws {
    func place(_ goal: Goal) throws -> PositionPicture {
      let score = MetricScore(.value(0.75, details: [:]), goal: goal, unseen: 1, marginals: 0)
      return try #require(
        PositionPicture(
          ScoredMetric(name: "m", title: "m", meaning: "", family: .fidelity, bounds: 0...1, score: score)))
    }
    // From 8 to 152.
    #expect(try place(.maximize).dot == "116.0" && place(.maximize).ceiling == "M152.0 2V22")
    #expect(try place(.minimize).dot == "44.0" && place(.minimize).ceiling == "M8.0 2V22")
    #expect(try place(.maximize).spoken == "score 0.750, unseen real rows 1.000, independent columns 0")
  }

  @Test("Curves run from corner to corner, on a logarithmic axis from a thousandth") func curves() {
    let line = CurveExhibit.Line(
      name: "l", roc: [PlotPoint(0, 0), PlotPoint(0.01, 0.5), PlotPoint(1, 1)],
      precisionRecall: [PlotPoint(0, 1), PlotPoint(1, 0.25)], rocArea: 0.7, averagePrecision: 0.6)
    let exhibit = CurveExhibit(title: "t", note: "n", lines: [line], prevalence: 0.25)
    #expect(CurvePicture(roc: exhibit, logarithmic: false).paths.map(\.path) == ["M44.0 228.0L46.5 118.0L292.0 8.0"])
    // log10: 0.001 at 0, 0.01 at a third.
    #expect(CurvePicture(roc: exhibit, logarithmic: true).paths.map(\.path) == ["M44.0 228.0L126.7 118.0L292.0 8.0"])
    let precision = CurvePicture(precisionRecall: exhibit)
    #expect(precision.paths.map(\.path) == ["M44.0 8.0L292.0 173.0"] && precision.chance == "M44.0 173.0L292.0 173.0")
  }

  @Test("The best of several is marked, none where there is nothing to choose between") func best() {
    #expect(SortableTable.best([1, nil, 3], .maximize) == [false, false, true])
    #expect(SortableTable.best([1, nil, 3, 1], .minimize) == [true, false, false, true])
    #expect(SortableTable.best([1, nil, 1], .minimize) == [false, false, false])
    #expect(SortableTable.best([nil, 2], .maximize) == [false, false])
  }

  @Test("Links of a comparison lead below its page and nowhere else") func links() {
    #expect(ComparisonTables.relative("ctgan/report.html") == "./ctgan/report.html")
    #expect(ComparisonTables.relative("javascript:alert(1)") == "./javascript%3Aalert%281%29")
    #expect(ComparisonTables.relative("//example.org") == ".///example.org")
    #expect(ComparisonTables.relative("a b\"é") == "./a%20b%22%C3%A9")
  }
}
