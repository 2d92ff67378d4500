/// `card.json`: what a synthetic table is, what it was made from and how, for what use, what it risks, who made it and when.
/// The table's own hash stands in it, so that a file that was altered is known.
public struct Card: Codable, Sendable, Equatable {
  public struct File: Codable, Sendable, Equatable {
    public var name: String
    public var sha256: String
    public var rows: Int
    public var columns: [String]

    public init(name: String, sha256: String, rows: Int, columns: [String]) {
      (self.name, self.sha256, self.rows, self.columns) = (name, sha256, rows, columns)
    }
  }

  /// What the table was made from.
  public struct Source: Codable, Sendable, Equatable {
    public var train: File
    public var holdout: File?
    /// The share of the training file's rows that was held out, where the holdout is no file of its own.
    public var holdoutFraction: Double?
    /// Columns of the file that no model saw.
    public var droppedColumns: [String]
    /// Columns that were made coarser before a model saw them.
    public var generalisedColumns: [String]
    public var target: String?

    public init(
      train: File, holdout: File? = nil, holdoutFraction: Double? = nil, droppedColumns: [String] = [],
      generalisedColumns: [String] = [], target: String? = nil
    ) {
      (self.train, self.holdout, self.holdoutFraction) = (train, holdout, holdoutFraction)
      (self.droppedColumns, self.generalisedColumns, self.target) = (droppedColumns, generalisedColumns, target)
    }
  }

  /// How the table was made.
  public struct Method: Codable, Sendable, Equatable {
    public var model: String
    /// By name, as text.
    public var hyperparameters: [String: String]
    public var seed: UInt64
    /// Passes over the table; nil for a model that makes none.
    public var epochs: Int?
    /// Values that every row was asked to have, by column.
    public var conditions: [String: String]
    public var program: String

    public init(
      model: String, hyperparameters: [String: String], seed: UInt64, epochs: Int? = nil,
      conditions: [String: String] = [:], program: String
    ) {
      (self.model, self.hyperparameters, self.seed) = (model, hyperparameters, seed)
      (self.epochs, self.conditions, self.program) = (epochs, conditions, program)
    }
  }

  /// 1 until the form changes.
  public var formatVersion = 1
  /// Of the experiment.
  public var name: String
  /// ISO 8601, UTC.
  public var created: String
  /// Who is responsible, as the experiment file says.
  public var author: String?
  /// False where a gate was not passed.
  public var released: Bool
  public var table: File
  public var source: Source
  public var method: Method
  public var purpose: Purpose?
  public var privacyGuarantee: PrivacyGuarantee
  /// By metric.
  public var measurements: [String: CardMeasurement]
  public var gates: [GateOutcome]
  /// Rows that a reviewer rejected, and that are not in the table.
  public var rejectedRows: Int?

  public init(
    name: String, created: String, author: String? = nil, released: Bool = true, table: File, source: Source,
    method: Method, purpose: Purpose? = nil, privacyGuarantee: PrivacyGuarantee = .none,
    measurements: [String: CardMeasurement], gates: [GateOutcome] = [], rejectedRows: Int? = nil
  ) {
    (self.name, self.created, self.author, self.released) = (name, created, author, released)
    (self.table, self.source, self.method, self.purpose) = (table, source, method, purpose)
    (self.privacyGuarantee, self.measurements, self.gates) = (privacyGuarantee, measurements, gates)
    self.rejectedRows = rejectedRows
  }
}

/// What a synthetic table is for and what it is not for: `purpose:` of an experiment file.
public struct Purpose: Codable, Sendable, Equatable {
  public var `for`: [String]
  public var against: [String]

  public init(for uses: [String], against: [String] = []) { (self.for, self.against) = (uses, against) }
}

/// What is proven, whatever anybody knows or does.
public struct PrivacyGuarantee: Codable, Sendable, Equatable {
  public var kind: String
  /// Of differential privacy.
  public var epsilon: Double?
  public var delta: Double?

  public init(kind: String, epsilon: Double? = nil, delta: Double? = nil) {
    (self.kind, self.epsilon, self.delta) = (kind, epsilon, delta)
  }

  /// Nothing is proven: what is known of privacy is what the attacks measured.
  public static let none = PrivacyGuarantee(kind: "none")
}
