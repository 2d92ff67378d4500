import MynahParallelism
import MynahRandomness
import MynahTables

/// New rows from segments, column by column.
struct RecipeRows: AddedRows {
  let method: String
  let problem: BalanceProblem
  let segments: [Segment]
  /// Deviations of the noise that is added to numbers, by segment and column; none without.
  var noise: [[Int: Double]] = []
  /// By column the rank of each code, missing last: of equally frequent levels the first one is taken. Drawn where there
  /// are none.
  var ranks: [Int: [Int32]] = [:]
  /// Ties of votes and noise; a row's numbers depend on its place only.
  let random: RandomSource
  let count: Int
  private let starts: [Int]
  private let ranges: [ClosedRange<Double>?]
  /// By class, where classes are bins: a row stays in its own, even if it leans towards one of another.
  private let targetRanges: [ClosedRange<Double>?]
  private let names: NewNames

  init(
    method: String, _ problem: BalanceProblem, _ segments: [Segment], noise: [[Int: Double]] = [],
    ranks: [Int: [Int32]] = [:], random: RandomSource
  ) {
    self.method = method
    self.problem = problem
    self.segments = segments
    self.noise = noise
    self.ranks = ranks
    self.random = random
    var starts: [Int] = []
    var total = 0
    for segment in segments {
      starts.append(total)
      total += segment.count
    }
    (self.starts, count) = (starts, total)
    let leavesRange = !noise.isEmpty || segments.contains { $0.steps.contains { $0 < 0 || $0 > 1 } }
    ranges = problem.table.columns.map { leavesRange ? $0.range : nil }
    let target = problem.table.columns[problem.classes.columnIndex]
    targetRanges = problem.classes.isBinned ? problem.classes.rows.map { target.gathering($0).range } : []
    names = NewNames(problem)
  }

  func origin(_ row: Int) -> RowOrigin {
    let (segment, place) = locate(row)
    let partner = segments[segment].partners[place]
    return RowOrigin(
      method: method, base: Int(segments[segment].bases[place]), neighbor: partner < 0 ? nil : Int(partner))
  }

  private func locate(_ row: Int) -> (segment: Int, place: Int) {
    let segment = (starts.firstIndex { $0 > row } ?? starts.count) - 1
    return (segment, row - starts[segment])
  }

  func rows(_ range: Range<Int>) throws -> Table {
    let parts = segments.indices.compactMap { segment -> RecipePart? in
      let whole = starts[segment]..<starts[segment] + segments[segment].count
      let own = whole.clamped(to: range)
      guard !own.isEmpty else { return nil }
      return RecipePart(
        segment: segments[segment], places: own.lowerBound - whole.lowerBound..<own.upperBound - whole.lowerBound,
        firstRow: own.lowerBound, noise: noise.isEmpty ? [:] : noise[segment])
    }
    let columns = parallelMap(problem.table.columns.count) { column(range, $0, parts) }
    return try Table(schema: problem.table.schema, columns: columns)
  }

  private func column(_ range: Range<Int>, _ index: Int, _ parts: [RecipePart]) -> Column {
    if let named = names.column(index, rows: range) { return named }
    let isTarget = index == problem.classes.columnIndex && !problem.classes.isBinned
    let isShared = problem.roles.groups.contains { $0.contains(index) }
    switch problem.table.columns[index] {
    case .categorical(let codes, let levels, let validity):
      var made = RowPicks(count: range.count)
      for part in parts { pickCategories(codes, validity, index, isTarget, isShared, part, into: &made) }
      return .categorical(codes: made.rows.map { $0 < 0 ? -1 : codes[$0] }, levels: levels, made.validity)
    case let source:
      let isBinned = problem.classes.isBinned && index == problem.classes.columnIndex
      let numbers = NumberMaker(
        source, digits: problem.table.schema.columns[index].fractionDigits, isCopied: isTarget || isShared,
        truncates: problem.request.followsReference
      ) { isBinned ? targetRanges[$0] : ranges[index] }
      return numbers.column(parts, count: range.count) { row, deviation in
        var own = random.stream(for: UInt64(row)).stream(for: UInt64(index))
        return own.normal() * deviation
      } deviation: {
        $0.noise[index]
      }
    }
  }

  private func pickCategories(
    _ codes: [Int32], _ validity: Validity?, _ index: Int, _ isTarget: Bool, _ isShared: Bool, _ part: RecipePart,
    into made: inout RowPicks
  ) {
    let counted = !isTarget && !isShared && problem.votes && problem.roles.categories.contains(index)
    var ballot = Ballot()
    let ranks = ranks[index]
    for (offset, place) in part.places.enumerated() {
      let segment = part.segment
      var row = isTarget ? Int(segment.bases[place]) : segment.nearerParent(place, isShared: isShared)
      if counted, let voters = segment.voters {
        row = ballot.winner(voters.of(place), codes, validity) { tied in
          if let ranks {
            func rank(_ code: Int32) -> Int32 { code < 0 ? .max : ranks[Int(code)] }
            return tied.indices.min { rank(tied[$0]) < rank(tied[$1]) } ?? 0
          }
          var own = random.stream(for: UInt64(part.firstRow + offset)).stream(for: UInt64(index))
          return own.index(below: tied.count)
        }
      }
      made.append(validity?[row] ?? true ? row : -1)
    }
  }
}

/// A stretch of a segment that is being made.
struct RecipePart {
  let segment: Segment
  let places: Range<Int>
  /// The number of its first row among all new rows.
  let firstRow: Int
  let noise: [Int: Double]
}

extension Segment {
  /// The parent whose values a row takes that are not interpolated: the base, or, for columns that are kept together, the
  /// nearer one.
  func nearerParent(_ place: Int, isShared: Bool) -> Int {
    isShared && steps[place] > 0.5 && partners[place] >= 0 ? Int(partners[place]) : Int(bases[place])
  }
}

/// Rows whose values are taken; −1 where the value is missing.
private struct RowPicks {
  var rows: [Int] = []

  init(count: Int) { rows.reserveCapacity(count) }

  mutating func append(_ row: Int) { rows.append(row) }

  var validity: Validity? { rows.contains { $0 < 0 } ? Validity(rows.map { $0 >= 0 }) : nil }
}
