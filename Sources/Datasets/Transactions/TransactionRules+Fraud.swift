extension TransactionRules {
  /// P(fraud | category, channel, country, hour band): a product of a base rate and one factor for each,
  ///
  ///     p = ⌊base × f(category) × f(channel) × f(country) × f(hour band)⌋ / 1,000,000
  ///
  /// with the base in millionths. Between 0.0014 and 0.84; 0.015 on the average over all transactions.
  public static func fraudProbability(_ category: Category, _ channel: Channel, _ country: Country, _ band: HourBand)
    -> Double
  {
    Double(fraudMillionths(category, channel, country, band)) / 1_000_000
  }

  /// P(fraud), summed over all combinations of category, channel, country and hour.
  public static var overallFraudProbability: Double {
    var sum = 0.0
    forEachCell { cell, probability in
      sum += probability * fraudProbability(cell.category, cell.channel, cell.country, cell.band)
    }
    return sum
  }

  /// What fraud depends on.
  public struct Cell: Hashable, Sendable {
    public let category: Category, channel: Channel, country: Country, band: HourBand
  }

  /// Visits every combination that can occur with its probability.
  public static func forEachCell(_ visit: (Cell, _ probability: Double) -> Void) {
    for band in HourBand.allCases {
      let ofBand = band.hours.reduce(0) { $0 + hours.probability(of: $1) }
      for (category, categoryWeight) in categories(during: band).weights {
        for (channel, channelWeight) in channels(for: category).weights {
          for (country, countryWeight) in countries(through: channel).weights {
            let weight = categoryWeight * channelWeight * countryWeight
            guard weight > 0 else { continue }
            visit(
              Cell(category: category, channel: channel, country: country, band: band), ofBand * Double(weight) / 1e9)
          }
        }
      }
    }
  }

  static func fraudMillionths(_ category: Category, _ channel: Channel, _ country: Country, _ band: HourBand) -> Int {
    baseMillionths * tenths(category) * tenths(channel) * tenths(country) * tenths(band) / 10_000
  }

  private static let baseMillionths = 11_530

  private static func tenths(_ category: Category) -> Int {
    switch category {
    case .groceries: 4
    case .restaurants: 5
    case .fuel: 6
    case .clothing: 10
    case .electronics: 30
    case .travel: 20
    case .entertainment: 12
    case .subscriptions: 8
    case .cash: 15
    }
  }

  private static func tenths(_ channel: Channel) -> Int {
    switch channel {
    case .chip: 5
    case .contactless: 4
    case .online: 20
    case .inApp, .cashMachine: 10
    }
  }

  private static func tenths(_ country: Country) -> Int { country.isAbroad ? 40 : 10 }

  private static func tenths(_ band: HourBand) -> Int {
    switch band {
    case .night: 30
    case .morning, .afternoon: 8
    case .evening: 12
    }
  }
}
