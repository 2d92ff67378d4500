import Mynah

/// The mixture that encodes a column of numbers: its fit hardly grows with the rows, and all of a column's fit stays near
/// what sorting it costs.
let mixtureSuite = Suite(name: "mixture") { figures in
  let few = values(10_000)
  let many = values(1_000_000)
  let mixture = GaussianMixture()
  let fewPoints = WeightedPoints(distinct: few).binned(to: 1_024)
  let manyPoints = WeightedPoints(distinct: many).binned(to: 1_024)
  let growth = Timing.ratio(of: { keep(mixture.fitted(to: manyPoints)) }, to: { keep(mixture.fitted(to: fewPoints)) })
  figures.append(
    Figure(
      name: "mixture.growth", ratio: growth.ratio,
      detail: "1,000,000 rows \(formatted(seconds: growth.body)), 10,000 rows \(formatted(seconds: growth.baseline))"))

  let column = Column.continuous(many, nil)
  let encoder = ModeSpecificEncoder()
  var random = RandomSource(seed: 4)
  let fit = Timing.ratio(
    of: { keep(try? encoder.fitted(to: column, using: &random)) }, to: { keep(many.sorted()) }, rounds: 3)
  figures.append(
    Figure(
      name: "mixture.encoderAgainstSort", ratio: fit.ratio,
      detail: "1,000,000 rows \(formatted(seconds: fit.body)), sorting them \(formatted(seconds: fit.baseline))"))
}

/// Three modes.
private func values(_ count: Int) -> [Double] {
  var random = RandomSource(seed: 3)
  return (0..<count).map { _ in
    switch random.index(below: 3) {
    case 0: random.normal()
    case 1: 20 + 4 * random.normal()
    default: 100 + 0.5 * random.normal()
    }
  }
}
