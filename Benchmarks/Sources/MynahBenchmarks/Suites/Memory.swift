import Foundation
import Mynah

/// How training's and sampling's memory grows with the rows of the embedded table's kind: bytes for each cell that is
/// added between the smallest and the largest number of rows. What the table itself takes does not count.
///
/// Every case runs in a process of its own: memory that has been given back stays with the process.
let memorySuite = Suite(name: "memory", isLong: true) { figures in
  for kind in Registry.standard.kinds {
    var cases: [MemoryCase] = []
    for rows in MemoryCase.sizes { cases.append(try MemoryCase(measuring: kind, rows: rows)) }
    guard let least = cases.first, let most = cases.last else { continue }
    let cells = Double((most.rows - least.rows) * most.columns)
    func figure(_ name: String, _ bytes: KeyPath<MemoryCase, Int>) -> Figure {
      let peaks = cases.map { "\($0.rows): \($0[keyPath: bytes] >> 20) MB" }.joined(separator: ", ")
      return Figure(
        name: "memory.\(kind).\(name)", ratio: Double(most[keyPath: bytes] - least[keyPath: bytes]) / cells,
        detail: "bytes a cell; \(peaks), the table itself \(most.table >> 20) MB")
    }
    figures.append(figure("training", \.training))
    figures.append(figure("sampling", \.sampling))
  }
}

/// One model on one number of rows.
struct MemoryCase: Codable {
  static let sizes = [50_000, 500_000, 5_000_000]
  static let argument = "--memory-case"

  var rows: Int
  var columns: Int
  /// What the table takes.
  var table: Int
  /// The most that training takes beside the table, and that sampling as many rows to a file takes beside the model.
  var training: Int
  var sampling: Int

  /// Measured in another process.
  init(measuring kind: String, rows: Int) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [Self.argument, kind, String(rows)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    self = try JSONDecoder().decode(MemoryCase.self, from: output)
  }

  /// Measured in this process, which has done nothing else before.
  init(of kind: String, rows: Int) throws {
    self.rows = rows
    let start = Memory.resident
    let data = try TransactionsGenerator(rowCount: rows).table()
    columns = data.columns.count
    table = Memory.resident - start
    let synthesizer = try Registry.standard.synthesizer(kind)
    func fitted<S: Synthesizer>(_ type: S.Type) throws -> any FittedSynthesizer {
      var synthesizer = S()
      if var conditional = synthesizer as? any TargetConditioned {
        conditional.conditionColumn = "is_fraud"
        synthesizer = conditional as? S ?? synthesizer
      }
      var random = RandomSource(seed: 1)
      return try synthesizer.fitted(to: data, using: &random, observer: FewSteps())
    }
    let before = Memory.resident
    Memory.forgetPeak()
    let model = try fitted(synthesizer)
    training = Memory.peak - before
    let trained = Memory.resident
    Memory.forgetPeak()
    try RowSampler(model, seed: 1).write(rows, to: "/dev/null")
    sampling = Memory.peak - trained
  }
}

/// Ends training after some steps: enough for every buffer to have been used.
private final class FewSteps: TrainingObserver, @unchecked Sendable {
  private var steps = 0
  func stageBegan(_ name: String) {}
  func epochEnded(_ report: EpochReport) -> TrainingDecision { .proceed }
  var shouldStop: Bool {
    steps += 1
    return steps > 40
  }
}

/// This process's memory, as Linux counts it.
private enum Memory {
  static var resident: Int { kilobytes("VmRSS:") << 10 }
  static var peak: Int { kilobytes("VmHWM:") << 10 }

  /// From now on `peak` is the most that was taken from now on.
  static func forgetPeak() { try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs")) }

  private static func kilobytes(_ name: String) -> Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { Int($0.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") } ?? 0
  }
}
