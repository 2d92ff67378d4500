import MynahDatasets
import Testing

/// The 20,000 rows against the rules' probabilities.
///
/// Bounds: with a fixed seed a test either always passes or never, so a bound of z standard deviations only has to be
/// one that right rules keep with near certainty and wrong ones do not. Counts are held to 4.5 binomial standard
/// deviations (two-sided chance 7e-6 each, 400 counts, 0.3 % for all of them) and cells with an expectation below 10
/// are left to the chi-square sums. Chi-square with k degrees of freedom is held to k + 4.5 √(2k) + 10, whose chance
/// is below 1e-5 for every k used here.
@Suite struct TransactionRulesTests {
  typealias Rules = TransactionRules
  static let rows = TransactionsGenerator().transactions()
  var rows: [Transaction] { Self.rows }

  @Test func thereAre300FraudsAmong20000() {
    #expect(rows.count == 20_000)
    #expect(rows.filter(\.isFraud).count == 300)
  }

  @Test func theRulesGiveFraudOnePointFivePercent() {
    #expect(abs(Rules.overallFraudProbability - 0.015) < 1e-6)
    var total = 0.0
    Rules.forEachCell { cell, probability in
      total += probability
      let fraud = Rules.fraudProbability(cell.category, cell.channel, cell.country, cell.band)
      #expect(fraud > 0.0014 && fraud < 0.84)
    }
    #expect(abs(total - 1) < 1e-12)
    // Spelled out once by hand: electronics 3, online 2, abroad 4, night 3, base 0.01153.
    #expect(Rules.fraudProbability(.electronics, .online, .france, .night) == 0.830160)
    #expect(Rules.fraudProbability(.groceries, .contactless, .britain, .morning) == 0.001475)
  }

  @Test func hoursFollowTheirWeights() {
    expectFrequencies(of: rows.map(\.hour), follow: Rules.hours, "hour")
    for row in rows {
      let second = Int(row.timestamp - Rules.firstSecond)
      #expect(second >= 0 && second < 86_400 * Rules.dayCount && second / 3600 % 24 == row.hour)
    }
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.timestamp <= $1.timestamp })
  }

  @Test(arguments: Transaction.HourBand.allCases)
  func categoriesFollowTheHour(_ band: Transaction.HourBand) {
    expectFrequencies(
      of: rows.filter { $0.hourBand == band }.map(\.category), follow: Rules.categories(during: band), "\(band)")
  }

  @Test(arguments: Transaction.Category.allCases)
  func channelsFollowTheCategory(_ category: Transaction.Category) {
    expectFrequencies(
      of: rows.filter { $0.category == category }.map(\.channel), follow: Rules.channels(for: category), "\(category)")
  }

  @Test(arguments: Transaction.Channel.allCases)
  func countriesAndMissingAgesFollowTheChannel(_ channel: Transaction.Channel) {
    let chosen = rows.filter { $0.channel == channel }
    expectFrequencies(of: chosen.map(\.country), follow: Rules.countries(through: channel), "\(channel)")
    expectFrequencies(
      of: chosen.map { $0.deviceAgeInDays == nil }, follow: Rules.missingDeviceAge(through: channel), "\(channel)")
  }

  /// Fraud in every group of each of its four causes, against the sum of the rows' own probabilities.
  @Test func fraudFollowsItsCauses() {
    expectFraud(by: { $0.category })
    expectFraud(by: { $0.channel })
    expectFraud(by: { $0.country.isAbroad })
    expectFraud(by: { $0.hourBand })
    expectFraud(by: { $0.category.rawValue + $0.channel.rawValue })
  }

  @Test(arguments: Transaction.Category.allCases)
  func amountsFollowTheCategory(_ category: Transaction.Category) {
    let genuine = rows.filter { $0.category == category && !$0.isFraud }.map(\.amountInCents)
    expectDistribution(of: genuine, follows: Rules.amounts(category, isFraud: false), "\(category)")
    let fraudulent = rows.filter { $0.category == category && $0.isFraud }.map(\.amountInCents)
    expectDistribution(of: fraudulent, follows: Rules.amounts(category, isFraud: true), "\(category), fraud")
  }

  @Test(arguments: [false, true])
  func agesDistancesAndCountsFollowFraud(_ isFraud: Bool) {
    let chosen = rows.filter { $0.isFraud == isFraud }
    expectDistribution(of: chosen.compactMap(\.deviceAgeInDays), follows: Rules.deviceAges(isFraud: isFraud), "age")
    expectDistribution(
      of: chosen.map(\.transactionsLastHour), follows: Rules.countsOfLastHour(isFraud: isFraud), "last hour")
    expectDistribution(
      of: chosen.map { $0.transactionsLastDay - $0.transactionsLastHour },
      follows: Rules.countsBeforeLastHour(isFraud: isFraud), "earlier")
    for country in Transaction.Country.allCases {
      for channel in Transaction.Channel.allCases {
        expectDistribution(
          of: chosen.filter { $0.country == country && $0.channel == channel }.map(\.distanceInHectometres),
          follows: Rules.distances(country, channel, isFraud: isFraud), "\(country), \(channel)")
      }
    }
  }
}

