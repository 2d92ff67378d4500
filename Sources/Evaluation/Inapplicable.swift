import MynahClassifiers

/// Why a metric has no score, in one line.
struct Inapplicable: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The score that `body` comes to; what makes it impossible is the reason why there is none.
func scoreIfApplicable(_ body: () throws -> Score) throws -> Score {
  try exhibitedIfApplicable { (try body(), []) }.score
}

/// As `scoreIfApplicable`, for a metric with exhibits: without a score there are none.
func exhibitedIfApplicable(
  _ body: () throws -> (score: Score, exhibits: [Exhibit])
) throws -> (score: Score, exhibits: [Exhibit]) {
  do {
    return try body()
  } catch let error as Inapplicable {
    return (.notApplicable(reason: error.reason), [])
  } catch let error as ClassifierError {
    return (.notApplicable(reason: error.description), [])
  }
}

/// The rows that `body` finds; none where it is impossible to look.
func findingsIfApplicable(_ body: () throws -> [RowFinding]) throws -> [RowFinding] {
  do {
    return try body()
  } catch is Inapplicable {
    return []
  }
}
