import MynahTables

/// What a person decided about single synthetic rows: the file that the report's list of rows to look at exports, and that the
/// next release honours. Rejected rows are not released again; accepted ones do not break gates.
///
/// ```json
/// { "format": "mynah-review", "format_version": 1, "reviewer": "…", "table_sha256": "…", "train_sha256": "…",
///   "columns": ["age", "job"],
///   "rows": [{ "row": 17, "decision": "rejected", "values": ["39", "State-gov"], "train_row": 4, "distance": 0.01 }] }
/// ```
public struct Review: Codable, Sendable, Equatable {
  public enum Decision: String, Codable, Sendable { case accepted, rejected }

  public struct Row: Codable, Sendable, Equatable {
    /// In the table that was reviewed, from 1, without the header.
    public var row: Int
    public var decision: Decision
    /// As the CSV file has them, in the order of `columns`. A row is known again by them, but for identifiers, wherever it
    /// stands.
    public var values: [String]
    /// The nearest training row, from 1.
    public var trainRow: Int?
    public var distance: Double?

    public init(row: Int, decision: Decision, values: [String], trainRow: Int? = nil, distance: Double? = nil) {
      (self.row, self.decision, self.values, self.trainRow, self.distance) = (row, decision, values, trainRow, distance)
    }
  }

  public static let format = "mynah-review"

  public var format = Review.format
  /// 1 until the form changes.
  public var formatVersion = 1
  public var reviewer: String?
  /// The SHA-256 of the synthetic table's file, and of the training table's.
  public var tableSha256: String
  public var trainSha256: String
  public var columns: [String]
  public var rows: [Row]

  public init(tableSha256: String, trainSha256: String, columns: [String], rows: [Row], reviewer: String? = nil) {
    self.tableSha256 = tableSha256
    self.trainSha256 = trainSha256
    self.columns = columns
    self.rows = rows
    self.reviewer = reviewer
  }

  /// The places of the rows of a table that were decided so.
  ///
  /// - Parameters:
  ///   - decision: which rows.
  ///   - table: with the columns of the review, in any order; without them no row is one of the review's.
  public func rows(_ decision: Decision, in table: Table) -> Set<Int> {
    var (order, own): ([Int], [Int]) = ([], [])
    for (index, name) in columns.enumerated() {
      guard let place = table.schema.index(of: name) else { return [] }
      // Identifiers are made anew each time; they say nothing of who is meant.
      guard table.schema.columns[place].kind != .identifier else { continue }
      order.append(place)
      own.append(index)
    }
    let decided = Set(
      rows.lazy.filter { $0.decision == decision && $0.values.count == columns.count }.map { row in
        own.map { row.values[$0] }
      })
    guard !decided.isEmpty, !order.isEmpty else { return [] }
    // Piece by piece: the texts of a long table are many.
    var found: Set<Int> = []
    for start in stride(from: 0, to: table.rowCount, by: 10_000) {
      let piece = Array(start..<min(table.rowCount, start + 10_000))
      for (row, texts) in zip(piece, table.texts(ofRows: piece)) where decided.contains(order.map { texts[$0] }) {
        found.insert(row)
      }
    }
    return found
  }
}
