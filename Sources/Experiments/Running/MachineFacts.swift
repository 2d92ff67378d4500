import Foundation

/// What a run was computed on: what a reader needs to compare times, nothing that names the machine or its user.
public struct MachineFacts: Codable, Sendable, Equatable {
  public var cores: Int
  public var processor: String
  public var operatingSystem: String
  public var architecture: String
  /// In GiB.
  public var memory: Double

  public static var current: MachineFacts {
    #if arch(x86_64)
      let architecture = "x86_64"
    #elseif arch(arm64)
      let architecture = "arm64"
    #else
      let architecture = "other"
    #endif
    let information = ProcessInfo.processInfo
    return MachineFacts(
      cores: information.activeProcessorCount,
      processor: value(of: "model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown",
      operatingSystem: value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=")
        ?? information.operatingSystemVersionString,
      architecture: architecture,
      memory: (Double(information.physicalMemory) / 1_073_741_824 * 10).rounded() / 10)
  }

  private static func value(of key: String, in file: String, separator: Character) -> String? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: separator, maxSplits: 1)
      guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == key else { continue }
      return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
    }
    return nil
  }
}
