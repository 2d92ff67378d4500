import MynahTables

extension TransactionsGenerator {
  /// The same rows as a table in memory, with the schema that the file's columns have.
  public func table() throws(TableError) -> Table {
    let rows = transactions()
    var columns: [Column] = []
    columns.append(.timestamp(rows.map(\.timestamp), nil))
    columns.append(.integer(rows.map { Int64($0.hour) }, nil))
    columns.append(.continuous(rows.map { Double($0.amountInCents) / 100 }, nil))
    columns.append(Self.levels(rows, \.category))
    columns.append(Self.levels(rows, \.country))
    columns.append(Self.levels(rows, \.channel))
    columns.append(
      .integer(rows.map { Int64($0.deviceAgeInDays ?? 0) }, Validity(rows.map { $0.deviceAgeInDays != nil })))
    columns.append(.continuous(rows.map { Double($0.distanceInHectometres) / 10 }, nil))
    columns.append(.integer(rows.map { Int64($0.transactionsLastHour) }, nil))
    columns.append(.integer(rows.map { Int64($0.transactionsLastDay) }, nil))
    columns.append(.categorical(codes: rows.map { $0.isFraud ? 1 : 0 }, levels: ["0", "1"], nil))
    return try Table(schema: Self.schema(of: columns), columns: columns)
  }

  private static func levels<Level: RawRepresentable<String> & CaseIterable & Hashable>(
    _ rows: [Transaction], _ value: (Transaction) -> Level
  ) -> Column {
    let names = Level.allCases.map(\.rawValue)
    let codes = Dictionary(uniqueKeysWithValues: zip(Level.allCases, Int32(0)...))
    return .categorical(codes: rows.map { codes[value($0)] ?? 0 }, levels: names, nil)
  }

  private static func schema(of columns: [Column]) -> Schema {
    let kinds: [ColumnKind] = [
      .datetime, .integer, .continuous, .categorical, .categorical, .categorical, .integer, .continuous, .integer,
      .integer, .boolean,
    ]
    return Schema(
      zip(zip(columnNames, kinds), columns).map { described, column in
        var schema = ColumnSchema(name: described.0, kind: described.1)
        let numbers = (0..<column.count).compactMap { column.number(at: $0) }
        schema.minimum = numbers.min()
        schema.maximum = numbers.max()
        if described.1 == .datetime { schema.datetimeFormat = "%Y-%m-%d %H:%M:%S" }
        if described.1 == .continuous {
          schema.fractionDigits = described.0 == "amount" ? 2 : 1
          schema.minimumFractionDigits = schema.fractionDigits
        }
        return schema
      })
  }
}
