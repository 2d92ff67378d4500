import Foundation
import MynahClassifiers

/// What a `BalanceTrial` found. Holds no times: the same tables, methods and seed give the same report, byte for byte.
public struct BalanceReport: Codable, Sendable, Equatable {
  /// What was tried, and on what.
  public struct Setting: Codable, Sendable, Equatable {
    public let target: String
    /// The class to be found.
    public let positive: String
    /// Rows of the table that have a target.
    public let rows: Int
    public let positives: Int
    /// Rows of the test table; nil where held-out folds judged.
    public let testRows: Int?
    public let testPositives: Int?
    public let folds: Int
    public let repeats: Int
    public let validationShare: Double
    /// The figure that the verdicts are about.
    public let mainFigure: BalanceFigure
    public let alertBudget: AlertBudget
    public let costs: CostMatrix
  }

  /// A method or baseline.
  public struct Arm: Codable, Sendable, Equatable {
    public let name: String
    /// Whether it was asked for, not one of the baselines.
    public let isMethod: Bool
    /// Why there are no figures; nil where it worked in all folds.
    public let failure: String?
    /// Rows that were learned from, and positives among them, as means over folds.
    public let trainingRows: Double?
    public let trainingPositives: Double?
    public let judges: [Judged]
  }

  /// An arm's figures under one judge.
  public struct Judged: Codable, Sendable, Equatable {
    public let judge: BalanceJudge
    /// One of each `BalanceFigure`.
    public let figures: [FigureResult]

    public subscript(figure: BalanceFigure) -> FigureResult? { figures.first { $0.figure == figure } }
  }

  /// A figure over all folds.
  public struct FigureResult: Codable, Sendable, Equatable {
    public let figure: BalanceFigure
    public let mean: Double
    /// Of the 95 % interval.
    public let lower: Double
    public let upper: Double
    /// This arm minus another: the untouched table, and for methods the other baselines.
    public let differences: [Difference]

    public func difference(to arm: String) -> PairedEstimate? { differences.first { $0.arm == arm }?.estimate }
  }

  /// How much more of a figure an arm has than `arm`, fold by fold.
  public struct Difference: Codable, Sendable, Equatable {
    public let arm: String
    public let estimate: PairedEstimate
  }

  /// Whether a method helps a judge.
  public struct Verdict: Codable, Sendable, Equatable {
    public enum Outcome: String, Codable, Sendable {
      /// Better than the untouched table, with p below 0.05 after correction.
      case helps
      /// Worse, likewise.
      case hurts
      /// Neither, and a gain worth speaking of lies outside the 95 % interval.
      case doesNotHelp = "does-not-help"
      /// Neither: too few rows to say.
      case undecided
      case failed
    }

    public let method: String
    /// Nil where the method failed.
    public let judge: BalanceJudge?
    public let outcome: Outcome
    /// Of the main figure's difference to the untouched table, corrected for the number of methods and judges (Holm).
    public let p: Double?
    public let text: String
  }

  public let setting: Setting
  /// The baselines and then the methods, in the order given.
  public let arms: [Arm]
  public let verdicts: [Verdict]
  /// The verdict on all methods, in a few sentences.
  public let summary: String
  /// How near new rows come to real ones, by arm that makes rows; empty where it was not asked for.
  public let privacy: [BalancePrivacy]
  /// What a reader should know, in one line each.
  public let notices: [String]

  public subscript(arm: String) -> Arm? { arms.first { $0.name == arm } }

  /// Indented JSON with sorted keys in snake case and a line break at the end.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Reads what `json()` wrote.
  public init(json: String) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(BalanceReport.self, from: Data(json.utf8))
  }

  init(
    setting: Setting, arms: [Arm], verdicts: [Verdict], summary: String, privacy: [BalancePrivacy], notices: [String]
  ) {
    self.setting = setting
    self.arms = arms
    self.verdicts = verdicts
    self.summary = summary
    self.privacy = privacy
    self.notices = notices
  }
}

extension BalanceReport.Arm {
  public subscript(judge: BalanceJudge) -> BalanceReport.Judged? { judges.first { $0.judge == judge } }
}

extension AlertBudget {
  private enum CodingKeys: String, CodingKey { case share, rows }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .share(let share): try values.encode(share, forKey: .share)
    case .rows(let rows): try values.encode(rows, forKey: .rows)
    }
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    if let rows = try values.decodeIfPresent(Int.self, forKey: .rows) {
      self = .rows(rows)
    } else {
      self = .share(try values.decode(Double.self, forKey: .share))
    }
  }
}
