import Foundation
import MynahRandomness
import Testing

struct RandomSourceTests {
  @Test func theSameSeedGivesTheSameNumbers() {
    var (a, b, c) = (RandomSource(seed: 1), RandomSource(seed: 1), RandomSource(seed: 2))
    let numbers = (0..<100).map { _ in a.next() }
    #expect(numbers == (0..<100).map { _ in b.next() })
    #expect(Set(numbers).isDisjoint(with: (0..<100).map { _ in c.next() }))
  }

  /// Files written by one version must be read by the next: these numbers may never change.
  @Test func numbersArePinned() {
    var random = RandomSource(seed: 42)
    let key = philox(42, 0, 2)
    let words = philox(UInt64(key[0]) | UInt64(key[1]) << 32, 0, 0)
    #expect(random.next() == UInt64(words[0]) | UInt64(words[1]) << 32)
    #expect(random.next() == UInt64(words[2]) | UInt64(words[3]) << 32)
  }

  /// Saved in the middle of a block and read back, a source goes on where it was.
  @Test(arguments: 0..<6) func codableInMidStream(_ drawn: Int) throws {
    var random = RandomSource(seed: 9)
    for _ in 0..<drawn { _ = random.next() }
    var copy = try JSONDecoder().decode(RandomSource.self, from: JSONEncoder().encode(random))
    #expect(copy == random)
    #expect((0..<20).map { _ in copy.next() } == (0..<20).map { _ in random.next() })
    #expect(copy.split() == random.split())
  }

  @Test func aFillStartsAtAFreshBlock() {
    var (a, b) = (RandomSource(seed: 1), RandomSource(seed: 1))
    _ = a.next()
    _ = b.next()
    _ = b.next()
    #expect(uniforms(&a, 5) == uniforms(&b, 5))
    #expect(a == b)
  }

  @Test func anEmptyFillDrawsNothing() {
    var random = RandomSource(seed: 1)
    let before = random
    random.fillNormal(UnsafeMutableBufferPointer(start: nil, count: 0))
    #expect(random == before)
  }

  /// Consecutive fills do not share blocks, and neither do children with their parent or each other.
  @Test func streamsDoNotOverlap() {
    var random = RandomSource(seed: 1)
    var seen = Set<Float>()
    var total = 0
    var sources = [random.split(), random.split(), random.stream(for: 0), random.stream(for: 1)]
    for i in sources.indices {
      for _ in 0..<5 {
        seen.formUnion(uniforms(&sources[i], 101))
        total += 101
      }
    }
    for _ in 0..<5 {
      seen.formUnion(uniforms(&random, 101))
      total += 101
    }
    // 2,525 draws of 2^23 values: about 0.4 pairs are equal by chance; an overlap would be 100 or more.
    #expect(total - seen.count < 8)
  }

  @Test func splitsAreIndependentOfWhatIsDrawnFromThem() {
    var (a, b) = (RandomSource(seed: 1), RandomSource(seed: 1))
    var childA = a.split()
    for _ in 0..<10 { _ = childA.next() }
    _ = b.split()
    #expect(a == b)
    #expect(a.split() == b.split())
    #expect(a.split() != b)
  }

  /// A purpose's stream does not depend on the numbers drawn before it was asked for.
  @Test func streamsForAPurpose() {
    var random = RandomSource(seed: 1)
    let early = random.stream(for: 3)
    for _ in 0..<10 { _ = random.next() }
    #expect(random.stream(for: 3) == early)
    #expect(random.stream(for: 4) != early)
  }

  /// Neighbouring seeds and sibling streams are not correlated.
  @Test func neighboursAreNotCorrelated() {
    let n = 50_000
    var parent = RandomSource(seed: 1)
    for (var a, var b) in [(RandomSource(seed: 1), RandomSource(seed: 2)), (parent.split(), parent.split())] {
      var product = 0.0
      for _ in 0..<n { product += (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12 }
      #expect(abs(product / Double(n)) < 4 / Double(n).squareRoot())
    }
  }

  private func uniforms(_ random: inout RandomSource, _ count: Int) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { random.fillUniform($0) }
    return values
  }
}
