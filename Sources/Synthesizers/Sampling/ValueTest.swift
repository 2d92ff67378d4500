import MynahEncoders
import MynahTables

/// What a condition demands of a decoded column.
enum ValueTest: Sendable, Equatable {
  case level(Int)
  /// A level that shares a code with others: decoding draws it.
  case drawnLevel(Int)
  case missing
  case number(Double)

  /// - Throws: `SynthesisError` that names what the column has instead.
  init(_ condition: Condition, _ schema: ColumnSchema, _ encoder: FittedColumn) throws(SynthesisError) {
    let (name, value) = (schema.name, condition.value)
    guard schema.kind != .identifier else {
      throw SynthesisError("column '\(name)' is an identifier; its values are made anew and cannot be asked for")
    }
    if let levels = encoder.encoder as? FittedOneHotEncoder {
      let all = levels.levels
      switch levels.place(of: value) {
      case .own(let code): self = .level(code)
      case .rest(let code, let index): self = .drawnLevel(code + index)
      case nil:
        guard let missing = levels.missingCode, value == schema.missingMarker else {
          let hint =
            nearest(to: value, among: all).map { "; did you mean '\($0)'?" }
            ?? "; it has \(all.prefix(5).map { "'\($0)'" }.joined(separator: ", "))\(all.count > 5 ? ", …" : "")"
          throw SynthesisError("column '\(name)' has no level '\(value)'\(hint)")
        }
        self = levels.restCode == nil ? .level(missing) : .missing
      }
    } else {
      guard schema.kind == .continuous || schema.kind == .integer else {
        throw SynthesisError("column '\(name)' is \(schema.kind.rawValue); conditions take levels and numbers")
      }
      if value == schema.missingMarker {
        self = .missing
      } else if let number = Double(value), number.isFinite {
        if let low = schema.minimum, let high = schema.maximum, !(low...max(low, high)).contains(number) {
          throw SynthesisError("column '\(name)' lies between \(low) and \(high); no row can have \(value)")
        }
        self = .number(number)
      } else {
        throw SynthesisError("column '\(name)' holds numbers, not '\(value)'")
      }
    }
  }

  func holds(_ column: Column, _ row: Int) -> Bool {
    switch (self, column) {
    case (.level(let level), .categorical(let codes, let levels, _)):
      level < levels.count ? !column.isMissing(row) && codes[row] == Int32(level) : column.isMissing(row)
    case (.drawnLevel(let level), .categorical(let codes, _, _)):
      !column.isMissing(row) && codes[row] == Int32(level)
    case (.missing, _): column.isMissing(row)
    case (.number(let number), _): column.number(at: row) == number
    default: false
    }
  }
}
