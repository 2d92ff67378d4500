import MynahOversamplers
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// The rows that models make for classes that lack them.
struct ModelWork {
  private let method: ModelResampler
  private let table: Table
  private let needs: ClassNeeds
  private let filter: RowFilter
  private let observer: any TrainingObserver
  private let tally = RejectionTally()
  /// Rows made so far, counting those that were not taken: identifiers go on from there.
  private var drawn = 0
  /// Why training ended early, in one line.
  private(set) var trainingCutShort: String?

  init(
    _ method: ModelResampler, table: Table, needs: ClassNeeds, filter: RowFilter, _ observer: any TrainingObserver
  ) {
    (self.method, self.table, self.needs, self.filter, self.observer) = (method, table, needs, filter, observer)
  }

  var notices: [String] {
    guard let (drawn, accepted) = tally.counts.withLock({ $0 }) else { return [] }
    return ["'\(method.kind)' drew \(drawn) rows to get \(accepted) of the classes asked for"]
  }

  /// Tables of the original one's schema, class by class.
  mutating func rows(using random: inout RandomSource) throws -> [Table] {
    let lacking = needs.classes.filter { $0.additions > 0 }
    guard !lacking.isEmpty else { return [] }
    return switch method.trainOn {
    case .all: try ofOneModel(lacking, using: &random)
    case .minority: try ofModelsByClass(lacking, using: &random)
    }
  }

  private mutating func ofOneModel(_ lacking: [ClassNeeds.Need], using random: inout RandomSource) throws -> [Table] {
    let learned = try needs.withClassColumn(table)
    let model = try fitted(to: learned.table, classColumn: learned.column, using: &random)
    var made: [Table] = []
    for need in lacking {
      observer.stageBegan("making \(need.additions) rows of \(needs.target) \(need.name)")
      made += try rows(need, of: model, given: [Condition(column: learned.column, value: need.name)], using: &random)
    }
    return made
  }

  private mutating func ofModelsByClass(
    _ lacking: [ClassNeeds.Need], using random: inout RandomSource
  ) throws -> [Table] {
    var made: [Table] = []
    for need in lacking {
      observer.stageBegan("learning the \(need.rows.count) rows of \(needs.target) \(need.name)")
      let model = try fitted(to: needs.rows(of: need, in: table), classColumn: needs.target, using: &random)
      made += try rows(need, of: model, given: [], using: &random)
    }
    return made
  }

  /// Rows of one class, in pieces, so that the model's own memory does not grow with their number.
  private mutating func rows(
    _ need: ClassNeeds.Need, of model: any FittedSynthesizer, given conditions: [Condition],
    using random: inout RandomSource
  ) throws -> [Table] {
    var pieces: [Table] = []
    var (missing, tried) = (need.additions, 0)
    while missing > 0 {
      let size = min(RowSampler.chunkSize, max(missing, filter.isActive ? 1_000 : 0))
      var piece = try model.sample(
        SamplingRequest(size, given: conditions, firstRow: drawn, observer: tally), using: &random)
      drawn += size
      tried += size
      piece = try needs.restored(piece, as: need, like: table)
      if filter.isActive { piece = piece.gathering(Array(filter.rows(of: piece, for: need).prefix(missing))) }
      missing -= piece.rowCount
      pieces.append(piece)
      let taken = need.additions - missing
      guard missing == 0 || tried < 20_000 + 100 * taken else {
        throw ResamplingError(
          "of \(tried) rows that '\(method.kind)' made for \(needs.target) \(need.name) only \(taken) could be taken: "
            + "\(filter.demand(for: needs)); a method that copies values, such as smote, would do")
      }
    }
    return pieces
  }

  /// A diverged training leaves the best model so far, if there was one.
  private mutating func fitted(
    to table: Table, classColumn: String, using random: inout RandomSource
  ) throws -> any FittedSynthesizer {
    let training = RecordingObserver(observer)
    do {
      let model = try conditioned(method.synthesizer, on: classColumn)
        .fitted(to: table, using: &random, observer: training)
      if let epoch = training.interruptedAfter { note("interrupted after epoch \(epoch)") }
      return model
    } catch let error as TrainingDiverged {
      guard let kept = error.lastGoodModel else { throw error }
      note(error.description)
      return kept
    }
  }

  private mutating func note(_ reason: String) { trainingCutShort = trainingCutShort ?? reason }
}
