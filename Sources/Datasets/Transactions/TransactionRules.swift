/// The rules by which the embedded table is made, as numbers that tests can hold a table against. `Datasets/README.md`
/// states the same tables in words. Weights are in thousandths and every draw is of whole numbers.
///
/// A row is drawn in this order, each line given only what it names:
/// day and hour; category | hour band; channel | category; country | channel; fraud | category, channel, country, hour
/// band; amount | category, fraud; device age | channel, fraud; distance | country, channel, fraud; counts | fraud.
public enum TransactionRules {
  public typealias Category = Transaction.Category
  public typealias Channel = Transaction.Channel
  public typealias Country = Transaction.Country
  public typealias HourBand = Transaction.HourBand

  /// 2025-01-01T00:00:00Z.
  public static let firstSecond: Int64 = 1_735_689_600
  public static let dayCount = 90

  public static let hours = DiscreteChoice<Int>(
    [
      12, 8, 5, 4, 5, 9, 20, 38, 52, 55, 54, 58,
      72, 66, 56, 55, 60, 74, 78, 68, 55, 42, 32, 22,
    ].enumerated().map { (outcome: $0.offset, perMille: $0.element) })

  public static func categories(during band: HourBand) -> DiscreteChoice<Category> { categoriesByBand[band]! }

  public static func channels(for category: Category) -> DiscreteChoice<Channel> { channelsByCategory[category]! }

  public static func countries(through channel: Channel) -> DiscreteChoice<Country> { countriesByChannel[channel]! }

  // In the order of `Category.allCases`.
  private static let categoriesByBand: [HourBand: DiscreteChoice<Category>] = [
    .night: choice([60, 150, 120, 40, 60, 90, 230, 150, 100]),
    .morning: choice([330, 120, 160, 70, 50, 60, 30, 90, 90]),
    .afternoon: choice([290, 170, 110, 140, 80, 50, 50, 50, 60]),
    .evening: choice([240, 250, 90, 80, 70, 40, 140, 60, 30]),
  ]

  // In the order of `Channel.allCases`.
  private static let channelsByCategory: [Category: DiscreteChoice<Channel>] = [
    .groceries: choice([250, 620, 90, 40, 0]),
    .restaurants: choice([200, 600, 60, 140, 0]),
    .fuel: choice([480, 470, 0, 50, 0]),
    .clothing: choice([230, 270, 390, 110, 0]),
    .electronics: choice([270, 110, 520, 100, 0]),
    .travel: choice([130, 90, 610, 170, 0]),
    .entertainment: choice([120, 330, 330, 220, 0]),
    .subscriptions: choice([0, 0, 760, 240, 0]),
    .cash: choice([0, 0, 0, 0, 1000]),
  ]

  // In the order of `Country.allCases`, Britain first.
  private static let countriesByChannel: [Channel: DiscreteChoice<Country>] = [
    .chip: choice([960, 11, 5, 12, 7, 4, 1]),
    .contactless: choice([975, 7, 3, 8, 4, 2, 1]),
    .online: choice([880, 11, 19, 5, 27, 46, 12]),
    .inApp: choice([920, 7, 13, 3, 18, 31, 8]),
    .cashMachine: choice([940, 16, 7, 19, 11, 6, 1]),
  ]

  private static func choice<Outcome: CaseIterable & Hashable & Sendable>(_ perMille: [Int]) -> DiscreteChoice<Outcome>
  {
    DiscreteChoice(zip(Outcome.allCases, perMille).map { (outcome: $0, perMille: $1) })
  }
}
