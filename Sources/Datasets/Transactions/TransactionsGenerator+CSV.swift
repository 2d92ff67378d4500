extension TransactionsGenerator {
  /// The names of the file's columns, in order.
  public static let columnNames = [
    "timestamp", "hour", "amount", "merchant_category", "country", "channel", "device_age_days",
    "distance_from_home_km", "transactions_last_hour", "transactions_last_day", "is_fraud",
  ]

  /// The whole file: a header and a line for each row, each ended by a newline. A missing device age is empty.
  public func csv() -> String {
    var text = Self.columnNames.joined(separator: ",") + "\n"
    text.reserveCapacity(90 * (rowCount + 1))
    for row in transactions() {
      text += formatted(row.timestamp) + ",\(row.hour),"
      text += "\(row.amountInCents / 100).\(padded(row.amountInCents % 100)),"
      text += "\(row.category.rawValue),\(row.country.rawValue),\(row.channel.rawValue),"
      if let age = row.deviceAgeInDays { text += "\(age)" }
      text += ",\(row.distanceInHectometres / 10).\(row.distanceInHectometres % 10),"
      text += "\(row.transactionsLastHour),\(row.transactionsLastDay),\(row.isFraud ? 1 : 0)\n"
    }
    return text
  }
}

/// "2025-01-31 08:05:00". Every row lies in 2025 or, for longer tables, in the same 90 days.
private func formatted(_ timestamp: Int64) -> String {
  let second = Int(timestamp - TransactionRules.firstSecond)
  var day = second / 86_400
  var month = 0
  let daysOfMonths = [31, 28, 31, 30]
  while day >= daysOfMonths[month] {
    day -= daysOfMonths[month]
    month += 1
  }
  let clock = "\(padded(second / 3600 % 24)):\(padded(second / 60 % 60)):\(padded(second % 60))"
  return "2025-\(padded(month + 1))-\(padded(day + 1)) \(clock)"
}

private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
