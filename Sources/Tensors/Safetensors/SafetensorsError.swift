/// What is wrong with the bytes of a safetensors file.
public struct SafetensorsError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String

  init(_ description: String) { self.description = description }
}
