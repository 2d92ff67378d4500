import Foundation
import MynahEncoders
import MynahRandomness
import MynahSynthesizers
import MynahTables
import Testing

@testable import MynahExperiments

/// Encoders of columns in experiment files, and those that users write.
@Suite struct EncoderChoiceTests {
  private var registry: Registry {
    var registry = Registry()
    registry.register(Noise.self)
    registry.register(encoder: RootEncoder.self)
    return registry
  }

  private func noise(_ hyperparameters: String, registry: Registry? = nil) throws -> Noise {
    let yaml = """
      dataset: train.csv
      generators:
        - {kind: noise, \(hyperparameters)}
      """
    let read = try ExperimentConfiguration(yaml: yaml, file: "x.yaml", registry: registry ?? self.registry)
    return try #require(read.generators[0].synthesizer as? Noise)
  }

  private func message(_ hyperparameters: String) -> String {
    do {
      _ = try noise(hyperparameters)
    } catch {
      return "\(error)"
    }
    return "no error"
  }

  private func table() throws -> Table {
    let schemas = [
      ("Amount", ColumnKind.continuous), ("amount", .continuous), ("age", .integer), ("color", .categorical),
    ]
    var random = RandomSource(seed: 8)
    return try Table(
      schema: Schema(schemas.map { ColumnSchema(name: $0.0, kind: $0.1) }),
      columns: [
        .continuous((0..<200).map { _ in exp(random.normal()) }, nil),
        .continuous((0..<200).map { _ in exp(random.normal()) }, nil), .integer((0..<200).map { $0 % 40 }, nil),
        .categorical(codes: (0..<200).map { $0 % 3 }, levels: ["red", "green", "blue"], nil),
      ])
  }

  @Test func namesAndParametersAreRead() throws {
    #expect(try noise("epochs: 1").encoders.isEmpty)
    let read = try noise(
      """
      numbers: min-max, encoders: {amount: quantile, Amount: root, age: one-hot,
        "two words": {kind: quantile, quantiles: 50, spikes: {limit: 3}}, level: {kind: root, exponent: 0.25}}
      """)
    #expect(read.numbers == .minMax)
    #expect(read.encoders["amount"] == .quantile && read.encoders["Amount"] == EncoderChoice(RootEncoder()))
    #expect(read.encoders["age"] == .oneHot)
    let words = try #require(read.encoders["two words"]?.encoder as? QuantileEncoder)
    #expect(words.quantiles == 50 && words.spikes.limit == 3 && words.spikes.prominence == 4)
    #expect((read.encoders["level"]?.encoder as? RootEncoder)?.exponent == 0.25)
  }

