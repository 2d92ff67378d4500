import MynahEvaluation
import MynahTables

extension RealData {
  /// Makes sure that the holdout is not the training table, which would pass for unseen and excuse every copy.
  ///
  /// - Parameter file: of the holdout, for the message.
  /// - Throws: `TableError` where it is.
  public func checkHoldout(file: String) throws(TableError) {
    guard let holdout, holdout.rowCount > 0, holdout.columns == train.columns else { return }
    throw TableError(
      "is the training table, row for row; a holdout is made of rows that the model has not seen", file: file)
  }
}
