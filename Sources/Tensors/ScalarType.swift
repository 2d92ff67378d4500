/// What a tensor's elements are. The raw values are those of the safetensors format.
public enum ScalarType: String, Codable, Sendable {
  case float32 = "F32"
  case float64 = "F64"
  case int32 = "I32"

  public var byteCount: Int { self == .float64 ? 8 : 4 }
  public var isFloatingPoint: Bool { self != .int32 }
}
