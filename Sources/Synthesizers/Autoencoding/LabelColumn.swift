import MynahEncoders
import MynahRandomness
import MynahTables

/// The discrete column that a conditional model is told.
struct LabelColumn: Sendable, Equatable {
  /// Index of the column in the table.
  let column: Int
  /// Index into the layout's placements, and into the blocks of an encoded table.
  let block: Int
  /// Rows of the training table by code.
  let counts: [Int]
  /// Running sums of `counts`.
  private let cumulative: [Double]

  /// Nil where the column has a single value: there is nothing to tell.
  ///
  /// - Throws: `SynthesisError` where there is no such column, or it is not discrete.
  static func place(of name: String, in encoder: FittedTableEncoder) throws(SynthesisError) -> EncodedLayout
    .DiscreteColumn?
  {
    let schema = encoder.schema
    func refused(_ reason: String) -> SynthesisError {
      SynthesisError("condition_column: \(reason)", hyperparameter: "conditionColumn")
    }
    guard let index = schema.index(of: name) else {
      throw refused("no column '\(name)'" + (schema.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""))
    }
    guard encoder.columns[index].isDiscrete else {
      let kind = schema.columns[index].kind.rawValue
      throw refused(
        "column '\(name)' is \(kind); a model is conditioned on a categorical or boolean column, or on an integer column "
          + "with the encoder one-hot")
    }
    return encoder.layout.discreteColumns.first { $0.column == index }
  }

  init(_ place: EncodedLayout.DiscreteColumn, counts: [Int]) {
    column = place.column
    block = place.block
    self.counts = counts
    var total = 0.0
    cumulative = counts.map {
      total += Double($0)
      return total
    }
  }

  /// Codes drawn by how often they occurred.
  func draw(_ count: Int, using random: inout RandomSource) -> [Int32] {
    (0..<count).map { _ in Int32(random.index(cumulative: cumulative)) }
  }
}
