import Foundation
import Mynah

/// Where `mynah evaluate` leaves what breaks gates.
struct FindingsFolder {
  private let path: String

  /// - Parameters:
  ///   - given: the folder; beside the report unless given, and here without one.
  ///   - report: the report's path; "-" is standard output.
  /// - Throws: `TableError` where the given folder cannot be made.
  init(_ given: String?, report: String?) throws {
    guard let given else {
      let folder = report.flatMap { $0 == "-" ? nil : ($0 as NSString).deletingLastPathComponent }
      path = folder.map { $0.isEmpty ? "." : $0 } ?? "."
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: given, withIntermediateDirectories: true)
    } catch {
      throw TableError("this folder cannot be made", reason: .cannotWrite, file: given)
    }
    path = given
  }

  /// Writes a file for each gate that is not passed.
  ///
  /// - Returns: The outcomes of each table, with the files' paths.
  func write(_ tables: [TableJudge.Judged]) throws -> [[GateOutcome]] {
    try tables.map { table in
      let stem = table.name.hasSuffix(".csv") ? String(table.name.dropLast(4)) : table.name
      return try table.gates.map { result in
        var outcome = result.outcome
        guard let findings = result.findings, let gate = try? Gate(outcome.gate) else { return outcome }
        let name = "\(stem).\(gate.findingsName)"
        let place = path == "." ? name : (path as NSString).appendingPathComponent(name)
        try OutputFile(place).write(findings.csv)
        outcome.findings = place
        return outcome
      }
    }
  }
}
