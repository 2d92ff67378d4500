import MynahRandomness

/// Makes the embedded table of card transactions by `TransactionRules`. Row `i` is drawn from the seed's stream `i`;
/// the rows then stand in the order of their timestamps. Only whole numbers are drawn and computed with, so the same
/// seed gives the same bytes on every machine.
public struct TransactionsGenerator: Sendable {
  /// The seed of `Datasets/transactions.csv`, chosen so that exactly 300 of its 20,000 rows are fraud.
  public static let embeddedSeed: UInt64 = 11
  /// The rows of `Datasets/transactions.csv`.
  public static let embeddedRowCount = 20_000

  public var seed: UInt64
  public var rowCount: Int

  /// - Precondition: `rowCount` is not negative.
  public init(seed: UInt64 = embeddedSeed, rowCount: Int = embeddedRowCount) {
    precondition(rowCount >= 0, "TransactionsGenerator: the number of rows must not be negative, got \(rowCount)")
    self.seed = seed
    self.rowCount = rowCount
  }

  /// The rows, earliest first.
  public func transactions() -> [Transaction] {
    let source = RandomSource(seed: seed)
    let drawn = (0..<rowCount).map { row in
      var random = source.stream(for: UInt64(row))
      return (row: row, transaction: Self.draw(using: &random))
    }
    return drawn.sorted { ($0.transaction.timestamp, $0.row) < ($1.transaction.timestamp, $1.row) }.map(\.transaction)
  }

  private static func draw(using random: inout RandomSource) -> Transaction {
    typealias Rules = TransactionRules
    let day = random.whole(below: Rules.dayCount)
    let hour = Rules.hours.draw(using: &random)
    let second = random.whole(below: 3600)
    let band = Transaction.HourBand(hour: hour)
    let category = Rules.categories(during: band).draw(using: &random)
    let channel = Rules.channels(for: category).draw(using: &random)
    let country = Rules.countries(through: channel).draw(using: &random)
    let isFraud = random.whole(below: 1_000_000) < Rules.fraudMillionths(category, channel, country, band)
    let amount = Rules.amounts(category, isFraud: isFraud).draw(using: &random)
    let lacksDeviceAge = Rules.missingDeviceAge(through: channel).draw(using: &random)
    let deviceAge = Rules.deviceAges(isFraud: isFraud).draw(using: &random)
    let distance = Rules.distances(country, channel, isFraud: isFraud).draw(using: &random)
    let lastHour = Rules.countsOfLastHour(isFraud: isFraud).draw(using: &random)
    let earlier = Rules.countsBeforeLastHour(isFraud: isFraud).draw(using: &random)
    return Transaction(
      timestamp: Rules.firstSecond + Int64(86_400 * day + 3600 * hour + second), hour: hour, category: category,
      country: country, channel: channel, amountInCents: amount, deviceAgeInDays: lacksDeviceAge ? nil : deviceAge,
      distanceInHectometres: distance, transactionsLastHour: lastHour, transactionsLastDay: lastHour + earlier,
      isFraud: isFraud)
  }
}
