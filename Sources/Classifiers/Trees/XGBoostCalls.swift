import CXGBoost

/// Rows inside XGBoost.
final class XGBoostMatrix {
  fileprivate let handle: DMatrixHandle?
  private let rowCount: Int

  init(_ matrix: DesignMatrix) throws(ClassifierError) {
    try silence()
    rowCount = matrix.rowCount
    var made: DMatrixHandle?
    let status = matrix.rowStarts.withUnsafeBufferPointer { starts in
      matrix.indices.withUnsafeBufferPointer { indices in
        matrix.values.withUnsafeBufferPointer { values in
          XGDMatrixCreateFromCSR(
            arrayInterface(starts, "<i8"), arrayInterface(indices, "<u4"), arrayInterface(values, "<f4"),
            UInt64(matrix.columnCount), #"{"missing": NaN, "nthread": 1}"#, &made)
        }
      }
    }
    try check(status)
    handle = made
  }

  deinit { XGDMatrixFree(handle) }

  /// "label" or "weight", a number for each row.
  func set(_ field: String, _ values: [Float]) throws(ClassifierError) {
    precondition(values.count == rowCount, "XGBoost: \(values.count) numbers for \(rowCount) rows")
    try check(XGDMatrixSetFloatInfo(handle, field, values, UInt64(values.count)))
  }
}

/// A model inside XGBoost. For one thread at a time.
final class XGBoostBooster {
  private let handle: BoosterHandle?

  init(_ data: XGBoostMatrix) throws(ClassifierError) {
    try silence()
    var made: BoosterHandle?
    try check(withUnsafePointer(to: data.handle) { XGBoosterCreate($0, 1, &made) })
    handle = made
  }

  init(_ model: [UInt8]) throws(ClassifierError) {
    try silence()
    var made: BoosterHandle?
    try check(XGBoosterCreate(nil, 0, &made))
    handle = made
    try check(XGBoosterLoadModelFromBuffer(handle, model, UInt64(model.count)))
    try set("nthread", "1")
  }

  deinit { XGBoosterFree(handle) }

  func set(_ name: String, _ value: String) throws(ClassifierError) {
    try check(XGBoosterSetParam(handle, name, value))
  }

  func update(_ round: Int, _ data: XGBoostMatrix) throws(ClassifierError) {
    try check(XGBoosterUpdateOneIter(handle, Int32(clamping: round), data.handle))
  }

  func serialized() throws(ClassifierError) -> [UInt8] {
    var length: UInt64 = 0
    var bytes: UnsafePointer<CChar>?
    try check(XGBoosterSaveModelToBuffer(handle, #"{"format": "ubj"}"#, &length, &bytes))
    return UnsafeBufferPointer(start: bytes, count: Int(length)).map { UInt8(bitPattern: $0) }
  }

  /// What every column's splits took off the loss, summed over all trees; 0 for a column that no tree asks.
  func totalGains(columns: Int) throws(ClassifierError) -> [Double] {
    var (names, dimensions): (UInt64, UInt64) = (0, 0)
    var texts: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    var shape: UnsafePointer<UInt64>?
    var scores: UnsafePointer<Float>?
    try check(
      XGBoosterFeatureScore(
        handle, #"{"importance_type": "total_gain"}"#, &names, &texts, &dimensions, &shape, &scores))
    var gains = Array(repeating: 0.0, count: columns)
    for place in 0..<Int(names) {
      // Columns without names of their own are called f0, f1, …
      guard let text = texts?[place], let score = scores?[place],
        let column = Int(String(cString: text).dropFirst()), gains.indices.contains(column)
      else { continue }
      gains[column] = Double(score)
    }
    return gains
  }

  /// Answers of all trees, row-major: probabilities, or numbers.
  func predictions(_ data: XGBoostMatrix) throws(ClassifierError) -> [Float] {
    let request = #"{"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false}"#
    var shape: UnsafePointer<UInt64>?
    var dimensions: UInt64 = 0
    var numbers: UnsafePointer<Float>?
    try check(XGBoosterPredictFromDMatrix(handle, data.handle, request, &shape, &dimensions, &numbers))
    let count = UnsafeBufferPointer(start: shape, count: Int(dimensions)).reduce(1, *)
    return Array(UnsafeBufferPointer(start: numbers, count: Int(count)))
  }
}

/// NumPy's description of an array, by which XGBoost reads memory.
private func arrayInterface<Element>(_ array: UnsafeBufferPointer<Element>, _ type: String) -> String {
  let address = array.baseAddress.map { UInt(bitPattern: $0) } ?? 0
  return #"{"data": [\#(address), true], "shape": [\#(array.count)], "typestr": "\#(type)", "version": 3}"#
}

/// XGBoost's settings belong to the calling thread, so every piece of work begins with this.
private func silence() throws(ClassifierError) { try check(XGBSetGlobalConfig(#"{"verbosity": 0}"#)) }

private func check(_ status: Int32) throws(ClassifierError) {
  guard status != 0 else { return }
  let text = XGBGetLastError().map { String(cString: $0) } ?? "no message"
  // The first line is the message, the others are where in XGBoost's source it arose.
  let line = text.split(separator: "\n").first.map(String.init) ?? text
  throw ClassifierError("XGBoost failed: \(line)")
}
