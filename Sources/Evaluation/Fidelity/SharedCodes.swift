import MynahTables

/// Two columns as codes into one list of cells, so that equal codes mean equal cells in both.
struct SharedCodes {
  /// Codes are below this.
  let cardinality: Int
  let real: [UInt32]
  let synthetic: [UInt32]
}

extension SharedCodes {
  /// The levels of two categorical columns, matched by name. Missing values are the last code.
  init?(levelsOf real: Column, _ synthetic: Column) {
    guard case .categorical(let realCodes, let realLevels, let realValidity) = real,
      case .categorical(let syntheticCodes, let syntheticLevels, let syntheticValidity) = synthetic
    else { return nil }
    var index: [String: UInt32] = [:]
    index.reserveCapacity(realLevels.count)
    func shared(_ levels: [String]) -> [UInt32] {
      levels.map { level in
        if let known = index[level] { return known }
        let code = UInt32(index.count)
        index[level] = code
        return code
      }
    }
    let (realMap, syntheticMap) = (shared(realLevels), shared(syntheticLevels))
    let missing = UInt32(index.count)
    self.cardinality = index.count + 1
    self.real = Self.translated(realCodes, by: realMap, realValidity, missing: missing)
    self.synthetic = Self.translated(syntheticCodes, by: syntheticMap, syntheticValidity, missing: missing)
  }

  /// The code that stands for a missing value.
  var missing: UInt32 { UInt32(cardinality - 1) }

  private static func translated(
    _ codes: [Int32], by map: [UInt32], _ validity: Validity?, missing: UInt32
  ) -> [UInt32] {
    map.withUnsafeBufferPointer { map in
      var result = codes.map { code in
        // A code outside its levels is data gone wrong; it counts as missing rather than stop the evaluation.
        UInt32(bitPattern: code) < UInt32(map.count) ? map[Int(code)] : missing
      }
      if let validity {
        for row in result.indices where !validity[row] { result[row] = missing }
      }
      return result
    }
  }

  /// How often each code occurs.
  static func counts(of codes: [UInt32], cardinality: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: cardinality)
    counts.withUnsafeMutableBufferPointer { counts in
      for code in codes { counts[Int(code)] += 1 }
    }
    return counts
  }
}
