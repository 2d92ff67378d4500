import Mynah
import Testing

@testable import MynahCLI

@Suite struct ProgressLineTests {
  private let report = EpochReport(
    epoch: 3, epochs: 12, seconds: 2, rowsPerSecond: 12_345.6, losses: ["generator": -0.12345, "critic": 1.5])

  @Test func aLineHoldsEpochLossesAndRate() {
    let line = "epoch 3/12, critic 1.500, generator -0.123, 12,346 rows/s"
    #expect(ProgressLine.text(report, quality: nil) == line)
  }

  @Test(arguments: [true, false]) func aScoreIsMarkedWhenItIsTheBest(_ isBest: Bool) {
    let quality = TrainingQuality(shape: 0.9, trend: 0.8, isBest: isBest)
    let mark = isBest ? "*" : ""
    let line = "epoch 3/12, critic 1.500, generator -0.123, quality 0.850\(mark), 12,346 rows/s"
    #expect(ProgressLine.text(report, quality: quality) == line)
  }

  @Test func aTerminalSeesABarAndTheTimeLeftToo() {
    #expect(
      ProgressLine.onTerminal(report, quality: nil, secondsPerEpoch: 10)
        == "[######..................] epoch 3/12, critic 1.500, generator -0.123, 12,346 rows/s, 1:30 left")
  }

  @Test(arguments: [(0, 10, 0), (5, 10, 12), (10, 10, 24), (11, 10, 24), (1, 0, 0)])
  func barsFill(_ done: Int, _ total: Int, _ filled: Int) {
    let bar = ProgressLine.bar(done, of: total)
    #expect(bar.count == 26 && bar.filter { $0 == "#" }.count == filled)
  }

  @Test(arguments: [(0.4, "0:00"), (59.6, "1:00"), (3_725, "1:02:05"), (-1, "0:00"), (.infinity, "?"), (.nan, "?")])
  func durations(_ seconds: Double, _ shown: String) { #expect(ProgressLine.duration(seconds) == shown) }

  @Test(arguments: [(999.4, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000"), (.nan, "nan")])
  func thousands(_ value: Double, _ shown: String) { #expect(ProgressLine.grouped(value) == shown) }
}
