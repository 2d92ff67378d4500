import MynahStatistics

/// What an encoder of numbers does to a value: turns it into a number that a model can learn, and back.
///
/// `FittedNumberEncoder` does all the rest, so that an encoder of one's own is a transform and four lines:
///
/// ```swift
/// struct LogTransform: NumberTransform {
///   static let head = EncodedSpan.Head.identity
///   var codeCount: Int { 1 }
///   func encoded(_ value: Double, draw: Float) -> (code: Int, scalar: Float) { (0, Float(log(1 + max(0, value)))) }
///   func decoded(code: Int, scalar: Float) -> Double { exp(Double(scalar)) - 1 }
/// }
/// struct LogEncoder: ColumnEncoder {
///   static let identifier = "log"
///   static let kinds: Set<ColumnKind> = [.continuous, .integer]
///   func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> FittedNumberEncoder<LogTransform>
///   {
///     try FittedNumberEncoder(column, spikes: SpikeFinder()) { _ in LogTransform() }
///   }
/// }
/// ```
public protocol NumberTransform: Codable, Sendable, Equatable {
  /// How a network ends the scalar: `tanh` for one in −1...1, `identity` for any.
  static var head: EncodedSpan.Head { get }
  /// How many codes a value may get along with its scalar; 0 where there is nothing to transform.
  var codeCount: Int { get }
  /// - Parameters:
  ///   - value: finite, in the column's unit; it may lie outside of what was fitted to.
  ///   - draw: uniform on (0, 1) where there are several codes, for a code that is drawn.
  /// - Returns: A code in 0 ..< `codeCount` and a finite scalar.
  func encoded(_ value: Double, draw: Float) -> (code: Int, scalar: Float)
  /// The inverse, for any scalar that a model may make: also beyond the range, infinite, or NaN.
  func decoded(code: Int, scalar: Float) -> Double
}
