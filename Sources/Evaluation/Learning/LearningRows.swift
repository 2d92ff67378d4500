import MynahClassifiers
import MynahTables

/// Rows with their answers, as the judges see them.
struct LearningRows {
  let trees: DesignMatrix
  let linear: DesignMatrix
  /// By row, for a target of classes.
  let codes: [Int32]
  /// By row, for a target that is a quantity.
  let numbers: [Double]

  var count: Int { trees.rowCount }

  /// The rows of `table`, all of which have an answer.
  init(_ table: Table, target: LearningTarget, design: FeatureDesign) throws {
    trees = try design.matrix(of: table, as: .trees)
    linear = try design.matrix(of: table, as: .linear)
    let column = table[target.name]
    codes = column.map(target.codes) ?? []
    numbers = target.task == .quantity ? column?.numbersWithGaps() ?? [] : []
  }

  private init(trees: DesignMatrix, linear: DesignMatrix, codes: [Int32], numbers: [Double]) {
    (self.trees, self.linear, self.codes, self.numbers) = (trees, linear, codes, numbers)
  }

  func appending(_ other: LearningRows) -> LearningRows {
    LearningRows(
      trees: trees.appending(other.trees), linear: linear.appending(other.linear), codes: codes + other.codes,
      numbers: numbers + other.numbers)
  }

  subscript(form: FeatureDesign.Form) -> DesignMatrix { form == .trees ? trees : linear }
}
