import Mynah
import MynahTestSupport

// Everything that is promised of an encoder, on columns of every make-up.
for failure in checkEncoder(LogEncoder()) { print(failure) }

// Chosen for one column of a table; the others get what their kind gets.
let table = try TransactionsGenerator(rowCount: 1_000).table()
var random = RandomSource(seed: 1)
let encoder = TableEncoder(numbers: .quantile, columns: ["amount": EncoderChoice(LogEncoder())])
let fitted = try encoder.fitted(to: table, using: &random)
let encoded = try fitted.encode(table, using: &random)
let decoded = try fitted.decode(encoded, using: &random)
for row in 0..<3 {
  print("amount \(table["amount"]?.number(at: row) ?? 0) came back as \(decoded["amount"]?.number(at: row) ?? 0)")
}

// Registered, it can be named in experiment files, `encoders: {amount: log}`, and in model files.
var registry = Registry.standard
registry.register(encoder: LogEncoder.self)
print("encoders:", registry.encoders.identifiers.joined(separator: ", "))
