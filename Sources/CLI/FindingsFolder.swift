import Foundation
import Mynah

/// Where `mynah evaluate` leaves what breaks gates.
struct FindingsFolder {
  private let path: String
  private let inputs: [String]

  /// - Parameters:
  ///   - given: the folder; beside the report unless given, and here without one.
  ///   - report: the report's path; "-" is standard output.
  ///   - inputs: what is read, which is not to be overwritten.
  /// - Throws: `TableError` where the given folder cannot be made.
  init(_ given: String?, report: String?, inputs: [String]) throws {
    self.inputs = inputs
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
    var taken: Set<String> = []
    return try tables.map { table in
      let stem = table.name.hasSuffix(".csv") ? String(table.name.dropLast(4)) : table.name
      return try table.gates.map { result in
        var outcome = result.outcome
        guard let findings = result.findings, let gate = try? Gate(outcome.gate) else { return outcome }
        // Tables "a" and "a.csv", and gates of details "a/b" and "a_b", would come to one name.
        var name = "\(stem).\(gate.findingsName)"
        var number = 1
        while !taken.insert(name).inserted {
          number += 1
          name = "\(stem)-\(number).\(gate.findingsName)"
        }
        let place = path == "." ? name : (path as NSString).appendingPathComponent(name)
        try OutputFile(place, reading: inputs).write(findings.csv)
        outcome.findings = place
        return outcome
      }
    }
  }
}
