/// A square of cells, one for every two columns: orange above 0, blue below, the paler the nearer to it. Opacity over the
/// page's ground makes it right in light and dark.
struct HeatMapPicture {
  let mapTitle: String
  let side: String
  let size: String
  let nameEnd: String
  let names: [Name]
  let cells: [Cell]

  struct Name {
    let short: String
    let full: String
    let row: String
    let column: String
  }
  struct Cell {
    let x: String
    let y: String
    let sign: String
    let strength: String
    let text: String
  }

  private static let margin = 92.0
  private static let letters = 12

  /// - Parameters:
  ///   - title: what is shown.
  ///   - table: the figures.
  ///   - shown: places of columns.
  ///   - figure: of a pair, in −1...1.
  init(_ title: String, _ table: DependenceTable, _ shown: [Int], figure: (DependenceTable.Pair) -> Double?) {
    let step = max(12, min(20, 240 / Double(max(1, shown.count))))
    var places: [Int: Int] = [:]
    for (place, column) in shown.enumerated() { places[column] = place }
    var cells: [Cell] = []
    for pair in table.pairs {
      guard let first = places[pair.first], let second = places[pair.second] else { continue }
      let value = figure(pair)
      let sign = value.map { $0 < 0 ? "cold" : "warm" } ?? "none"
      let strength = Figures.fixed(min(1, abs(value ?? 0)), 2)
      let text =
        "\(table.names[pair.first]) × \(table.names[pair.second]): "
        + (value.map { "\(pair.measure) \(Figures.fixed($0, 2))" } ?? "no figure")
      for (row, column) in [(first, second), (second, first)] {
        cells.append(
          Cell(
            x: Figures.point(Self.margin + Double(column) * step), y: Figures.point(Self.margin + Double(row) * step),
            sign: sign, strength: strength, text: text))
      }
    }
    self.cells = cells
    names = shown.enumerated().map { place, column in
      let (name, middle) = (table.names[column], Self.margin + (Double(place) + 0.5) * step + 4)
      return Name(
        short: name.count > Self.letters ? name.prefix(Self.letters - 1) + "…" : name, full: name,
        row: Figures.point(middle), column: Figures.point(middle))
    }
    mapTitle = title
    side = Figures.point(Self.margin + Double(shown.count) * step + 1)
    size = Figures.point(step - 1)
    nameEnd = Figures.point(Self.margin - 4)
  }
}
