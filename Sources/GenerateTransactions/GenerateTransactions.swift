import MynahDatasets

/// Writes the embedded table to standard output: `swift run GenerateTransactions > Datasets/transactions.csv`.
@main
enum GenerateTransactions {
  static func main() {
    print(TransactionsGenerator().csv(), terminator: "")
  }
}
