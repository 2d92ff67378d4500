import MynahTables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a condition demands of a column's values.
public enum ValueTest: Sendable, Equatable {
  case missing
  case level(String)
  /// A number of a continuous column. `tolerance` is half a unit of the last digit that the column is written with, 0
  /// where digits are not limited: values nearer than that are the same text in a file.
  case real(Double, tolerance: Double)
  /// A number of an integer column, or the seconds of a datetime column.
  case whole(Int64)

  /// Reads a condition's value as the column's file would be read.
  ///
  /// - Throws: `SynthesisError` that says what the column holds instead.
  init(_ value: String, _ schema: ColumnSchema, _ domain: ColumnDomain) throws(SynthesisError) {
    let name = schema.name
    guard schema.kind != .identifier else {
      throw SynthesisError("column '\(name)' is an identifier; its values are made anew and cannot be asked for")
    }
    if schema.isDiscrete, domain.levels?.contains(value) ?? (value != schema.missingMarker) {
      self = .level(value)
      return
    }
    if value == schema.missingMarker {
      guard domain.canBeMissing ?? true else {
        throw SynthesisError("column '\(name)' is never missing; '\(value)' stands for a missing value there")
      }
      self = .missing
      return
    }
    switch schema.kind {
    case .categorical, .boolean: throw Self.unknownLevel(value, name, domain.levels ?? [])
    case .continuous: self = try Self.real(value, schema)
    case .integer:
      guard let number = Int64(value) ?? Double(value).flatMap({ Int64(exactly: $0) }) else {
        throw SynthesisError("column '\(name)' holds whole numbers, not '\(value)'")
      }
      try Self.checkRange(Double(number), value, schema) { Int64(exactly: $0)?.description ?? $0.description }
      if let levels = domain.levels, !levels.contains(String(number)) { throw Self.unknownLevel(value, name, levels) }
      self = .whole(number)
    case .datetime, .identifier: self = try Self.time(value, schema)
    }
  }

  private static func unknownLevel(_ value: String, _ name: String, _ levels: [String]) -> SynthesisError {
    let some = levels.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (levels.count > 5 ? ", …" : "")
    let hint =
      nearest(to: value, among: levels).map { "; did you mean '\($0)'?" }
      ?? (levels.isEmpty ? "; it has none" : "; it has \(some)")
    return SynthesisError("column '\(name)' has no level '\(value)'\(hint)")
  }

  private static func real(_ value: String, _ schema: ColumnSchema) throws(SynthesisError) -> ValueTest {
    guard let number = Double(value), number.isFinite else {
      throw SynthesisError("column '\(schema.name)' holds numbers, not '\(value)'")
    }
    try checkRange(number, value, schema) { "\($0)" }
    guard let digits = schema.fractionDigits, (0...15).contains(digits) else { return .real(number, tolerance: 0) }
    let scale = pow(10, Double(digits))
    // Beyond 2⁵⁰ units a double does not tell them apart.
    guard abs(number * scale) < 0x1p50 else { return .real(number, tolerance: 0) }
    let rounded = (number * scale).rounded() / scale
    guard abs(number - rounded) <= 1e-6 / scale else {
      throw SynthesisError(
        "column '\(schema.name)' has \(digits) digit\(digits == 1 ? "" : "s") after the point; no row can have \(value)"
      )
    }
    return .real(rounded, tolerance: 0.5 / scale)
  }

  private static func time(_ value: String, _ schema: ColumnSchema) throws(SynthesisError) -> ValueTest {
    let pattern = schema.datetimeFormat ?? "%Y-%m-%d %H:%M:%S"
    guard let format = DatetimeFormat(pattern) else {
      throw SynthesisError("column '\(schema.name)' has the unknown datetime form '\(pattern)'")
    }
    func text(_ seconds: Double) -> String { format.text(of: Int64(exactly: seconds.rounded()) ?? 0) }
    guard let seconds = format.seconds(in: value) else {
      throw SynthesisError(
        "column '\(schema.name)' holds times of the form \(pattern), such as \(text(schema.minimum ?? 0)), not '\(value)'"
      )
    }
    try checkRange(Double(seconds), value, schema, text)
    return .whole(seconds)
  }

  private static func checkRange(
    _ number: Double, _ value: String, _ schema: ColumnSchema, _ text: (Double) -> String
  ) throws(SynthesisError) {
    guard let low = schema.minimum, let high = schema.maximum, low <= high, !(low...high).contains(number) else {
      return
    }
    throw SynthesisError(
      "column '\(schema.name)' lies between \(text(low)) and \(text(high)); no row can have \(value)")
  }

  /// Those of `rows` whose value is the one demanded.
  func rows(of column: Column, among rows: [Int]) -> [Int] {
    switch (self, column) {
    case (.missing, _): return column.validity.map { validity in rows.filter { !validity[$0] } } ?? []
    case (.level(let level), .categorical(let codes, let levels, let validity)):
      guard let code = levels.firstIndex(of: level).map(Int32.init) else { return [] }
      return rows.filter { codes[$0] == code && (validity?[$0] ?? true) }
    case (.real(let number, let tolerance), .continuous(let values, let validity)):
      return rows.filter { abs(values[$0] - number) <= tolerance && (validity?[$0] ?? true) }
    case (.whole(let number), .integer(let values, let validity)),
      (.whole(let number), .timestamp(let values, let validity)):
      return rows.filter { values[$0] == number && (validity?[$0] ?? true) }
    default: return []
    }
  }
}
