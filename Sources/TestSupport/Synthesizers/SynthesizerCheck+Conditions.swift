import MynahSynthesizers
import MynahTables

extension SynthesizerCheck {
  /// Conditions on columns of every kind are met by every row; what no row can meet is refused.
  func conditions(_ model: S.Fitted) throws {
    let columns = table.schema.columns.indices.filter { table.schema.columns[$0].kind != .identifier }
    for index in columns {
      for value in askable(index) { met(model, [Condition(column: table.schema.columns[index].name, value: value)]) }
    }
    // What one real row holds: the more columns, the fewer rows can meet all.
    let row = (0..<table.rowCount).first { row in columns.count(where: { table.columns[$0].isMissing(row) }) <= 1 } ?? 0
    let whole = columns.compactMap { index in
      text(index, row).map { Condition(column: table.schema.columns[index].name, value: $0) }
    }
    let discrete = whole.filter {
      table.schema.index(of: $0.column).map { table.schema.columns[$0].isDiscrete } ?? false
    }
    met(model, discrete + discrete)
    if let number = whole.first(where: { !discrete.contains($0) }) { met(model, discrete.prefix(1) + [number]) }
    for count in [3, 5, whole.count] { met(model, Array(whole.suffix(count)), mayGiveUp: true) }
    met(model, excluded(), mayGiveUp: true)
    expect(try sample(model, 0, whole).rowCount == 0, "no rows at all meet any conditions")
    try impossible(model, columns)
  }

  private func impossible(_ model: S.Fitted, _ columns: [Int]) throws {
    func refused(_ promise: String, _ pairs: [(String, String)]) {
      let conditions = pairs.map { Condition(column: $0.0, value: $0.1) }
      // Not the full patience: a model that draws rows again would draw it out for every condition.
      expectRefusal("\(promise) is refused") { _ = try sample(model, 3, conditions, patience: 20_000) }
    }
    refused("a condition on an unknown column", [("no such column", "x")])
    for index in table.schema.columns.indices {
      let described = table.schema.columns[index]
      let name = described.name
      if described.kind == .identifier { refused("a condition on the identifier '\(name)'", [(name, "1001")]) }
      if table.columns[index].missingCount == 0, described.kind != .identifier {
        refused("a missing value of '\(name)', which has none,", [(name, described.missingMarker)])
      }
      if described.kind != .identifier { refused("a value that '\(name)' cannot have", [(name, "no such value")]) }
      if let greatest = described.maximum, described.kind == .continuous {
        refused("a value beyond the range of '\(name)'", [(name, "\(greatest + 1)")])
      }
      let values = askable(index)
      if values.count > 1 { refused("'\(name)' with two values", [(name, values[0]), (name, values[1])]) }
    }
  }

  private func met(_ model: S.Fitted, _ conditions: [Condition], mayGiveUp: Bool = false) {
    let asked = conditions.map { "\($0.column)=\($0.value)" }.joined(separator: ", ")
    let rows: Table
    do {
      rows = try sample(model, 20, conditions, patience: mayGiveUp ? 2_000 : 200_000)
    } catch {
      let isClear = mayGiveUp && error is SynthesisError
      expect(isClear, "rows with \(asked) are made", seen: "\(error)")
      return
    }
    expect(rows.rowCount == 20, "as many rows with \(asked) as asked for", seen: "\(rows.rowCount)")
    for condition in conditions {
      guard let index = table.schema.index(of: condition.column) else { continue }
      let bad = (0..<rows.rowCount).first { text(index, $0, of: rows) != condition.value }
      expect(
        bad == nil, "every row has \(asked)",
        seen: bad.map { "\(condition.column)=\(text(index, $0, of: rows) ?? "?")" } ?? "")
    }
  }

  /// A level each of two discrete columns that no row holds together; none where there are no such.
  private func excluded() -> [Condition] {
    let columns = table.schema.columns.indices.filter { table.schema.columns[$0].isDiscrete }
    for first in columns {
      for second in columns where second > first {
        let rows = (0..<table.rowCount).map { [text(first, $0), text(second, $0)] }
        for a in askable(first) {
          if let b = askable(second).first(where: { !rows.contains([a, $0]) }) {
            return [
              Condition(column: table.schema.columns[first].name, value: a),
              Condition(column: table.schema.columns[second].name, value: b),
            ]
          }
        }
      }
    }
    return []
  }

  /// Up to two values that rows of the column hold more than once, and a missing one if there is any.
  private func askable(_ index: Int) -> [String] {
    var counts: [String: Int] = [:]
    var missing: [String] = []
    for row in 0..<table.rowCount {
      guard let text = text(index, row) else { continue }
      if table.columns[index].isMissing(row) { missing = [text] } else { counts[text, default: 0] += 1 }
    }
    return counts.filter { $0.value > 1 }.keys.sorted().prefix(2) + missing
  }

  /// A cell as it stands in a file; nil where that cannot be asked for.
  private func text(_ index: Int, _ row: Int, of rows: Table? = nil) -> String? {
    let column = (rows ?? table).columns[index]
    let described = table.schema.columns[index]
    if column.isMissing(row) { return described.missingMarker }
    switch column {
    case .continuous(let values, _): return "\(values[row])"
    case .integer(let values, _): return "\(values[row])"
    case .timestamp(let values, _):
      return DatetimeFormat(described.datetimeFormat ?? "%Y-%m-%d %H:%M:%S")?.text(of: values[row])
    case .categorical(let codes, let levels, _): return levels[Int(codes[row])]
    }
  }
}
