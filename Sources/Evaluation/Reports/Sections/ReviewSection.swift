import MynahTables

/// The synthetic rows nearest to training rows, side by side, for a person to look at and decide about.
struct ReviewSection {
  let isConfidential: Bool
  let form: ReviewForm?
  let pairs: [Pair]

  struct Pair {
    let number: Int
    let trainNumber: String?
    let distance: String
    let summary: String?
    let cells: [Cell]
    let showsReal: Bool
    let rest: String?
    /// For the review file; nil where rows cannot be reviewed.
    let rowJSON: String?
  }
  struct Cell {
    let column: String
    let made: String
    let mark: String
    let spoken: String
    let style: String
    let genuine: String?
  }

  /// Cells of a pair that are shown at most; those that differ come first.
  private static let shown = 60

  /// Nil where no metric names pairs of rows.
  init?(_ report: HTMLReport) {
    var seen: Set<Int> = []
    let exhibits = report.exhibits.sorted { $0.key < $1.key }.flatMap(\.value)
    let (synthetic, train) = (report.synthetic, report.real.train)
    let pairs = exhibits.flatMap { exhibit -> [RowPair] in
      guard case .pairs(let pairs) = exhibit else { return [] }
      return pairs
    }.filter {
      (0..<synthetic.rowCount).contains($0.synthetic) && (0..<train.rowCount).contains($0.train)
        && seen.insert($0.synthetic).inserted
    }
    guard !pairs.isEmpty else { return nil }
    isConfidential = report.showsRealRows
    form = report.review.flatMap { ReviewForm($0, columns: synthetic.schema.columns.map(\.name)) }
    let compared = ComparedColumns(train: train, synthetic: synthetic)
    let made = synthetic.texts(ofRows: pairs.map(\.synthetic))
    let genuine = train.texts(ofRows: pairs.map(\.train))
    let isReviewed = form != nil
    self.pairs = zip(pairs, zip(made, genuine)).map { pair, texts in
      Self.pair(
        pair, compared.cells(made: texts.0, genuine: texts.1, showsReal: report.showsRealRows),
        showsReal: report.showsRealRows,
        json: isReviewed ? ReviewForm.row(pair, values: texts.0, namesTrainRow: report.showsRealRows) : nil)
    }
  }

  private static func pair(_ pair: RowPair, _ cells: [ComparedColumns.Compared], showsReal: Bool, json: String?) -> Pair
  {
    let differing = cells.count { $0.differs == true }
    let compared = cells.count { $0.differs != nil }
    let summary =
      differing == 0 ? "equal in all \(compared) columns" : "\(differing) of \(compared) columns differ"
    let isCut = cells.count > shown
    // Those that differ come first, where it is told which those are.
    let sorted = showsReal ? cells.filter { $0.differs == true } + cells.filter { $0.differs != true } : cells
    let kept = isCut ? Array(sorted.prefix(shown)) : cells
    return Pair(
      number: pair.synthetic + 1, trainNumber: showsReal ? String(pair.train + 1) : nil,
      distance: Figures.score(pair.distance), summary: showsReal ? summary : nil, cells: kept.map(\.cell),
      showsReal: showsReal,
      rest: isCut ? "\(cells.count - kept.count) more columns are not shown." : nil, rowJSON: json)
  }
}

/// Columns of the synthetic table beside those of the training table.
private struct ComparedColumns {
  struct Compared {
    let cell: ReviewSection.Cell
    /// nil for identifiers, which are made anew.
    let differs: Bool?
  }

  private let names: [String]
  /// By synthetic column, the place in the training table.
  private let places: [Int?]
  private let isIdentifier: [Bool]
  private let isNumber: [Bool]

  init(train: Table, synthetic: Table) {
    names = synthetic.schema.columns.map(\.name)
    places = names.map { train.schema.index(of: $0) }
    isIdentifier = synthetic.schema.columns.map { $0.kind == .identifier }
    isNumber = synthetic.columns.map { !$0.isDiscrete }
  }

  func cells(made: [String], genuine: [String], showsReal: Bool) -> [Compared] {
    names.indices.map { column in
      let text = made.indices.contains(column) ? made[column] : ""
      let other = places[column].flatMap { genuine.indices.contains($0) ? genuine[$0] : nil }
      let isCompared = other != nil && !isIdentifier[column]
      let differs = isCompared ? !isEqual(text, other ?? "", isNumber: isNumber[column]) : nil
      // A mark of equality would tell the training row's value without showing it.
      let told = showsReal ? differs : nil
      let (mark, spoken) = told.map { $0 ? ("≠", "differs") : ("=", "equal") } ?? ("", "not compared")
      return Compared(
        cell: ReviewSection.Cell(
          column: names[column], made: text, mark: mark, spoken: spoken, style: told == true ? "differs" : "same",
          genuine: showsReal ? other ?? "" : nil),
        differs: differs)
    }
  }

  private func isEqual(_ first: String, _ second: String, isNumber: Bool) -> Bool {
    if first == second { return true }
    // 39 and 39.0 are the same number, written by two tables.
    guard isNumber, let one = Double(first), let other = Double(second) else { return false }
    return one == other
  }
}
