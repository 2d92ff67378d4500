import MynahEncoders
import MynahRandomness
import MynahTables

/// Real rows drawn again, uniformly and with replacement (Efron, "Bootstrap methods: another look at the jackknife",
/// Annals of Statistics 1979). The baseline that copies everything: shapes and trends are off by sampling noise only, and
/// nobody is protected. **Its rows are people's rows, and its model file holds the table.** Use it to see what scores a
/// perfect copy gets, on measures of privacy too, and for nothing that leaves the house.
///
/// Identifiers are made anew, as by every model. Conditions keep the real rows that meet them all; without one, there is
/// an error.
///
/// ```swift
/// let model = try Bootstrap().fitted(to: table, using: &random, observer: SilentObserver())
/// ```
public struct Bootstrap: Synthesizer, Equatable {
  public static let identifier = "bootstrap"

  /// There is nothing to set.
  public init() {}

  public func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedBootstrap {
    guard table.rowCount > 0 else {
      throw SynthesisError("the table has no rows to draw again; at least 1 is needed")
    }
    var columns = table.columns
    var identifiers: [FittedIdentifierEncoder?] = []
    for (index, described) in table.schema.columns.enumerated() {
      var own = random.split()
      guard described.kind == .identifier else {
        identifiers.append(nil)
        continue
      }
      do {
        identifiers.append(try IdentifierEncoder().fitted(to: table.columns[index], using: &own))
      } catch {
        throw SynthesisError("column '\(described.name)': \(error.message)")
      }
      // Not even this model keeps names.
      columns[index] = FittedBootstrap.nameless(table.rowCount)
    }
    return FittedBootstrap(table: try Table(schema: table.schema, columns: columns), identifiers: identifiers)
  }
}
