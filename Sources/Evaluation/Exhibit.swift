import MynahRandomness
import MynahTables

/// A metric that has more to show than figures: curves, distances, rows.
public protocol ExhibitingMetric: Metric {
  /// The score, as `score` gives it, and what a report shows beside it.
  ///
  /// - Parameters:
  ///   - synthetic: with the columns of `real.train`, in any order.
  ///   - real: the rows to compare with.
  ///   - random: for a metric that draws rows or trains a model.
  /// - Returns: No exhibits where there is no score.
  /// - Throws: as `score`.
  func exhibited(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> (score: Score, exhibits: [Exhibit])
}

extension ExhibitingMetric {
  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score { try exhibited(synthetic, against: real, using: &random).score }
}

/// Something a report shows of a metric.
public enum Exhibit: Sendable, Equatable {
  /// How well a score tells positives from others.
  case curves(CurveExhibit)
  /// How distances are distributed.
  case distances(DistanceExhibit)
  /// Synthetic rows beside the training rows they are nearest to, the nearest first.
  case pairs([RowPair])
}

/// Receiver operating characteristics and precision-recall curves, a line each for what is compared.
public struct CurveExhibit: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    public var name: String
    /// False positive rate and true positive rate, from (0, 0) to (1, 1), both ascending; at most some hundred points.
    public var roc: [PlotPoint]
    /// Recall, ascending, and precision; at most some hundred points.
    public var precisionRecall: [PlotPoint]
    /// The area under the former.
    public var rocArea: Double
    /// The area under the latter, as average precision.
    public var averagePrecision: Double
  }
  /// One line of text.
  public var title: String
  /// What is drawn, for a reader who does not know the metric.
  public var note: String
  public var lines: [Line]
  /// The share of positives: the precision of guessing.
  public var prevalence: Double
}

public struct PlotPoint: Sendable, Equatable {
  public var x: Double
  public var y: Double

  public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// Distances of several kinds of rows.
public struct DistanceExhibit: Sendable, Equatable {
  public struct Series: Sendable, Equatable {
    public var name: String
    /// Ascending.
    public var distances: [Double]
  }
  public var title: String
  public var note: String
  public var series: [Series]
}

/// A synthetic row and the training row nearest to it.
public struct RowPair: Sendable, Equatable {
  /// Places in the tables, from 0.
  public var synthetic: Int
  public var train: Int
  public var distance: Double

  public init(synthetic: Int, train: Int, distance: Double) {
    (self.synthetic, self.train, self.distance) = (synthetic, train, distance)
  }
}
