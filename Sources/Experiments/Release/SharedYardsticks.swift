import MynahEvaluation
import MynahRandomness

/// The yardsticks of a run: computed for the first generator, and shared by all.
final class SharedYardsticks {
  private let make: () throws -> Yardsticks
  private var made: Yardsticks?

  init(_ make: @escaping () throws -> Yardsticks) { self.make = make }

  func value() throws -> Yardsticks {
    if let made { return made }
    let value = try make()
    made = value
    return value
  }
}
