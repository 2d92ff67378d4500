import MynahParallelism
import MynahSynthesizers
import MynahTables

extension SynthesizerCheck {
  /// As many rows as asked for, of the table's schema, and only what its columns can hold.
  func rows(_ model: S.Fitted) throws {
    expect(S.identifier == S.Fitted.identifier, "the model and the synthesizer have one identifier")
    expect(model.schema == table.schema, "the model has the table's schema")
    for count in [0, 1, 2, 70] {
      guard let sample = attempt("\(count) rows are made", { try sample(model, count) }) else { continue }
      expect(
        sample.rowCount == count && sample.schema == table.schema, "\(count) rows of the table's schema",
        seen: "\(sample.rowCount) rows")
      for (index, described) in table.schema.columns.enumerated() {
        if let fault = fault(sample.columns[index], described, table.columns[index]) {
          expect(false, "column '\(described.name)' holds what such a column can", seen: fault)
        }
      }
    }
  }

  /// What a sampled column holds that it must not; nil when there is nothing.
  private func fault(_ column: Column, _ schema: ColumnSchema, _ real: Column) -> String? {
    if real.missingCount == 0, column.missingCount > 0 { return "missing values, of which the table has none" }
    if real.missingCount == real.count, column.missingCount < column.count {
      return "a value where there was never one"
    }
    switch (column, real) {
    case (.continuous(let values, _), .continuous):
      let bad = values.indices.first { !column.isMissing($0) && !values[$0].isFinite }
      return bad.map { "\(values[$0])" }
    case (.categorical(let codes, let levels, _), .categorical(_, let known, _)):
      if let bad = codes.indices.first(where: { !column.isMissing($0) && !levels.indices.contains(Int(codes[$0])) }) {
        return "code \(codes[bad]) of \(levels.count) levels"
      }
      let isNew = codes.indices.first {
        schema.isDiscrete && !column.isMissing($0) && !known.contains(levels[Int(codes[$0])])
      }
      return isNew.map { "the level '\(levels[Int(codes[$0])])', which the table has not" }
    case (.integer, .integer), (.timestamp, .timestamp): return nil
    // Identifiers may be stored as either, but for missing ones.
    case (.integer, .categorical) where schema.kind == .identifier: return nil
    default: return "values of another kind"
    }
  }

  /// The same seed gives the same bytes, whatever the number of threads.
  func repetition(_ model: S.Fitted) throws {
    let rows = try sample(model, 50)
    expect(try sample(model, 50) == rows, "the same seed gives the same rows")
    let isConstant = table.columns.allSatisfy { $0.missingCount == $0.count } || table.rowCount < 2
    expect(try isConstant || sample(model, 50, seed: 6) != rows, "another seed gives other rows")
    let before = threadCount
    defer { threadCount = before }
    for threads in [1, 2] {
      threadCount = threads
      expect(try sample(model, 50) == rows, "\(threads) threads make the same rows")
      expect(try sample(fitted(), 50) == rows, "\(threads) threads learn the same model")
    }
  }

  /// A long table sampled in pieces: identifiers go on.
  func pieces(_ model: S.Fitted) throws {
    let pieces = [try sample(model, 30, seed: 7), try sample(model, 30, firstRow: 30, seed: 8)]
    for (index, described) in table.schema.columns.enumerated() where described.kind == .identifier {
      let real = Set(texts(table.columns[index]))
      let made = pieces.flatMap { texts($0.columns[index]) }
      expect(Set(made).count == made.count, "identifiers of '\(described.name)' do not repeat between pieces")
      expect(real.isDisjoint(with: made), "identifiers of '\(described.name)' are new")
    }
  }

  private func texts(_ column: Column) -> [String] {
    (0..<column.count).filter { !column.isMissing($0) }.map { row in
      switch column {
      case .continuous(let values, _): "\(values[row])"
      case .integer(let values, _), .timestamp(let values, _): "\(values[row])"
      case .categorical(let codes, let levels, _): levels[Int(codes[row])]
      }
    }
  }
}
