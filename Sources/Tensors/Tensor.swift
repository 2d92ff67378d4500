/// A contiguous, row-major, immutable array of numbers.
///
/// ```swift
/// let x = Tensor([1, 2, 3], shape: [3]).recorded
/// let y = (x * x).sum()
/// gradients(of: y, withRespectTo: [x])[0].scalars   // [2, 4, 6]
/// ```
///
/// A tensor is a value: copying it copies a reference to storage that is never written again. One that is `recorded`
/// remembers how it was computed, so that `gradients(of:withRespectTo:createGraph:)` can walk back from it.
public struct Tensor: Sendable {
  /// The length of each axis; empty for a scalar.
  public let shape: [Int]
  public let scalarType: ScalarType
  /// Shared by copies and views; replaced only by `withUniqueElements`.
  var storage: Storage
  /// Where in the storage the elements begin: a run of leading rows is a view, not a copy.
  private(set) var byteOffset: Int
  /// How it was computed; nil for a constant.
  let node: Node?

  init(storage: Storage, byteOffset: Int = 0, shape: [Int], scalarType: ScalarType, node: Node? = nil) {
    self.storage = storage
    self.byteOffset = byteOffset
    self.shape = shape
    self.scalarType = scalarType
    self.node = node
  }

  public var rank: Int { shape.count }
  /// How many numbers it holds.
  public var count: Int { shape.reduce(1, *) }
  /// Whether gradients can be taken with respect to it.
  public var isRecorded: Bool { node != nil }
  /// The same numbers as a constant: nothing flows back through it.
  public var detached: Tensor { Tensor(self, node: nil) }
  /// The same numbers as a new variable, which gradients can be taken with respect to.
  public var recorded: Tensor { Tensor(self, node: Node()) }

  init(_ other: Tensor, node: Node?) {
    self.init(
      storage: other.storage, byteOffset: other.byteOffset, shape: other.shape, scalarType: other.scalarType, node: node
    )
  }
}
