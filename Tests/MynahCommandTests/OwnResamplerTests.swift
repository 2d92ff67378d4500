import Foundation
import Mynah
import Testing

@testable import MynahCLI

/// A program of one's own with a method of one's own, as `MynahProgram.main(registry:)` runs it.
@Suite struct OwnResamplerTests {
  /// Copies a class's first row as often as rows are lacking.
  private struct FirstRow: Resampler {
    static let identifier = "first-row"
    var times = 1

    func validate() throws(ResamplingError) {
      if times < 1 { throw ResamplingError("times must be at least 1, got \(times)", hyperparameter: "times") }
    }

    func resampled(
      _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
    ) throws -> ResampledTable {
      let classes = try TargetClasses(table, target: request.target)
      let plan = try SamplingPlan.additions(to: classes, request.strategy)
      let rows = plan.additions(to: classes).flatMap { index, count in
        Array(repeating: classes.rows[index][0], count: count * times)
      }
      return try ResampledTable(real: table, added: table.gathering(rows), method: Self.identifier)
    }
  }

  private var registry: Registry {
    var registry = Registry.standard
    registry.register(resampler: FirstRow.self)
    return registry
  }

  private func run(_ arguments: [String]) throws {
    try MynahProgram.$registry.withValue(registry) {
      var command = try RootCommand.parseAsRoot(arguments)
      try command.run()
    }
  }

  @Test func theCommandKnowsIt() throws {
    let sandbox = try Sandbox()
    try sandbox.write(BalanceCommandTests.table, to: "data.csv")
    let (data, output) = (sandbox.folder.path + "/data.csv", sandbox.folder.path + "/out.csv")
    let common = ["balance", data, "--target", "label", "-q", "-o", output, "--method"]
    try run(common + ["first-row", "--set", "times=2", "--provenance=from"])
    let lines = try sandbox.text("out.csv").split(separator: "\n")
    #expect(lines.count == 1 + 48 + 48 && lines.last?.hasSuffix(",yes,synthetic:first-row") == true)
    try FileManager.default.removeItem(atPath: output)

    for (rest, message) in [
      (["first-rwo"], "unknown method 'first-rwo'; did you mean 'first-row'?"),
      (["first-row", "--neighbours", "3"], "--neighbours: 'first-row' has no neighbours; leave the option out"),
    ] {
      #expect { try run(common + rest) } throws: { RootCommand.message(for: $0).contains(message) }
    }
    #expect { try run(common + ["first-row", "--set", "times=0"]) } throws: {
      "\($0)" == "--set times=0: times must be at least 1, got 0"
    }
    #expect(sandbox.contents == ["data.csv"])
  }
}