private func expectFraud(by group: (Transaction) -> some Hashable, sourceLocation: SourceLocation = #_sourceLocation) {
  for (key, rows) in Dictionary(grouping: TransactionRulesTests.rows, by: group) {
    let probabilities = rows.map {
      TransactionRules.fraudProbability($0.category, $0.channel, $0.country, $0.hourBand)
    }
    let expected = probabilities.reduce(0, +)
    let deviation = probabilities.reduce(0) { $0 + $1 * (1 - $1) }.squareRoot()
    let count = Double(rows.filter(\.isFraud).count)
    // One row more, for groups so small that the normal law does not hold.
    #expect(
      abs(count - expected) < 4.5 * deviation + 1, "\(key): \(count), expected \(expected)",
      sourceLocation: sourceLocation)
  }
}

private func expectFrequencies<Outcome>(
  of values: [Outcome], follow choice: DiscreteChoice<Outcome>, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let counts = values.reduce(into: [Outcome: Int]()) { $0[$1, default: 0] += 1 }
  let cells = choice.weights.map { (count: counts[$0.outcome] ?? 0, probability: choice.probability(of: $0.outcome)) }
  #expect(
    Set(counts.keys).isSubset(of: choice.weights.map(\.outcome)), "\(what): an unlisted outcome",
    sourceLocation: sourceLocation)
  expectCells(cells, of: values.count, what, sourceLocation)
}

/// Every segment of the distribution, cut into four where it is wide, is a cell.
private func expectDistribution(
  of values: [Int], follows distribution: SegmentedDistribution, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    values.allSatisfy(distribution.support.contains), "\(what): a value outside \(distribution.support)",
    sourceLocation: sourceLocation)
  let ends = distribution.segments.flatMap { segment -> [Int] in
    let range = segment.range
    return (1...4).map { range.lowerBound - 1 + (range.count * $0) / 4 } + [range.lowerBound - 1]
  }
  var below = distribution.support.lowerBound - 1
  var cells: [(count: Int, probability: Double)] = []
  for end in Set(ends).sorted() where end > below {
    let probability = distribution.cumulativeProbability(at: end) - distribution.cumulativeProbability(at: below)
    cells.append((values.filter { $0 > below && $0 <= end }.count, probability))
    below = end
  }
  #expect(abs(cells.reduce(0) { $0 + $1.probability } - 1) < 1e-9, "\(what): CDF", sourceLocation: sourceLocation)
  expectCells(cells, of: values.count, what, sourceLocation)
}

private func expectCells(
  _ cells: [(count: Int, probability: Double)], of total: Int, _ what: String, _ sourceLocation: SourceLocation
) {
  var chiSquare = 0.0
  var freedom = -1.0
  var rest = (count: 0.0, expected: 0.0)
  for (count, probability) in cells {
    let count = Double(count)
    let expected = probability * Double(total)
    if probability <= 0 { #expect(count == 0, "\(what): an impossible value", sourceLocation: sourceLocation) }
    guard expected >= 10 else {
      rest = (rest.count + count, rest.expected + expected)
      continue
    }
    let deviation = (expected * (1 - min(probability, 1))).squareRoot()
    #expect(
      abs(count - expected) <= 4.5 * deviation + 1e-6, "\(what): \(count), expected \(expected)",
      sourceLocation: sourceLocation)
    chiSquare += (count - expected) * (count - expected) / expected
    freedom += 1
  }
  if rest.expected > 1 {
    chiSquare += (rest.count - rest.expected) * (rest.count - rest.expected) / rest.expected
    freedom += 1
  }
  guard freedom > 0 else { return }
  #expect(
    chiSquare < freedom + 4.5 * (2 * freedom).squareRoot() + 10, "\(what): chi-square \(chiSquare) of \(freedom)",
    sourceLocation: sourceLocation)
}
