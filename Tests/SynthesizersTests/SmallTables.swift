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

  static func fitted(_ table: Table, _ model: CTGAN = model, seed: UInt64 = 1) throws -> FittedCTGAN {
    var random = RandomSource(seed: seed)
    return try model.fitted(to: table, using: &random, observer: SilentObserver())
  }

  static func archive(_ model: FittedCTGAN) throws -> ModelArchive {
    var archive = ModelArchive()
    try model.write(to: &archive)
    return archive
  }

  /// The level of a categorical column at a row, nil where it is missing.
  static func level(_ table: Table, _ column: String, _ row: Int) -> String? {
    guard case .categorical(let codes, let levels, _)? = table[column], let values = table[column],
      !values.isMissing(row)
    else { return nil }
    return levels[Int(codes[row])]
  }
}
