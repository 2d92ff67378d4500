/// A Swift type that a tensor's elements can be.
public protocol TensorScalar: Sendable {
  /// The scalar type of tensors that hold it.
  static var scalarType: ScalarType { get }
}
extension Float: TensorScalar { public static var scalarType: ScalarType { .float32 } }
extension Double: TensorScalar { public static var scalarType: ScalarType { .float64 } }
extension Int32: TensorScalar { public static var scalarType: ScalarType { .int32 } }

extension Tensor {
  /// The bytes that its elements take.
  public var byteCount: Int { count * scalarType.byteCount }

  /// The elements, row-major, for reading inside `body`.
  public func withUnsafeElements<Scalar: TensorScalar, Result>(
    as type: Scalar.Type = Scalar.self, _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    precondition(
      Scalar.scalarType == scalarType, "withUnsafeElements: the tensor holds \(scalarType), not \(Scalar.scalarType)")
    return try withExtendedLifetime(storage) {
      try body(UnsafeBufferPointer(start: pointer(as: Scalar.self), count: count))
    }
  }

  /// The elements as they lie in memory, row-major and little-endian, for reading inside `body`.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(storage) {
      try body(UnsafeRawBufferPointer(start: storage.pointer + byteOffset, count: byteCount))
    }
  }

  /// The elements as doubles, row-major.
  public var scalars: [Double] {
    switch scalarType {
    case .float32: withUnsafeElements(as: Float.self) { $0.map(Double.init) }
    case .float64: withUnsafeElements(as: Double.self) { Array($0) }
    case .int32: withUnsafeElements(as: Int32.self) { $0.map(Double.init) }
    }
  }

  /// The elements of a float32 tensor.
  public var floats: [Float] { withUnsafeElements(as: Float.self) { Array($0) } }

  /// Whether no element is NaN or infinite.
  public var isFinite: Bool {
    switch scalarType {
    case .float32: withUnsafeElements(as: Float.self) { $0.allSatisfy(\.isFinite) }
    case .float64: withUnsafeElements(as: Double.self) { $0.allSatisfy(\.isFinite) }
    case .int32: true
    }
  }

  /// The only element.
  public var item: Double {
    precondition(count == 1, "item: shape \(shape) holds \(count) numbers, not one")
    return scalars[0]
  }

  func pointer<Scalar>(as type: Scalar.Type) -> UnsafePointer<Scalar> {
    UnsafePointer((storage.pointer + byteOffset).assumingMemoryBound(to: Scalar.self))
  }

  /// For the kernel that makes the tensor, before anyone else sees it.
  func mutablePointer<Scalar>(as type: Scalar.Type) -> UnsafeMutablePointer<Scalar> {
    (storage.pointer + byteOffset).assumingMemoryBound(to: Scalar.self)
  }
}

extension Tensor: CustomStringConvertible {
  public var description: String {
    let shown = scalars.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return "Tensor(\(shape), \(scalarType.rawValue))[\(shown)\(count > 8 ? ", …" : "")]"
  }
}

extension Tensor {
  /// Lets an optimiser update numbers in place where nobody else holds them; a tensor that is shared is copied first,
  /// so that the others keep what they had.
  package mutating func withUniqueElements<Scalar: TensorScalar, Result>(
    as type: Scalar.Type, _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    precondition(
      Scalar.scalarType == scalarType, "withUniqueElements: the tensor holds \(scalarType), not \(Scalar.scalarType)")
    if !isKnownUniquelyReferenced(&storage) { self = Tensor(copying: self) }
    return try withExtendedLifetime(storage) {
      try body(UnsafeMutableBufferPointer(start: mutablePointer(as: Scalar.self), count: count))
    }
  }

  private init(copying other: Tensor) {
    let copy = other.withUnsafeBytes { Tensor(bytes: $0, shape: other.shape, scalarType: other.scalarType) }
    self.init(copy, node: other.node)
  }
}
