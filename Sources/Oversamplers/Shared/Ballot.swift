import MynahTables

/// Finds the level that most rows of a short list have; a missing value counts as one.
struct Ballot {
  private var codes: [Int32] = []
  private var votes: [Int] = []
  private var rows: [Int] = []

  /// A row that has the most frequent level.
  ///
  /// - Parameter tie: the place of the one to take among the codes of levels that are equally frequent; −1 is missing.
  mutating func winner(
    _ voters: ArraySlice<Int32>, _ codes: [Int32], _ validity: Validity?, tie: ([Int32]) -> Int
  ) -> Int {
    self.codes.removeAll(keepingCapacity: true)
    votes.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    for voter in voters {
      let row = Int(voter)
      let code = validity?[row] ?? true ? codes[row] : -1
      if let place = self.codes.firstIndex(of: code) {
        votes[place] += 1
      } else {
        self.codes.append(code)
        votes.append(1)
        rows.append(row)
      }
    }
    let most = votes.max() ?? 0
    let first = votes.firstIndex(of: most) ?? 0
    guard votes[(first + 1)...].contains(most) else { return rows[first] }
    let tied = votes.indices.filter { votes[$0] == most }
    return rows[tied[tie(tied.map { self.codes[$0] })]]
  }
}
