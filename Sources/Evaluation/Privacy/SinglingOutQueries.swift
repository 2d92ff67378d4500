import MynahParallelism
import MynahRandomness
import MynahTables

/// Makes an attacker's queries from the synthetic table, as Anonymeter does.
struct SinglingOutQueries {
  /// The distinct rows of the synthetic table.
  let rows: QueriedRows
  /// Queries that are tried at most, for each that is wanted.
  static let patience = 50

  /// Conditions on one column that one synthetic row meets: a value that occurs once, the least and the greatest number.
  func univariate(_ count: Int, using random: inout RandomSource) -> [RowQuery] {
    var queries: [RowQuery] = []
    for (column, codes) in rows.codes.enumerated() {
      func add(_ predicate: CellPredicate) {
        queries.append(RowQuery(conditions: [.init(column: column, predicate: predicate)]))
      }
      if codes.lazy.filter({ $0 < 0 }).count == 1 { add(.isMissing) }
      let present = rows.numbers[column]?.filter { !$0.isNaN } ?? []
      if let least = present.min(), let greatest = present.max() {
        add(.atMost(least))
        add(.atLeast(greatest))
      }
      var counts = [Int](repeating: 0, count: 1 + Int(codes.max() ?? -1))
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      for (code, count) in counts.enumerated() where count == 1 { add(.equals(Int32(code))) }
    }
    queries.shuffle(using: &random)
    var found: [RowQuery] = []
    for start in stride(from: 0, to: queries.count, by: 1000) where found.count < count {
      found += singlingOut(Array(queries[start..<min(queries.count, start + 1000)]))
    }
    return Array(found.prefix(count))
  }

  /// Conditions on `width` columns that one synthetic row meets: of a random row its levels, and for its numbers to be as
  /// far from the median or farther.
  func multivariate(_ count: Int, width: Int, using random: inout RandomSource) -> [RowQuery] {
    let medians = rows.numbers.map { numbers -> Double in
      let sorted = (numbers ?? []).filter { !$0.isNaN }.sorted()
      return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
    var found: [RowQuery] = []
    var known: Set<RowQuery> = []
    let count = count.within(attackLimits)
    var tried = 0
    while found.count < count, tried < Self.patience * count {
      var batch: [RowQuery] = []
      for _ in 0..<1000 {
        let row = random.index(below: rows.count)
        let query = RowQuery(
          conditions: columns(width, &random).map { column in
            .init(column: column, predicate: extreme(row, column, medians[column]))
          })
        if known.insert(query).inserted { batch.append(query) }
      }
      if batch.isEmpty { break }
      found += singlingOut(batch)
      tried += 1000
    }
    return Array(found.prefix(count))
  }

  /// Conditions with random operators and values: the baseline.
  func guesses(_ count: Int, width: Int, using random: inout RandomSource) -> [RowQuery] {
    let samples = rows.codes.indices.map { column -> [Int] in
      var seen: Set<Int32> = []
      return rows.codes[column].indices.filter { seen.insert(rows.codes[column][$0]).inserted }
    }
    return (0..<count).map { _ in
      RowQuery(
        conditions: columns(width, &random).map { column in
          let row = samples[column][random.index(below: samples[column].count)]
          return .init(column: column, predicate: anything(row, column, &random))
        })
    }
  }

  private func columns(_ width: Int, _ random: inout RandomSource) -> [Int] {
    random.permutation(rows.codes.count).prefix(width).sorted()
  }

  private func extreme(_ row: Int, _ column: Int, _ median: Double) -> CellPredicate {
    let code = rows.codes[column][row]
    if code < 0 { return .isMissing }
    guard let number = rows.numbers[column]?[row] else { return .equals(code) }
    return number > median ? .atLeast(number) : .atMost(number)
  }

  private func anything(_ row: Int, _ column: Int, _ random: inout RandomSource) -> CellPredicate {
    let code = rows.codes[column][row]
    let operation = random.index(below: rows.numbers[column] == nil ? 2 : 6)
    // Nothing is more or less than a missing value; Anonymeter then asks whether there is one.
    if code < 0 { return operation == 0 ? .isMissing : .isPresent }
    let number = rows.numbers[column]?[row] ?? 0
    switch operation {
    case 0: return .equals(code)
    case 1: return .differs(code)
    case 2: return .above(number)
    case 3: return .below(number)
    case 4: return .atLeast(number)
    default: return .atMost(number)
    }
  }

  private func singlingOut(_ queries: [RowQuery]) -> [RowQuery] {
    let counts = parallelMap(queries.count) { rows.matches(queries[$0], most: 1) }
    return zip(queries, counts).filter { $0.1 == 1 }.map(\.0)
  }
}
