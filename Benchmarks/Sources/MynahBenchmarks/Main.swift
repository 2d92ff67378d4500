import Foundation
import Mynah

/// `MynahBenchmarks [--compare thresholds.json] [--threads N] [suite…]`: measures, prints, and with thresholds fails when
/// a figure is worse than its own.
@main
enum Main {
  static let suites = [
    matmulSuite, elementwiseSuite, graphSuite, mixtureSuite, csvSuite, ctganSuite, neighborsSuite, memorySuite,
    balancingSuite,
  ]

  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 3, arguments[0] == MemoryCase.argument, let rows = Int(arguments[2]) {
      print(String(decoding: try JSONEncoder().encode(try MemoryCase(of: arguments[1], rows: rows)), as: UTF8.self))
      return
    }
    let thresholds = try option("--compare", in: &arguments).map(Thresholds.init(contentsOf:))
    if let threads = option("--threads", in: &arguments) { threadCount = Int(threads) ?? threadCount }
    let unknown = arguments.filter { name in !suites.contains { $0.name == name } }
    guard unknown.isEmpty else {
      fail("unknown suite '\(unknown[0])'; there are \(suites.map(\.name).joined(separator: ", "))", status: 64)
    }

    var figures: [Figure] = []
    for suite in suites where arguments.isEmpty ? !suite.isLong : arguments.contains(suite.name) {
      var measured: [Figure] = []
      try flushingDenormals { try suite.run(&measured) }
      for figure in measured { show(figure, thresholds?.byName[figure.name]) }
      figures += measured
    }
    guard let thresholds else { return }
    let complaints = thresholds.complaints(
      about: figures, expecting: arguments.isEmpty ? suites.filter { !$0.isLong }.map(\.name) : [])
    if !complaints.isEmpty { fail(complaints.joined(separator: "\n"), status: 1) }
    print("All \(figures.count) figures keep their thresholds.")
  }

  private static func option(_ name: String, in arguments: inout [String]) -> String? {
    guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
    defer { arguments.removeSubrange(index...index + 1) }
    return arguments[index + 1]
  }

  private static func show(_ figure: Figure, _ threshold: Threshold?) {
    let name = figure.name.padding(toLength: 34, withPad: " ", startingAt: 0)
    let ratio = formatted(ratio: figure.ratio).padding(toLength: 8, withPad: " ", startingAt: 0)
    let bound = (threshold?.description ?? "").padding(toLength: 16, withPad: " ", startingAt: 0)
    print("\(name) \(ratio) \(bound) \(figure.detail)")
    fflush(nil)
  }

  private static func fail(_ message: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(status)
  }
}
