import MynahEncoders
import MynahTables

/// What a condition demands of a decoded column.
enum ValueTest: Sendable, Equatable {
  case level(Int)
  case missing
  case number(Double)

  /// - Throws: `SynthesisError` that names what the column has instead.
  init(_ condition: Condition, _ schema: ColumnSchema, _ encoder: FittedColumn) throws(SynthesisError) {
    let (name, value) = (schema.name, condition.value)
    switch encoder {
    case .oneHot(let levels):
      if let code = levels.code(of: value) {
        self = .level(code)
      } else if levels.hasMissing, value == schema.missingMarker {
        self = .level(levels.levels.count)
      } else {
        let hint =
          nearest(to: value, among: levels.levels).map { "; did you mean '\($0)'?" }
          ?? "; it has \(levels.levels.prefix(5).map { "'\($0)'" }.joined(separator: ", "))\(levels.levels.count > 5 ? ", …" : "")"
        throw SynthesisError("column '\(name)' has no level '\(value)'\(hint)")
      }
    case .modeSpecific:
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
    case .identifier:
      throw SynthesisError("column '\(name)' is an identifier; its values are made anew and cannot be asked for")
    }
  }

  func holds(_ column: Column, _ row: Int) -> Bool {
    switch (self, column) {
    case (.level(let level), .categorical(let codes, let levels, _)):
      level < levels.count ? !column.isMissing(row) && codes[row] == Int32(level) : column.isMissing(row)
    case (.missing, _): column.isMissing(row)
    case (.number(let number), _): column.number(at: row) == number
    default: false
    }
  }
}
