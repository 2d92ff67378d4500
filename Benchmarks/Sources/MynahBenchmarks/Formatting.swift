import Foundation

func formatted(seconds: Double) -> String {
  switch seconds {
  case ..<1e-6: String(format: "%.0f ns", seconds * 1e9)
  case ..<1e-3: String(format: "%.1f us", seconds * 1e6)
  case ..<1: String(format: "%.2f ms", seconds * 1e3)
  default: String(format: "%.2f s", seconds)
  }
}

func formatted(ratio: Double) -> String { String(format: ratio < 10 ? "%.3f" : "%.1f", ratio) }
