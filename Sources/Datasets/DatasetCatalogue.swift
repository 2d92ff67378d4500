/// A table that experiments name: where it comes from, and how to know the right file.
public struct CatalogueEntry: Sendable, Equatable {
  /// The file's name, as experiment files spell it.
  public let fileName: String
  public let title: String
  public let rowCount: Int
  public let target: String
  /// Texts that stand for a missing value in this file.
  public let missingMarkers: [String]
  public let source: String
  public let licence: String
  /// Of the file's bytes, in lower-case hexadecimal.
  public let sha256: String
}

/// The tables that this project's experiments and tests know. Only the first is part of the repository;
/// `Datasets/README.md` says how to get the others.
public enum DatasetCatalogue {
  public static let entries: [CatalogueEntry] = [
    CatalogueEntry(
      fileName: "transactions.csv", title: "Card transactions, made by a generator", rowCount: 20_000,
      target: "is_fraud", missingMarkers: [""], source: "this repository: swift run GenerateTransactions",
      licence: "Apache-2.0", sha256: "d9b15e9e0a55b62d91879e70a2480a1f985fac7bbc5c29b85df1bf2eee425d46"),
    CatalogueEntry(
      fileName: "adult_train.csv", title: "Adult (census income), training rows", rowCount: 32_561, target: "income",
      missingMarkers: ["?"], source: "https://archive.ics.uci.edu/dataset/2/adult (adult.data)", licence: "CC BY 4.0",
      sha256: "f2c62076f19504d99a38b22badf445a7f42530ade6b827acf78dd143fbce38bb"),
    CatalogueEntry(
      fileName: "adult_test.csv", title: "Adult (census income), test rows", rowCount: 16_281, target: "income",
      missingMarkers: ["?"], source: "https://archive.ics.uci.edu/dataset/2/adult (adult.test)", licence: "CC BY 4.0",
      sha256: "f6b1801c5d231515ea5ff04d4444997bacd57e04876e94710cb9b9bd5549c033"),
    CatalogueEntry(
      fileName: "default_train.csv", title: "Default of credit card clients, training rows", rowCount: 27_000,
      target: "default payment next month", missingMarkers: [],
      source: "https://archive.ics.uci.edu/dataset/350/default+of+credit+card+clients", licence: "CC BY 4.0",
      sha256: "1c5e03fff33de24a1165496c18f733bf78f74414a66518a0231054d6295fbc5a"),
    CatalogueEntry(
      fileName: "default_test.csv", title: "Default of credit card clients, test rows", rowCount: 3_000,
      target: "default payment next month", missingMarkers: [],
      source: "https://archive.ics.uci.edu/dataset/350/default+of+credit+card+clients", licence: "CC BY 4.0",
      sha256: "5c489e75682905949088910e347e97565d39f5b907ed62adfdef2e443dff300c"),
    CatalogueEntry(
      fileName: "shoppers_train.csv", title: "Online shoppers' purchasing intention, training rows", rowCount: 11_097,
      target: "Revenue", missingMarkers: [],
      source: "https://archive.ics.uci.edu/dataset/468/online+shoppers+purchasing+intention+dataset",
      licence: "CC BY 4.0", sha256: "74bd3d4bc699f90627530284ce064ae3b6b45546c5f164ffae3e9adbacc8ce66"),
    CatalogueEntry(
      fileName: "shoppers_test.csv", title: "Online shoppers' purchasing intention, test rows", rowCount: 1_233,
      target: "Revenue", missingMarkers: [],
      source: "https://archive.ics.uci.edu/dataset/468/online+shoppers+purchasing+intention+dataset",
      licence: "CC BY 4.0", sha256: "d0432518dd636cab6f51dabaf4055eb2180cb94d8a4d5c0bc4da6fbfeefeeb96"),
  ]

  /// The entry whose file has the last component of `path` as its name.
  public static func entry(forPath path: String) -> CatalogueEntry? {
    let name = path.split(separator: "/").last.map(String.init)
    return entries.first { $0.fileName == name }
  }
}
