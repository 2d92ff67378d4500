import Foundation
import MynahDatasets
import MynahTables
import Testing

@Suite struct TransactionsFileTests {
  /// Whoever changes a rule regenerates the file: `swift run GenerateTransactions > Datasets/transactions.csv`.
  @Test func regeneratingGivesTheCommittedBytes() throws {
    let committed = try Data(contentsOf: repository.appending(path: "Datasets/transactions.csv"))
    #expect(Data(TransactionsGenerator().csv().utf8) == committed)
  }

  @Test func anotherSeedGivesOtherRows() {
    let rows = TransactionsGenerator(rowCount: 50).transactions()
    #expect(rows == TransactionsGenerator(rowCount: 50).transactions())
    #expect(rows != TransactionsGenerator(seed: 2, rowCount: 50).transactions())
  }

  @Test func aTableWithoutRowsIsAHeader() throws {
    let generator = TransactionsGenerator(rowCount: 0)
    #expect(generator.csv() == TransactionsGenerator.columnNames.joined(separator: ",") + "\n")
    #expect(try generator.table().rowCount == 0)
  }

  /// The two ways out, file and table, hold the same values.
  @Test func tableAndFileAgree() throws {
    let generator = TransactionsGenerator(rowCount: 200)
    let table = try generator.table()
    let lines = generator.csv().split(separator: "\n").dropFirst()
    #expect(table.schema.columns.map(\.name) == TransactionsGenerator.columnNames)
    #expect(table.rowCount == 200 && lines.count == 200)
    for (row, line) in lines.enumerated() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      for (field, column) in zip(fields, table.columns) {
        switch column {
        case .timestamp(let seconds, _):
          let parsed = try Date(field.replacing(" ", with: "T") + "Z", strategy: .iso8601)
          #expect(Int64(parsed.timeIntervalSince1970) == seconds[row])
        case .categorical(let codes, let levels, _): #expect(levels[Int(codes[row])] == field)
        case .integer, .continuous: #expect(column.number(at: row) == Double(field))
        }
      }
    }
    let amount = table.schema.columns[2]
    #expect(amount.fractionDigits == 2 && amount.minimum ?? 0 >= 0.5)
  }

  /// The documentation states the weights that the code draws with.
  @Test func theReadmeStatesTheRules() throws {
    let readme = try String(contentsOf: repository.appending(path: "Datasets/README.md"), encoding: .utf8)
    func row(_ name: String?, _ perMille: [Int]) -> String {
      "| " + ([name].compactMap(\.self) + perMille.map(String.init)).joined(separator: " | ") + " |\n"
    }
    #expect(readme.contains(row(nil, TransactionRules.hours.weights.map(\.perMille))))
    for band in Transaction.HourBand.allCases {
      #expect(readme.contains(row("\(band)", TransactionRules.categories(during: band).weights.map(\.perMille))))
    }
    for category in Transaction.Category.allCases {
      #expect(readme.contains(row("\(category)", TransactionRules.channels(for: category).weights.map(\.perMille))))
    }
    for channel in Transaction.Channel.allCases {
      let weights = TransactionRules.countries(through: channel).weights.map(\.perMille)
      #expect(readme.contains(row(channel.rawValue, weights)))
    }
    for category in Transaction.Category.allCases {
      let pounds = TransactionRules.amounts(category, isFraud: false).segments.map { segment in
        let ends = [segment.range.lowerBound, segment.range.upperBound].map { cents in
          "\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)"
        }
        return "\(segment.perMille): " + (ends[0] == ends[1] ? ends[0] : "\(ends[0])–\(ends[1])")
      }
      #expect(readme.contains("| \(category) | " + pounds.joined(separator: ", ") + " |\n"))
    }
  }

  /// The documentation names what the code knows.
  @Test func theReadmeNamesEveryFileAndItsHash() throws {
    let readme = try String(contentsOf: repository.appending(path: "Datasets/README.md"), encoding: .utf8)
    for entry in DatasetCatalogue.entries {
      #expect(readme.contains("`\(entry.fileName)`"), "\(entry.fileName)")
      #expect(readme.contains(entry.sha256), "\(entry.fileName)")
    }
    #expect(DatasetCatalogue.entry(forPath: "/somewhere/adult_test.csv")?.rowCount == 16_281)
    #expect(DatasetCatalogue.entry(forPath: "other.csv") == nil)
  }
}

/// The package's folder: this file lies in Tests/DatasetsTests.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
