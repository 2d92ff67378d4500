import Foundation
import MynahEvaluation
import MynahTables

extension Review {
  /// Reads the file that a report has exported.
  ///
  /// - Throws: `ExperimentError` where there is no such file, or it is no review.
  public init(path: String) throws(ExperimentError) {
    let place = Place(path)
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ExperimentError("there is no such file, or it cannot be read", at: place, reason: .noSuchFile)
    }
    do {
      self = try JSONDecoder.forResults.decode(Review.self, from: bytes)
    } catch let error as DecodingError {
      throw ExperimentError("is no review file: \(error.inOneLine)", at: place)
    } catch {
      throw ExperimentError("is no review file: it is no JSON", at: place)
    }
    guard format == Self.format, formatVersion == 1 else {
      throw ExperimentError(
        "is no review file of this form: expected format '\(Self.format)', version 1, got '\(format)', version \(formatVersion)",
        at: place)
    }
    for row in rows where row.values.count != columns.count {
      throw ExperimentError(
        "row \(row.row) has \(row.values.count) values for \(columns.count) columns", at: place)
    }
  }

  /// Makes sure that it is about rows of a model of this table.
  ///
  /// - Parameters:
  ///   - train: the training table.
  ///   - place: of the review.
  /// - Throws: `ExperimentError` where it is not.
  public func check(against train: InputTable, at place: Place) throws(ExperimentError) {
    guard trainSha256 == train.sha256 else {
      throw ExperimentError(
        "is about rows learned from another table (SHA-256 \(trainSha256.prefix(12))…) than \(train.path) "
          + "(\(train.sha256.prefix(12))…)",
        at: place)
    }
    let names = train.table.schema.columns.map(\.name)
    guard Set(columns) == Set(names) else {
      let other = columns.first { !names.contains($0) } ?? names.first { !columns.contains($0) } ?? ""
      throw ExperimentError("is about other columns; '\(other)' is in one of the tables only", at: place)
    }
  }
}

extension DecodingError {
  /// What is wrong and where, without the decoder's debugging text.
  var inOneLine: String {
    func path(_ context: Context) -> String {
      let keys = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? ".\(snakeCase(key.stringValue))" }
      return keys.joined().drop { $0 == "." } + (keys.isEmpty ? "" : ": ")
    }
    switch self {
    case .keyNotFound(let key, let context): return "\(path(context))'\(snakeCase(key.stringValue))' is missing"
    case .typeMismatch(_, let context): return "\(path(context))the value is of another type"
    case .valueNotFound(_, let context): return "\(path(context))there is no value"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: return "it is no JSON"
    case .dataCorrupted(let context): return "\(path(context))the value is not one of those possible"
    @unknown default: return "it has another form"
    }
  }
}
