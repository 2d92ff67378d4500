import CPeak

/// One figure: a ratio, so that it means the same on a slow machine and a fast one.
struct Figure: Sendable {
  var name: String
  var ratio: Double
  /// What stands above and below the line, with the absolute numbers behind them.
  var detail: String
}

/// A family of figures. Suites are run one after another.
struct Suite: Sendable {
  var name: String
  /// Takes minutes, so it is run by name only.
  var isLong = false
  var run: @Sendable (inout [Figure]) throws -> Void
}

/// The fastest of many short rounds counts: what slows a round down is always somebody else.
enum Timing {
  /// Seconds that one call takes.
  static func seconds(rounds: Int = 40, minimum: Double = 0.003, _ body: () -> Void) -> Double {
    let calls = callsLasting(minimum, body)
    return (0..<rounds).map { _ in once(calls, body) }.min() ?? .nan
  }

  /// How many times longer `body` takes than `baseline`; the two are timed alternately, in rounds of as many calls as
  /// last `minimum` seconds.
  static func ratio(
    of body: () -> Void, to baseline: () -> Void, rounds: Int = 40, minimum: Double = 0.003
  ) -> (ratio: Double, body: Double, baseline: Double) {
    let bodyCalls = callsLasting(minimum, body)
    let baselineCalls = callsLasting(minimum, baseline)
    let times = (0..<rounds).map { _ in (once(bodyCalls, body), once(baselineCalls, baseline)) }
    let best = (body: times.map(\.0).min() ?? .nan, baseline: times.map(\.1).min() ?? .nan)
    return (best.body / best.baseline, best.body, best.baseline)
  }

  /// Warms up, and finds how many calls last at least `minimum` seconds.
  private static func callsLasting(_ minimum: Double, _ body: () -> Void) -> Int {
    body()
    var calls = 1
    while true {
      let elapsed = once(calls, body) * Double(calls)
      if elapsed >= minimum { return calls }
      calls = max(calls + 1, min(calls * 10, Int(Double(calls) * 1.2 * minimum / max(elapsed, 1e-9))))
    }
  }

  private static func once(_ calls: Int, _ body: () -> Void) -> Double {
    let start = ContinuousClock.now
    for _ in 0..<calls { body() }
    return (ContinuousClock.now - start) / .seconds(1) / Double(calls)
  }
}

/// Keeps the compiler from seeing that a result is not used: its address goes to a function of another language.
@inline(never)
func keep<Value>(_ value: Value) {
  withUnsafePointer(to: value) { mynah_keep($0) }
}
