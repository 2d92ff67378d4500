import CKernels
import MynahParallelism
import MynahRandomness

extension Tensor {
  /// A tensor whose elements `body` writes. Every element must be written.
  public init<Scalar: TensorScalar>(
    shape: [Int], of type: Scalar.Type, writingWith body: (UnsafeMutableBufferPointer<Scalar>) throws -> Void
  ) rethrows {
    let result = Tensor(uninitialized: shape, Scalar.scalarType)
    try body(UnsafeMutableBufferPointer(start: result.mutablePointer(as: Scalar.self), count: result.count))
    self = result
  }

  /// - Parameters:
  ///   - scalars: row-major; as many as `shape` says.
  ///   - shape: one axis unless given.
  ///   - scalarType: a floating-point type; indices are made by `init(indices:shape:)`.
  public init(_ scalars: [Double], shape: [Int]? = nil, scalarType: ScalarType = .float32) {
    let shape = shape ?? [scalars.count]
    precondition(
      shape.reduce(1, *) == scalars.count,
      "Tensor: shape \(shape) holds \(shape.reduce(1, *)) numbers, got \(scalars.count)")
    switch scalarType {
    case .float32:
      self.init(shape: shape, of: Float.self) { for (i, x) in scalars.enumerated() { $0[i] = Float(x) } }
    case .float64:
      self.init(shape: shape, of: Double.self) { for (i, x) in scalars.enumerated() { $0[i] = x } }
    case .int32:
      self.init(shape: shape, of: Int32.self) { for (i, x) in scalars.enumerated() { $0[i] = Int32(x) } }
    }
  }

  public init(floats: [Float], shape: [Int]? = nil) {
    let shape = shape ?? [floats.count]
    precondition(shape.reduce(1, *) == floats.count, "Tensor: shape \(shape) does not hold \(floats.count) numbers")
    self.init(shape: shape, of: Float.self) { _ = $0.update(from: floats) }
  }

  /// Whole numbers that point at rows.
  public init(indices: [Int32], shape: [Int]? = nil) {
    let shape = shape ?? [indices.count]
    precondition(shape.reduce(1, *) == indices.count, "Tensor: shape \(shape) does not hold \(indices.count) numbers")
    self.init(shape: shape, of: Int32.self) { _ = $0.update(from: indices) }
  }

  /// A scalar.
  public init(_ scalar: Double, scalarType: ScalarType = .float32) {
    self.init([scalar], shape: [], scalarType: scalarType)
  }

  public init(repeating value: Double, shape: [Int], scalarType: ScalarType = .float32) {
    switch scalarType {
    case .float32: self.init(shape: shape, of: Float.self) { $0.update(repeating: Float(value)) }
    case .float64: self.init(shape: shape, of: Double.self) { $0.update(repeating: value) }
    case .int32: self.init(shape: shape, of: Int32.self) { $0.update(repeating: Int32(value)) }
    }
  }

  public static func zeros(_ shape: [Int], scalarType: ScalarType = .float32) -> Tensor {
    Tensor(repeating: 0, shape: shape, scalarType: scalarType)
  }

  public static func ones(_ shape: [Int], scalarType: ScalarType = .float32) -> Tensor {
    Tensor(repeating: 1, shape: shape, scalarType: scalarType)
  }

  /// Standard normal numbers.
  public static func normal(_ shape: [Int], using random: inout RandomSource) -> Tensor {
    Tensor(shape: shape, of: Float.self) { random.fillNormal($0) }
  }

  /// Uniform on the open interval (0, 1).
  public static func uniform(_ shape: [Int], using random: inout RandomSource) -> Tensor {
    Tensor(shape: shape, of: Float.self) { random.fillUniform($0) }
  }

  /// Standard Gumbel numbers, −log(−log u).
  public static func gumbel(_ shape: [Int], using random: inout RandomSource) -> Tensor {
    Tensor(shape: shape, of: Float.self) { random.fillGumbel($0) }
  }

  /// `bytes` as they lie in memory (little endian); as many as `shape` and `scalarType` say.
  public init(bytes: UnsafeRawBufferPointer, shape: [Int], scalarType: ScalarType) {
    let result = Tensor(uninitialized: shape, scalarType)
    precondition(
      bytes.count == result.byteCount,
      "Tensor: shape \(shape) of \(scalarType) takes \(result.byteCount) bytes, got \(bytes.count)")
    if let source = bytes.baseAddress { result.storage.pointer.copyMemory(from: source, byteCount: bytes.count) }
    self = result
  }

  /// Elements are undefined until a kernel writes them.
  init(uninitialized shape: [Int], _ scalarType: ScalarType) {
    precondition(shape.allSatisfy { $0 >= 0 }, "Tensor: negative length in shape \(shape)")
    self.init(
      storage: Storage(byteCount: shape.reduce(1, *) * scalarType.byteCount), shape: shape, scalarType: scalarType)
  }
}
