/// A contiguous, row-major, immutable array of numbers.
///
/// ```swift
/// let x = Tensor([1, 2, 3, 4], shape: [2, 2])
/// let y = (x * x).sum()
/// let dx = gradients(of: y, withRespectTo: [x.recorded])  // x has to be recorded before it is used
/// ```
public struct Tensor: Sendable {
  public let shape: [Int]
  public let scalarType: ScalarType
  let storage: Storage
  /// Where in the storage the elements begin: a run of leading rows is a view.
  let byteOffset: Int
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
  public var count: Int { shape.reduce(1, *) }
}
