import ArgumentParser
import Mynah

/// `--gate 'copies<=0'`.
struct GateArgument: ExpressibleByArgument {
  var gate: Gate

  init?(argument: String) {
    guard let gate = try? Gate(argument) else { return nil }
    self.gate = gate
  }
}
