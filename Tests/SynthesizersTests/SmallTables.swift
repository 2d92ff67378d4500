import MynahRandomness
import MynahTables

@testable import MynahSynthesizers

/// Small tables and small networks, so that a debug build trains them in a second.
enum Small {
  /// 400 rows: a number whose mean depends on the colour, an integer with missing values, two discrete columns of which
  /// one has a rare level, and a label that follows the colour.
  static func table(rows: Int = 400, seed: UInt64 = 5) throws -> Table {
    var random = RandomSource(seed: seed)
    var numbers: [Double] = []
    var integers: [Int64] = []
    var present: [Bool] = []
    var colours: [Int32] = []
    var shapes: [Int32] = []
    for row in 0..<rows {
      let colour = Int32(random.index(below: 3))
      colours.append(colour)
      shapes.append(row % 50 == 0 ? 1 : 0)
      numbers.append((Double(colour) * 10 + random.normal()).rounded())
      integers.append(Int64(random.index(below: 90)))
      present.append(random.uniform() > 0.2)
    }
    var price = ColumnSchema(name: "price", kind: .continuous)
    price.fractionDigits = 0
    price.minimum = numbers.min()
    price.maximum = numbers.max()
    return try Table(
      schema: Schema([
        price, ColumnSchema(name: "age", kind: .integer), ColumnSchema(name: "colour", kind: .categorical),
        ColumnSchema(name: "shape", kind: .categorical), ColumnSchema(name: "label", kind: .boolean),
      ]),
      columns: [
        .continuous(numbers, nil), .integer(integers, Validity(present)),
        .categorical(codes: colours, levels: ["red", "green", "blue"], nil),
        .categorical(codes: shapes, levels: ["round", "square"], nil),
        .categorical(codes: colours.map { $0 == 2 ? 1 : 0 }, levels: ["no", "yes"], nil),
      ])
  }

  static var model: CTGAN {
    var model = CTGAN()
    model.epochs = 2
    model.batchSize = 40
    model.pac = 4
    model.embeddingDimension = 8
    model.generatorDimensions = [16, 16]
    model.discriminatorDimensions = [16, 16]
    return model
  }

  /// The same networks for another member of the family.
  static func shrunk<S: AdversarialSynthesizer>(_ settings: S) -> S {
    var settings = settings
    settings.epochs = 2
    settings.batchSize = 40
    settings.embeddingDimension = 8
    settings.generatorDimensions = [16, 16]
    settings.discriminatorDimensions = [16, 16]
    return settings
  }

  static var conditional: ConditionalGAN {
    var settings = shrunk(ConditionalGAN())
    settings.conditionColumn = "label"
    return settings
  }

  static func fitted(_ table: Table, seed: UInt64 = 1) throws -> FittedCTGAN { try fitted(table, model, seed: seed) }

  static func fitted<S: AdversarialSynthesizer>(_ table: Table, _ model: S, seed: UInt64 = 1) throws -> S.Fitted {
    var random = RandomSource(seed: seed)
    return try model.fitted(to: table, using: &random, observer: SilentObserver())
  }

  static func archive(_ model: some FittedSynthesizer) throws -> ModelArchive {
    var archive = ModelArchive()
    try model.write(to: &archive)
    return archive
  }

  /// Tables with little to learn, each with a column "label": constant, with missing values, a single column, and many
  /// levels.
  static func oddTables() throws -> [Table] {
    let label = ColumnSchema(name: "label", kind: .categorical)
    func labels(_ count: Int, levels: Int32) -> Column {
      .categorical(
        codes: (0..<Int32(count)).map { $0 % levels }, levels: (0..<levels).map { "level \($0)" }, nil)
    }
    func table(_ columns: [(ColumnSchema, Column)]) throws -> Table {
      try Table(schema: Schema(columns.map(\.0)), columns: columns.map(\.1))
    }
    let absent = Validity(count: 30, allPresent: false)
    return [
      try table([(label, labels(30, levels: 1))]),
      try table([(label, labels(30, levels: 3))]),
      try table([(label, labels(30, levels: 30))]),
      try table([
        (label, labels(30, levels: 1)), (ColumnSchema(name: "a", kind: .integer), .integer(Array(0..<30), nil)),
      ]),
      try table([
        (label, .categorical(codes: Array(repeating: -1, count: 30), levels: [], absent)),
        (ColumnSchema(name: "a", kind: .continuous), .continuous(Array(repeating: 0, count: 30), absent)),
        (ColumnSchema(name: "t", kind: .datetime), .timestamp((0..<30).map { $0 * 86_400 }, nil)),
      ]),
      try table([
        (label, labels(2, levels: 2)), (ColumnSchema(name: "a", kind: .continuous), .continuous([1, 2], nil)),
      ]),
    ]
  }

  /// The level of a categorical column at a row, nil where it is missing.
  static func level(_ table: Table, _ column: String, _ row: Int) -> String? {
    guard case .categorical(let codes, let levels, _)? = table[column], let values = table[column],
      !values.isMissing(row)
    else { return nil }
    return levels[Int(codes[row])]
  }
}
