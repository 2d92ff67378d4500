import MynahSynthesizers

/// How many rows a fitted model makes, and what they have in common.
public struct SampleConfiguration: Sendable, Equatable {
  /// As many as the model was fitted to unless given.
  public var rows: Int?
  public var conditions: [Condition]
  /// Where the conditions stand, for errors.
  var place: Place?

  public init(rows: Int? = nil, conditions: [Condition] = []) {
    self.rows = rows
    self.conditions = conditions
  }

  init(_ setting: Setting) throws(ExperimentError) {
    try setting.requireKeys(["rows", "where"], in: "sample")
    rows = try setting["rows"]?.wholeNumber("rows", atLeast: 1)
    conditions = []
    guard let given = setting["where"] else { return }
    place = given.place
    for entry in try given.entries("where") {
      conditions.append(Condition(column: entry.key, value: try entry.value.text("where \(entry.key)")))
    }
  }
}
