/// How the texts of one column are read: its missing markers, and what the caller has said about it.
struct ColumnRule {
  var kind: ColumnKind?
  /// Texts that stand for a missing value.
  var markers: [[UInt8]]
  /// The form that dates must have.
  var format: DatetimeFormat?
  private let longestMarker: Int
  /// Some marker, such as -999, is a number.
  let hasNumericMarkers: Bool

  init(markers: [String], override: ColumnOverride?) {
    self.markers = (override?.missing ?? markers).map { Array($0.utf8) }
    longestMarker = self.markers.reduce(0) { max($0, $1.count) }
    hasNumericMarkers = self.markers.contains { marker in
      marker.withUnsafeBufferPointer { $0.baseAddress.map { parseNumber($0, marker.count).isFinite } ?? false }
    }
    kind = override?.kind
    format = override?.datetimeFormat.flatMap(DatetimeFormat.init)
  }

  /// Which marker the text is, if any.
  func marker(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    if count > longestMarker { return nil }
    return markers.firstIndex { marker in
      marker.count == count && marker.indices.allSatisfy { marker[$0] == text[$0] }
    }
  }

  func isMissing(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    if marker(text, count) != nil { return true }
    // Every form of NaN is at most four bytes long.
    return count <= 4 && count >= 3 && parseNumber(text, count).form == .notANumber
  }
}
