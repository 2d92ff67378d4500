import CKernels

/// A stream of random numbers from a counter (Philox4x32-10, Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", 2011).
///
/// There is no global generator: whoever needs randomness is handed `inout RandomSource`. The same seed gives the same
/// numbers on every machine and with any number of threads. A source is a value; copying it copies its position.
///
/// ```swift
/// var random = RandomSource(seed: 7)
/// var forData = random.split()      // an independent stream
/// let x = random.normal()
/// ```
public struct RandomSource: RandomNumberGenerator, Codable, Sendable, Equatable {
  /// Philox's key; the upper half of its counter is 0 for numbers and 1 for the keys of children.
  private var key: UInt64
  /// The next block to be drawn.
  private var block: UInt64 = 0
  /// The second half of the block drawn last, when it has not been used yet.
  private var spare: UInt64?

  public init(seed: UInt64) { key = Self.block(key: seed, low: 0, high: 2).0 }

  public mutating func next() -> UInt64 {
    if let value = spare {
      spare = nil
      return value
    }
    let (value, other) = Self.block(key: key, low: takeBlocks(1), high: 0)
    spare = other
    return value
  }

  /// An independent stream for a child; the parent moves on by one block.
  public mutating func split() -> RandomSource {
    var child = RandomSource(seed: 0)
    child.key = Self.block(key: key, low: takeBlocks(1), high: 1).0
    return child
  }

  /// The stream that belongs to `purpose`: it depends on this source's key and on `purpose` only, not on how many
  /// numbers have been drawn. Two purposes give independent streams.
  public func stream(for purpose: UInt64) -> RandomSource {
    var child = RandomSource(seed: 0)
    child.key = Self.block(key: key, low: purpose, high: 3).0
    return child
  }

  private mutating func takeBlocks(_ count: Int) -> UInt64 {
    defer { block &+= UInt64(count) }
    return block
  }

  private static func block(key: UInt64, low: UInt64, high: UInt64) -> (UInt64, UInt64) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4) { words in
      mynah_philox(key, low, high, words.baseAddress!)
      return (UInt64(words[0]) | UInt64(words[1]) << 32, UInt64(words[2]) | UInt64(words[3]) << 32)
    }
  }

  /// The key and first block of a fill of `count` values, which the source then moves past. For kernels that draw
  /// value `i` from word `i % 4` of block `first + i / 4`.
  package mutating func reserve(_ count: Int) -> (key: UInt64, first: UInt64) {
    spare = nil
    return (key, takeBlocks((count + 3) / 4))
  }
}
