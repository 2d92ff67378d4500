import Foundation
import Mynah

/// Reading 200,000 rows of the embedded table's kind from a file, kinds inferred: time ÷ that of reading the bare bytes.
/// And writing them: time ÷ that of writing the same bytes.
let csvSuite = Suite(name: "csv") { figures in
  let folder = FileManager.default.temporaryDirectory.appending(path: "mynah-benchmarks-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: "transactions.csv")
  let copy = folder.appending(path: "copy.csv")
  let bytes = Data(TransactionsGenerator(rowCount: 200_000).csv().utf8)
  try bytes.write(to: file)
  let table = try CSVReader().read(path: file.path).table

  let reading = Timing.ratio(
    of: { keep(try? CSVReader().read(path: file.path)) }, to: { keep(try? Data(contentsOf: file)) }, rounds: 5)
  let writing = Timing.ratio(
    of: { keep(try? table.writeCSV(to: copy.path)) }, to: { keep(try? bytes.write(to: copy)) }, rounds: 5)
  let megabytes = Double(bytes.count) / 1e6
  for (name, timed) in [("csv.read", reading), ("csv.write", writing)] {
    figures.append(
      Figure(
        name: name, ratio: timed.ratio,
        detail: "\(Int(megabytes / timed.body)) MB/s, the bytes alone \(Int(megabytes / timed.baseline)) MB/s"))
  }
}
