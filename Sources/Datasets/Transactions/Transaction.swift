/// One card transaction of the embedded table. Raw values are the levels that the file holds.
public struct Transaction: Sendable, Equatable {
  public enum Category: String, CaseIterable, Sendable {
    case groceries, restaurants, fuel, clothing, electronics, travel, entertainment, subscriptions, cash
  }

  public enum Channel: String, CaseIterable, Sendable {
    case chip, contactless, online
    case inApp = "in_app"
    case cashMachine = "cash_machine"

    /// Paid through a network, not at a terminal.
    public var isRemote: Bool { self == .online || self == .inApp }
  }

  public enum Country: String, CaseIterable, Sendable {
    case britain = "GB"
    case france = "FR"
    case germany = "DE"
    case spain = "ES"
    case ireland = "IE"
    case unitedStates = "US"
    case japan = "JP"

    /// Every cardholder lives in Britain.
    public var isAbroad: Bool { self != .britain }
  }

  /// Six hours of the day.
  public enum HourBand: String, CaseIterable, Sendable {
    case night, morning, afternoon, evening

    public init(hour: Int) { self = Self.allCases[min(max(hour, 0), 23) / 6] }

    public var hours: Range<Int> {
      let first = 6 * (Self.allCases.firstIndex(of: self) ?? 0)
      return first..<(first + 6)
    }
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  public let timestamp: Int64
  public let hour: Int
  public let category: Category
  public let country: Country
  public let channel: Channel
  public let amountInCents: Int
  /// Days since the paying device was first seen; nil where none was recognised.
  public let deviceAgeInDays: Int?
  /// Tenths of a kilometre between the cardholder's home and the place of payment.
  public let distanceInHectometres: Int
  public let transactionsLastHour: Int
  /// Includes those of the last hour.
  public let transactionsLastDay: Int
  public let isFraud: Bool

  public var hourBand: HourBand { HourBand(hour: hour) }
}
