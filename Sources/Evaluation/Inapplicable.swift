import MynahClassifiers

/// Why a metric has no score, in one line.
struct Inapplicable: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The score that `body` comes to; what makes it impossible is the reason why there is none.
func scoreIfApplicable(_ body: () throws -> Score) throws -> Score {
  do {
    return try body()
  } catch let error as Inapplicable {
    return .notApplicable(reason: error.reason)
  } catch let error as ClassifierError {
    return .notApplicable(reason: error.description)
  }
}
