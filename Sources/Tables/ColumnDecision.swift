extension KindInference {
  /// The kind that the caller asked for, or else the inferred one, with the form of the values.
  func schema(rule: ColumnRule, override: ColumnOverride?) throws(Misfit) -> (schema: ColumnSchema, reason: String) {
    var decision: Decision
    if let kind = rule.kind {
      decision = try forced(kind, rule: rule)
    } else {
      decision = try decide()
    }
    var column = ColumnSchema(name: name, kind: decision.kind)
    if let best = facts.markers.indices.max(by: { facts.markers[$0] < facts.markers[$1] }), facts.markers[best] > 0 {
      column.missingMarker = String(decoding: rule.markers[best], as: UTF8.self)
    } else if !rule.markers.contains([]), let first = rule.markers.first {
      column.missingMarker = String(decoding: first, as: UTF8.self)
    }
    switch decision.kind {
    case .continuous:
      if let infinite = facts.firstInfinite { throw self.infinite(infinite) }
      guard facts.numbers > 0 else { break }
      (column.minimum, column.maximum) = (facts.minimum, facts.maximum)
      column.fractionDigits = override?.fractionDigits ?? facts.maximumFractionDigits
      column.minimumFractionDigits = min(facts.minimumFractionDigits, column.fractionDigits ?? 0)
    case .integer:
      guard facts.numbers > 0 else { break }
      (column.minimum, column.maximum) = (facts.minimum, facts.maximum)
    case .identifier:
      if facts.isNumeric, facts.isStorableAsIntegers {
        (column.minimum, column.maximum) = (facts.minimum, facts.maximum)
      }
    case .datetime:
      column.datetimeFormat = decision.format?.pattern
    case .categorical, .boolean: break
    }
    return (column, decision.reason)
  }

  private func forced(_ kind: ColumnKind, rule: ColumnRule) throws(Misfit) -> Decision {
    var decision = Decision(kind: kind, reason: "as declared")
    func misfit(_ text: FieldText, _ what: String) -> Misfit {
      Misfit(
        text: text,
        message:
          "\(shown(text)) is not \(what), but column \(TextValidation.shown(name)) is declared \(kind.rawValue); "
          + "correct it, name it as a missing marker, or declare another kind")
    }
    switch kind {
    case .continuous:
      if let word = facts.firstWord { throw misfit(word, "a finite number") }
    case .integer:
      if let word = facts.firstWord { throw misfit(word, "a whole number") }
      if let fraction = facts.firstFraction { throw misfit(fraction, "a whole number") }
      if let huge = facts.firstHugeInteger { throw misfit(huge, "a whole number of 64 bits") }
      if facts.decimals > 0, facts.maximum >= 0x1p63 || facts.minimum < -0x1p63, let text = facts.firstNumber {
        throw misfit(text, "a whole number of 64 bits")
      }
    case .boolean:
      if summary.distinct > 2 {
        let third = summary.mostFrequent.max { $0.text.offset < $1.text.offset }
        if let third { throw misfit(third.text, "one of two values") }
      }
    case .datetime:
      if let format = rule.format {
        if let text = facts.firstNotDatetime { throw misfit(text, "a date of the form \(format.pattern)") }
        decision.format = format
      } else if facts.present == 0 {
        decision.format = DatetimeFormat("%Y-%m-%d")
      } else if facts.numbers == 0, let (format, _) = DatetimeCandidates.choice(facts.datetimeMask) {
        decision.format = withDigits(format)
      } else if let text = facts.firstNumber ?? facts.firstWord {
        throw misfit(text, "a date of a form that all rows share")
      }
    case .categorical, .identifier: break
    }
    return decision
  }
}

extension ColumnFacts {
  /// Every number is whole, fits an Int64 and is written as such.
  var isStorableAsIntegers: Bool { decimals == 0 && hugeIntegers == 0 && leadingZeros == 0 && words == 0 }
}
