import MynahEncoders
import MynahTables

/// The discrete columns that a generator is told about, and where each one's bits lie in the condition vector.
struct ConditionSpace: Sendable, Equatable {
  struct Column: Sendable, Equatable {
    /// Index of the column in the table.
    let column: Int
    /// Index into the layout's placements.
    let block: Int
    /// First index in the encoded row.
    let offset: Int
    /// First index in the condition vector.
    let conditionOffset: Int
    let cardinality: Int
  }

  /// From left to right.
  let columns: [Column]
  /// Length of the condition vector.
  let width: Int

  /// - Parameter isChosen: whether a column of the table, given by its index, is among them.
  init(_ layout: EncodedLayout, where isChosen: (Int) -> Bool = { _ in true }) {
    var columns: [Column] = []
    var width = 0
    for discrete in layout.discreteColumns where isChosen(discrete.column) {
      columns.append(
        Column(
          column: discrete.column, block: discrete.block, offset: discrete.offset, conditionOffset: width,
          cardinality: discrete.cardinality))
      width += discrete.cardinality
    }
    self.columns = columns
    self.width = width
  }

  /// The space that `conditioning` asks for. A column with one level only is not in it: there is nothing to tell.
  ///
  /// - Throws: `SynthesisError` for a column that does not exist or is not discrete.
  init(_ conditioning: Conditioning, _ encoder: FittedTableEncoder) throws(SynthesisError) {
    switch conditioning {
    case .none: self.init(encoder.layout) { _ in false }
    case .sampled(let names, _) where names.isEmpty: self.init(encoder.layout)
    case .sampled(let names, _):
      var chosen: Set<Int> = []
      for name in names { chosen.insert(try Self.column(name, encoder, "conditionColumns")) }
      self.init(encoder.layout, where: chosen.contains)
    case .label(let name, _):
      let chosen = try Self.column(name, encoder, "conditionColumn")
      self.init(encoder.layout) { $0 == chosen }
    }
  }

  private static func column(
    _ name: String, _ encoder: FittedTableEncoder, _ hyperparameter: String
  ) throws(SynthesisError) -> Int {
    let schema = encoder.schema
    guard !name.isEmpty else {
      throw SynthesisError(
        "condition_column must name the column of labels, or the table have a target", hyperparameter: hyperparameter)
    }
    guard let index = schema.index(of: name) else {
      let hint =
        schema.nearestName(to: name).map { "; did you mean '\($0)'?" }
        ?? "; discrete columns are \(schema.columns.filter(\.isDiscrete).map { "'\($0.name)'" }.joined(separator: ", "))"
      throw SynthesisError("there is no column '\(name)' to condition on\(hint)", hyperparameter: hyperparameter)
    }
    guard encoder.columns[index].isDiscrete else {
      throw SynthesisError(
        "column '\(name)' is \(schema.columns[index].kind.rawValue); only columns whose values are encoded as levels can "
          + "be conditioned on", hyperparameter: hyperparameter)
    }
    return index
  }
}
