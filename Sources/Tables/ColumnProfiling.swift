import MynahParallelism

/// What `mynah inspect` shows of a file.
public struct FileProfile: Codable, Sendable, Equatable {
  public var rowCount: Int
  public var columns: [ColumnProfile]

  public var schema: Schema { Schema(columns.map(\.schema)) }
}

/// A column that has been decided on, and its values if they were made for that.
struct ExaminedColumn {
  var profile: ColumnProfile
  var made: Column?
}

extension ScannedFile {
  /// Decides every column's kind.
  /// - Throws: the misfit that stands first in the file's order of columns.
  func examined(_ options: CSVReader.Options) throws(TableError) -> [ExaminedColumn] {
    let target = options.target.flatMap { names.firstIndex(of: $0) }
    let leak = target.flatMap { TargetLeak(self, target: $0) }
    var results: [Result<ExaminedColumn, TableError>?] = Array(repeating: nil, count: names.count)
    results.withUnsafeMutableBufferPointer { slots in
      nonisolated(unsafe) let slots = slots
      parallelFor(slots.count) { index in
        slots[index] = profile(index, options: options, isTarget: index == target, leak: index == target ? nil : leak)
      }
    }
    var columns: [ExaminedColumn] = []
    for result in results {
      if let result { columns.append(try result.get()) }
    }
    return columns
  }

  private func profile(
    _ index: Int, options: CSVReader.Options, isTarget: Bool, leak: TargetLeak?
  ) -> Result<ExaminedColumn, TableError> {
    let (rule, facts, base) = (rules[index], facts[index], source.base)
    let (summary, made) = summary(of: index)
    let inference = KindInference(name: names[index], isTarget: isTarget, facts: facts, summary: summary, base: base)
    var described: (schema: ColumnSchema, reason: String)
    do throws(KindInference.Misfit) {
      described = try inference.schema(rule: rule, override: options.overrides[names[index]])
    } catch {
      return .failure(
        TableError(error.message, file: source.name, line: source.line(of: error.text.offset), column: index + 1))
    }
    if described.schema.kind == .datetime { setRange(of: &described.schema, column: index) }
    let leakage = leak?.accuracy(self, column: index, schema: described.schema, made: made)
    let profile = ColumnProfile(
      schema: described.schema, distinctCount: summary.distinct, distinctIsEstimate: summary.isEstimate,
      missingCount: facts.missing, missingShare: Double(facts.missing) / Double(rowCount),
      mostFrequent: summary.mostFrequent.map {
        .init(value: $0.text.string(in: base), share: Double($0.weight) / Double(max(1, facts.present)))
      },
      reason: described.reason,
      warnings: warnings(described.schema.kind, inference, leakage))
    return .success(ExaminedColumn(profile: profile, made: made))
  }

  /// Inference knows only that every text has the form; the range needs the values.
  private func setRange(of schema: inout ColumnSchema, column: Int) {
    guard case .timestamp(let values, let validity) = self.column(column, described: schema) else { return }
    var range: (Int64, Int64)?
    for (row, value) in values.enumerated() where validity?[row] ?? true {
      range = range.map { (min($0.0, value), max($0.1, value)) } ?? (value, value)
    }
    (schema.minimum, schema.maximum) = (range.map { Double($0.0) }, range.map { Double($0.1) })
  }

  private func warnings(_ kind: ColumnKind, _ inference: KindInference, _ leak: Double?) -> [ColumnWarning] {
    let (facts, summary) = (inference.facts, inference.summary)
    var warnings: [ColumnWarning] = []
    func warn(_ kind: ColumnWarning.Kind, _ message: String) { warnings.append(.init(kind: kind, message: message)) }
    let isUnique = facts.present >= 20 && summary.distinct * 10 >= facts.present * 9
    if facts.present == 0 {
      warn(.allMissing, "no row has a value")
    } else if summary.distinct == 1 {
      warn(.constant, "every value is the same")
    } else if kind == .identifier {
      warn(.identifierLike, "names records; made anew, never learned")
    } else if isUnique, kind == .categorical || (kind == .integer && inference.isNamedLikeKey) {
      warn(.nearlyUnique, "nearly every row has a value of its own; a model can only copy them")
    }
    if kind == .categorical, facts.numbers > 0, facts.words > 0, facts.numbers * 2 > facts.present {
      warn(.mixed, "numbers and words; name the words as missing markers if the column is a number")
    }
    if let leak {
      warn(.leaksTarget, "tells the target in \(percent(leak)) of rows")
    }
    return warnings
  }
}
