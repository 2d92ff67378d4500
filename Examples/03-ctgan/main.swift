import Mynah

let table = try TransactionsGenerator(rowCount: 2_000).table()  // or: CSVReader().read(path: "customers.csv").table
var random = RandomSource(seed: 1)
var ctgan = CTGAN()
ctgan.epochs = 2
ctgan.generatorDimensions = [64]
ctgan.discriminatorDimensions = [64]
let model = try ctgan.fitted(to: table, using: &random, observer: SilentObserver())
let synthetic = try model.sample(1_000, given: [Condition(column: "is_fraud", value: "1")], using: &random)
let report = try QualityReport(comparing: synthetic, with: table)

print("\(synthetic.rowCount) rows of \(synthetic.columns.count) columns")
print("all fraud:", Set(synthetic.csvRows(of: "is_fraud")) == ["1"])
print("scores in 0...1:", (0...1).contains(report.quality ?? -1))