  @Test func mistakesSayWhatWouldBeRight() {
    #expect(
      message("encoders: {amount: quantil}")
        == "x.yaml:3:38: encoders.amount: unknown encoder 'quantil'; did you mean 'quantile'?")
    #expect(
      message("encoders: {amount: {kind: fourier}}").hasSuffix(
        "encoders.amount: unknown encoder 'fourier'; the encoders are identifier, min-max, mode-specific, one-hot, "
          + "quantile, root"))
    #expect(
      message("encoders: {amount: {kind: quantile, quantils: 5}}")
        == "x.yaml:3:55: unknown key 'quantils' in generator 'noise'; did you mean 'quantiles'?")
    #expect(
      message("encoders: {amount: {kind: quantile, quantiles: 1}}")
        == "x.yaml:3:38: encoders.amount: the quantile encoding needs 2...100000 quantiles, got 1")
    #expect(
      message("encoders: {amount: {kind: quantile, quantiles: many}}").contains("quantiles: must be a whole number"))
    #expect(message("encoders: {amount: {quantiles: 5}}").contains("'kind' is missing"))
    #expect(message("encoders: quantile").contains("encoders"))
  }

  @Test func whatIsKeptIsReadBack() throws {
    let read = try noise("numbers: {kind: root, exponent: 0.25}, encoders: {Amount: root, amount: min-max}")
    let json = try Hyperparameters.json(of: read)
    #expect(
      json == #"{"encoders":{"Amount":"root","amount":"min-max"},"numbers":{"exponent":0.25,"kind":"root"}}"#)
    let decoder = JSONDecoder()
    decoder.userInfo[.encoders] = registry.encoders
    #expect(try decoder.decode(Noise.self, from: Data(json.utf8)) == read)
    #expect(throws: (any Error).self) { try JSONDecoder().decode(Noise.self, from: Data(json.utf8)) }
  }

  @Test func aModelWithAUsersEncoderIsSavedAndLoaded() throws {
    let synthesizer = try noise("encoders: {Amount: {kind: root, exponent: 0.25}, amount: min-max, age: one-hot}")
    var random = RandomSource(seed: 1)
    let model = try synthesizer.fitted(to: table(), using: &random, observer: SilentObserver())
    #expect(model.encoder.columns.map(\.identifier) == ["root", "min-max", "one-hot", "one-hot"])
    #expect(model.encoder.layout.discreteColumns.map(\.column) == [2, 3])
    let file = try ModelFile(
      model, of: synthesizer, provenance: Provenance(dataSHA256: "00", rows: 200, seed: 1))
    let read = try file.encoded().withUnsafeBytes { try ModelFile(bytes: $0, file: "m") }
    let again = try #require(try read.model(registry: registry) as? FittedNoise)
    #expect(again.encoder == model.encoder)
    var (one, other) = (RandomSource(seed: 2), RandomSource(seed: 2))
    let rows = try model.sample(50, given: [], using: &one)
    #expect(try again.sample(50, given: [], using: &other) == rows)
    #expect(rows["age"].map { if case .integer = $0 { true } else { false } } == true)
    var without = Registry()
    without.register(Noise.self)
    #expect {
      try read.model(registry: without)
    } throws: {
      "\($0)".contains("the encoder 'root' is unknown; a program that registers it can read this")
    }
  }
}

/// A user's encoder: the square root, or another one.
private struct RootEncoder: ColumnEncoder {
  static let identifier = "root"
  static let kinds: Set<ColumnKind> = [.continuous]
  var exponent = 0.5

  func fitted(
    to column: Column, using random: inout RandomSource
  ) throws(TableError) -> FittedNumberEncoder<RootTransform> {
    try FittedNumberEncoder(column, spikes: SpikeFinder()) { _ in RootTransform(exponent: exponent) }
  }
}

private struct RootTransform: NumberTransform {
  static let head = EncodedSpan.Head.identity
  var exponent: Double
  var codeCount: Int { 1 }

  func encoded(_ value: Double, draw: Float) -> (code: Int, scalar: Float) { (0, Float(pow(max(0, value), exponent))) }
  func decoded(code: Int, scalar: Float) -> Double { pow(Double(max(0, scalar)), 1 / exponent) }
}

/// A synthesizer whose rows are noise, decoded.
private struct Noise: Synthesizer, Equatable {
  static let identifier = "noise"
  var numbers = EncoderChoice.modeSpecific
  var encoders: [String: EncoderChoice] = [:]
  var epochs: Int?

  func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedNoise {
    FittedNoise(encoder: try TableEncoder(numbers: numbers, columns: encoders).fitted(to: table, using: &random))
  }
}

private struct FittedNoise: FittedSynthesizer {
  static let identifier = "noise"
  let encoder: FittedTableEncoder
  var schema: Schema { encoder.schema }

  init(encoder: FittedTableEncoder) { self.encoder = encoder }

  func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let outputs = (0..<request.count * encoder.layout.width).map { _ in Float(random.normal()) }
    return try encoder.decode(activated: outputs, rowCount: request.count, using: &random)
  }

  func write(to archive: inout ModelArchive) throws {
    archive.metadata["encoder"] = String(decoding: try JSONEncoder().encode(encoder), as: UTF8.self)
  }

  init(from archive: ModelArchive) throws {
    let decoder = JSONDecoder()
    decoder.userInfo[.encoders] = archive.encoders
    encoder = try decoder.decode(FittedTableEncoder.self, from: Data((archive.metadata["encoder"] ?? "").utf8))
  }
}
