import Foundation
import MynahTables

/// The tables of Golden/make_privacy.py, and what it found.
enum PrivacyGolden {
  struct File: Decodable {
    struct Anonymeter: Decodable {
      /// By neighbours: links found in the training table and in the control.
      let linkability: [String: [Int]]
      /// By secret: right guesses for the training table and for the control.
      let inference: [String: [Int]]
      /// By mode, of 400: queries that single out in the training table and in the control, and random ones that do.
      let singlingOut: [String: [Double]]

      enum CodingKeys: String, CodingKey {
        case linkability, inference
        case singlingOut = "singling-out"
      }
    }
    let closest: [String: [Double]]
    let rates: [[Double]]
    let area: Double
    let anonymeter: Anonymeter
  }

  static func file() throws -> File {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/privacy.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }

  private struct Person {
    var age: Int64
    var income: Double
    var city: String
    var job: String
    var hours: Double
    var score: Double
  }

  static func people(_ first: Int, _ rows: Int) throws -> Table { try table(persons(first, rows)) }

  /// A third of the rows are training rows whose hours moved a little, the others are nobody's.
  static func mimics(_ rows: Int) throws -> Table {
    var mimics = persons(20000, rows)
    let train = persons(0, rows)
    let moved = GoldenTables.hashes(0..<rows, 6).map { Double($0 % 100) / 500 }
    for row in stride(from: 3, to: rows, by: 3) {
      mimics[row] = train[row]
      mimics[row].hours += moved[row]
    }
    return try table(mimics)
  }

  private static func persons(_ first: Int, _ rows: Int) -> [Person] {
    let h = (0..<6).map { GoldenTables.hashes(first..<first + rows, $0) }
    var persons = (0..<rows).map { i in
      let age = 18 + Int64(h[0][i] % 60)
      let income = Double(age * 500 + Int64(h[1][i] % 20000)) / 7
      return Person(
        age: age, income: income, city: "c\(h[2][i] % 12)", job: "j\((UInt64(age) / 10 + h[3][i] % 3) % 8)",
        hours: Double(h[4][i] % 4000) / 100, score: Double(h[5][i] % 100000) / 1000 + income / 100)
    }
    persons[0] = Person(age: 10, income: 0, city: "c0", job: "j0", hours: -1, score: -1)
    persons[1] = Person(age: 90, income: 20000, city: "c1", job: "j1", hours: 60, score: 400)
    return persons
  }

  private static func table(_ persons: [Person]) throws -> Table {
    try GoldenTables.table([
      ("age", .integer, .integer(persons.map(\.age), nil)),
      ("income", .continuous, .continuous(persons.map(\.income), nil)),
      ("city", .categorical, GoldenTables.categories((0..<12).map { "c\($0)" }, persons.map(\.city))),
      ("job", .categorical, GoldenTables.categories((0..<8).map { "j\($0)" }, persons.map(\.job))),
      ("hours", .continuous, .continuous(persons.map(\.hours), nil)),
      ("score", .continuous, .continuous(persons.map(\.score), nil)),
    ])
  }
}
