import MynahEncoders
import MynahRandomness
import MynahTables

/// Holds an encoder to what `ColumnEncoder` and `FittedColumnEncoder` promise, on columns of the kinds that it takes:
/// usual ones with and without missing values, a constant, nothing but missing values, one row, none.
///
/// Every column comes back, encoded with any number of threads, and stays the same when the fitted encoder is stored and read;
/// blocks are as the spans say; whatever a model makes decodes to finite numbers in the column's range and to levels that
/// it has; what does not belong together is a `TableError`.
///
/// ```swift
/// @Test func conforms() { #expect(checkEncoder(MyEncoder(), on: [.continuous([1, 5, 2.5], nil)]) == []) }
/// ```
///
/// - Parameters:
///   - encoder: with the parameters to try.
///   - columns: more columns to try, each of a kind that the encoder takes.
///   - tolerance: how far a number may be from what it was, as a share of its column's range. Levels and missing values
///     must come back exactly.
/// - Returns: The broken promises.
public func checkEncoder<Encoder: ColumnEncoder>(
  _ encoder: Encoder, on columns: [Column] = [], tolerance: Double = 1e-4
) -> [ConformanceFailure] {
  let name = Encoder.identifier
  var failures: [ConformanceFailure] = []
  func expect(_ holds: Bool, _ message: @autoclosure () -> String, _ subject: String = name) {
    if !holds { failures.append(ConformanceFailure(message(), of: subject)) }
  }
  expect(!name.isEmpty, "the identifier is empty")
  expect(!Encoder.kinds.isEmpty, "it takes no kind of columns")
  expect((try? Encoder().validate()) != nil, "its default parameters are refused")
  expect(keepsItsParameters(encoder), "its parameters change when they are stored as a choice and read again")

  let own = SampleColumns.all.filter { Encoder.kinds.contains($0.kind) }
  let given = columns.enumerated().map { (title: "column \($0.offset)", column: $0.element) }
  let isMadeAnew = Encoder.kinds == [.identifier]
  for (title, column) in own.map({ ($0.title, $0.column) }) + given {
    let subject = "\(name) on \(title)"
    do {
      let fitted = try fit(encoder, to: column)
      expect(try fit(encoder, to: column) == fitted, "the same seed gives another fit", subject)
      let reach = tolerance == 0 ? 0 : tolerance * range(of: column) + Double.leastNormalMagnitude
      failures += checkFitted(fitted, on: column, tolerance: isMadeAnew ? nil : reach).map {
        ConformanceFailure($0.message, of: subject)
      }
    } catch {
      expect(false, "fitting: \(error)", subject)
    }
  }
  for sample in SampleColumns.foreign(to: Encoder.kinds) {
    expect(
      isRefused { _ = try fit(encoder, to: sample.column) }, "it is fitted without an error",
      "\(name) on \(sample.title)")
  }
  return failures
}

private func fit<Encoder: ColumnEncoder>(_ encoder: Encoder, to column: Column) throws(TableError) -> Encoder.Fitted {
  var random = RandomSource(seed: 1)
  return try encoder.fitted(to: column, using: &random)
}

/// Whether `body` throws a `TableError`.
func isRefused(_ body: () throws -> Void) -> Bool {
  do { try body() } catch { return error is TableError }
  return false
}

/// The distance between the greatest and the least number; 0 for levels.
private func range(of column: Column) -> Double {
  let numbers = (0..<column.count).compactMap { column.number(at: $0) }
  guard let low = numbers.min(), let high = numbers.max() else { return 0 }
  return min(high - low, .greatestFiniteMagnitude)
}
