import MynahTensors

/// A tensor of a module that training changes, or one that it carries along (running statistics).
///
/// A parameter is a handle: a module's copies share it. It is changed by one thread at a time, the one that trains;
/// a fitted model's parameters are never changed.
public final class Parameter: @unchecked Sendable {
  /// Recorded if trainable, so that gradients can be taken with respect to it.
  public internal(set) var value: Tensor
  public let isTrainable: Bool

  public init(_ value: Tensor, isTrainable: Bool = true) {
    self.value = isTrainable ? value.recorded : value.detached
    self.isTrainable = isTrainable
  }

  /// Replaces the numbers; the shape and scalar type stay.
  public func assign(_ tensor: Tensor) {
    precondition(
      tensor.shape == value.shape && tensor.scalarType == value.scalarType,
      "Parameter.assign: \(tensor.scalarType) \(tensor.shape) for a parameter \(value.scalarType) \(value.shape)")
    value = isTrainable ? tensor.recorded : tensor.detached
  }
}
