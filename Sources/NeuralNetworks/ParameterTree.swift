import MynahTensors

/// The parameters of a module under dotted paths, in the order they are declared.
///
/// ```swift
/// var parameters: ParameterTree { ["hidden": .branch(of: hidden), "scale": .leaf(scale)] }
/// ```
public indirect enum ParameterTree: ExpressibleByDictionaryLiteral {
  case leaf(Parameter)
  case branch([(String, ParameterTree)])

  public init(dictionaryLiteral elements: (String, ParameterTree)...) { self = .branch(elements) }

  /// Several children called "0", "1", ….
  public static func list(_ children: [ParameterTree]) -> ParameterTree {
    .branch(children.enumerated().map { ("\($0.offset)", $0.element) })
  }

  /// Every parameter with its path, for example "blocks.0.linear.weight".
  public var leaves: [(path: String, parameter: Parameter)] {
    var result: [(String, Parameter)] = []
    collect(prefix: "", into: &result)
    return result
  }

  private func collect(prefix: String, into result: inout [(String, Parameter)]) {
    switch self {
    case .leaf(let parameter): result.append((prefix, parameter))
    case .branch(let children):
      for (name, child) in children {
        child.collect(prefix: prefix.isEmpty ? name : prefix + "." + name, into: &result)
      }
    }
  }

  /// The trainable parameters with their paths: what an optimiser updates, in the order of its gradients.
  public var trainable: [(path: String, parameter: Parameter)] { leaves.filter(\.parameter.isTrainable) }

  /// The values of the trainable parameters, to take gradients with respect to.
  public var trainableValues: [Tensor] { trainable.map(\.parameter.value) }

  /// Every value by path.
  public var values: [String: Tensor] {
    Dictionary(uniqueKeysWithValues: leaves.map { ($0.path, $0.parameter.value.detached) })
  }

  /// Replaces every value by the one of the same path.
  ///
  /// - Throws: `ParameterMismatch` when a path is absent or a shape differs; nothing is changed then.
  public func assign(_ values: [String: Tensor]) throws(ParameterMismatch) {
    for (path, parameter) in leaves {
      guard let value = values[path] else {
        throw ParameterMismatch(path: path, expected: parameter.value.shape, found: nil)
      }
      guard value.shape == parameter.value.shape, value.scalarType == parameter.value.scalarType else {
        throw ParameterMismatch(path: path, expected: parameter.value.shape, found: value.shape)
      }
    }
    for (path, parameter) in leaves { if let value = values[path] { parameter.assign(value) } }
  }
}

/// A tensor that is absent or has another shape than the module's.
public struct ParameterMismatch: Error, CustomStringConvertible {
  public let path: String
  public let expected: [Int]
  public let found: [Int]?

  public var description: String {
    "tensor '\(path)': expected shape \(expected), " + (found.map { "found \($0)" } ?? "found none")
  }
}
