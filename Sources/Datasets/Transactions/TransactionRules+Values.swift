extension TransactionRules {
  /// The amount in cents | category, fraud. Fraud is a small probe or a large purchase, whatever the category; from a
  /// cash machine it is the notes' multiples.
  public static func amounts(_ category: Category, isFraud: Bool) -> SegmentedDistribution {
    guard isFraud else { return genuineAmounts[category]! }
    return category == .cash ? fraudulentCash : fraudulentAmounts
  }

  /// P(no device age | channel); fraud makes no difference to it.
  public static func missingDeviceAge(through channel: Channel) -> DiscreteChoice<Bool> {
    let perMille =
      switch channel {
      case .chip: 600
      case .contactless: 150
      case .online: 40
      case .inApp: 0
      case .cashMachine: 700
      }
    return DiscreteChoice([(outcome: true, perMille: perMille), (outcome: false, perMille: 1000 - perMille)])
  }

  /// The device's age in days, where there is one | fraud.
  public static func deviceAges(isFraud: Bool) -> SegmentedDistribution {
    isFraud ? fraudulentDeviceAges : genuineDeviceAges
  }

  /// Tenths of a kilometre from home | country, channel, fraud. Abroad, only the country matters.
  public static func distances(_ country: Country, _ channel: Channel, isFraud: Bool) -> SegmentedDistribution {
    if let abroad = distancesAbroad[country] { return abroad }
    if isFraud { return fraudulentDistances }
    return channel.isRemote ? remoteDistances : terminalDistances
  }

  /// Transactions with the card in the hour before | fraud.
  public static func countsOfLastHour(isFraud: Bool) -> SegmentedDistribution {
    isFraud ? fraudulentHourCounts : genuineHourCounts
  }

  /// Transactions in the day before, the last hour's left out | fraud. The file holds the sum of both.
  public static func countsBeforeLastHour(isFraud: Bool) -> SegmentedDistribution {
    isFraud ? fraudulentEarlierCounts : genuineEarlierCounts
  }

  private static let genuineAmounts: [Category: SegmentedDistribution] = [
    .groceries: SegmentedDistribution([(350, 120...900), (250, 901...2500), (330, 3800...8200), (70, 8201...21000)]),
    .restaurants: SegmentedDistribution([(380, 220...650), (420, 1100...3400), (170, 3401...7500), (30, 7501...26000)]),
    .fuel: SegmentedDistribution([(80, 500...1900), (120, 2000...2000), (150, 4000...4000), (650, 2800...7600)]),
    .clothing: SegmentedDistribution([(400, 799...2999), (400, 3000...7999), (150, 8000...15999), (50, 16000...42000)]),
    .electronics: SegmentedDistribution([
      (350, 599...2999), (300, 3000...14999), (250, 19900...64900), (100, 64901...219900),
    ]),
    .travel: SegmentedDistribution([(450, 180...1250), (250, 2400...9900), (220, 9901...42000), (80, 42001...185000)]),
    .entertainment: SegmentedDistribution([(500, 400...1600), (350, 1601...4500), (150, 4501...14000)]),
    .subscriptions: SegmentedDistribution([
      (150, 499...499), (150, 799...799), (350, 999...999), (100, 1199...1199), (150, 1499...1499), (100, 2999...2999),
    ]),
    .cash: SegmentedDistribution([
      (300, 2000...2000), (150, 4000...4000), (200, 5000...5000), (200, 10000...10000), (100, 20000...20000),
      (50, 30000...30000),
    ]),
  ]
  private static let fraudulentAmounts = SegmentedDistribution([
    (300, 50...499), (300, 8000...24000), (250, 24001...60000), (150, 60001...300000),
  ])
  private static let fraudulentCash = SegmentedDistribution([
    (350, 20000...20000), (450, 30000...30000), (200, 50000...50000),
  ])

  private static let genuineDeviceAges = SegmentedDistribution([
    (100, 0...30), (300, 31...365), (350, 366...900), (200, 901...1600), (50, 1601...3200),
  ])
  private static let fraudulentDeviceAges = SegmentedDistribution([(550, 0...3), (250, 4...60), (200, 61...1600)])

  private static let distancesAbroad: [Country: SegmentedDistribution] = [
    .france: SegmentedDistribution([(1000, 3000...10500)]),
    .germany: SegmentedDistribution([(1000, 6000...12500)]),
    .spain: SegmentedDistribution([(1000, 10000...18000)]),
    .ireland: SegmentedDistribution([(1000, 3500...7000)]),
    .unitedStates: SegmentedDistribution([(1000, 52000...88000)]),
    .japan: SegmentedDistribution([(1000, 92000...98000)]),
  ]
  private static let terminalDistances = SegmentedDistribution([
    (500, 1...50), (300, 51...200), (150, 201...1000), (50, 1001...6000),
  ])
  private static let remoteDistances = SegmentedDistribution([(600, 0...0), (250, 1...100), (150, 101...3000)])
  private static let fraudulentDistances = SegmentedDistribution([(200, 1...50), (300, 51...500), (500, 501...6000)])

  private static let genuineHourCounts = SegmentedDistribution([
    (700, 0...0), (200, 1...1), (70, 2...2), (20, 3...3), (10, 4...4),
  ])
  private static let fraudulentHourCounts = SegmentedDistribution([
    (200, 0...0), (200, 1...1), (200, 2...2), (250, 3...4), (150, 5...8),
  ])
  private static let genuineEarlierCounts = SegmentedDistribution([
    (250, 0...0), (250, 1...1), (200, 2...2), (220, 3...4), (70, 5...8), (10, 9...12),
  ])
  private static let fraudulentEarlierCounts = SegmentedDistribution([
    (150, 0...0), (350, 1...3), (300, 4...8), (200, 9...20),
  ])
}
