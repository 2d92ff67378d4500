#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a learning rate changes over training.
public enum LearningRateSchedule: String, Codable, Sendable, CaseIterable {
  /// It stays.
  case constant
  /// It falls from its value to a hundredth of it along half a cosine (Loshchilov and Hutter 2017, without restarts).
  case cosine

  /// The factor of the learning rate when `progress`, in 0...1, of all steps lie behind.
  public func factor(at progress: Double) -> Double {
    switch self {
    case .constant: 1
    case .cosine: 0.01 + 0.99 * (1 + cos(.pi * max(0, min(1, progress)))) / 2
    }
  }
}
