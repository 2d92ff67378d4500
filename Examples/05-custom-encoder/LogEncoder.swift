import Foundation
import Mynah

/// s = ln(1 + |x|) with x's sign: for amounts that span orders of magnitude.
struct LogTransform: NumberTransform {
  static let head = EncodedSpan.Head.identity
  let codeCount: Int

  func encoded(_ value: Double, draw: Float) -> (code: Int, scalar: Float) {
    (0, Float(value < 0 ? -log1p(-value) : log1p(value)))
  }

  /// A model may make any number: beyond the range, infinite, or none at all.
  func decoded(code: Int, scalar: Float) -> Double {
    guard scalar.isFinite else { return 0 }
    let size = expm1(min(abs(Double(scalar)), 700))
    return scalar < 0 ? -size : size
  }
}

/// Encodes numbers by their logarithm. Missing values and values that many rows share get codes of their own, the range
/// and the digits of the column are kept: `FittedNumberEncoder` does that for every transform.
struct LogEncoder: ColumnEncoder {
  static let identifier = "log"
  static let kinds: Set<ColumnKind> = [.continuous, .integer]

  /// A parameter; an experiment file may set it.
  var spikes = SpikeFinder()

  typealias Fitted = FittedNumberEncoder<LogTransform>

  func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> Fitted {
    if case .timestamp = column { throw TableError("holds times, the encoder 'log' takes numbers") }
    return try FittedNumberEncoder(column, spikes: spikes) { LogTransform(codeCount: $0.points.isEmpty ? 0 : 1) }
  }
}
