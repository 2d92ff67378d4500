/// When checkpoints are made: so seldom that they take next to nothing of the time.
struct CheckpointSchedule {
  /// Training runs at least so many times as long as a checkpoint takes: 2 % of the time, at most.
  static let rarity = 50

  /// The least time between two; zero makes one after every step, whatever it costs.
  let interval: Duration
  private var next: ContinuousClock.Instant
  private var began: ContinuousClock.Instant?

  init(interval: Duration, from now: ContinuousClock.Instant) {
    self.interval = interval
    next = now + interval
  }

  /// The time that a checkpoint takes counts from here, since whoever asks then gathers what it holds.
  mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
    guard now >= next else { return false }
    began = now
    return true
  }

  mutating func saved(at now: ContinuousClock.Instant) {
    let cost = began.map { now - $0 } ?? .zero
    began = nil
    next = now + (interval == .zero ? .zero : max(interval, cost * Self.rarity))
  }
}
