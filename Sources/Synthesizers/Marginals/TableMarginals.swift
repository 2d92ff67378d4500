import MynahEncoders
import MynahParallelism
import MynahRandomness
import MynahTables

/// The distribution of every column of a table by itself: what `marginals` samples, and `gaussian-copula` ties together.
struct TableMarginals: Sendable, Equatable {
  let schema: Schema
  let columns: [ColumnMarginal]

  init(schema: Schema, columns: [ColumnMarginal]) {
    self.schema = schema
    self.columns = columns
  }

  /// Learns the columns, several at a time; none is copied for longer than that takes.
  ///
  /// - Throws: `SynthesisError` that names the column, and for a table without rows.
  init(of table: Table, using random: inout RandomSource) throws {
    guard table.rowCount > 0, !table.columns.isEmpty else {
      throw SynthesisError("the table has no rows to learn from; at least 1 is needed")
    }
    let sources = table.columns.map { _ in random.split() }
    let outcomes = parallelMap(table.columns.count) { index -> Result<ColumnMarginal, any Error> in
      var own = sources[index]
      return Result { try ColumnMarginal(table.columns[index], table.schema.columns[index], using: &own) }
    }
    columns = try zip(outcomes, table.schema.columns).map { outcome, described in
      do {
        return try outcome.get()
      } catch {
        let message = (error as? TableError)?.message ?? "\(error)"
        throw SynthesisError("column '\(described.name)': \(message)")
      }
    }
    schema = table.schema
  }

  /// What sampled columns can hold.
  var domains: [ColumnDomain] { columns.map(\.domain) }
}

/// Cumulated counts of cells, to find the cell at a place of the whole.
struct CellSums: Sendable {
  /// `sums[cell]` rows lie in the cells before it; one entry more than cells.
  let sums: [Int64]

  init(_ counts: [Int64]) {
    var total: Int64 = 0
    sums =
      [0]
      + counts.map {
        total += $0
        return total
      }
  }

  var total: Int64 { sums[sums.count - 1] }
}
