import CKernels
import MynahRandomness
import Testing

struct PhiloxTests {
  /// The known answers that the authors distribute with Random123 (kat_vectors, philox4x32 with 10 rounds).
  static let known: [(key: UInt64, low: UInt64, high: UInt64, words: [UInt32])] = [
    (0, 0, 0, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (.max, .max, .max, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    (
      0x299f_31d0_a409_3822, 0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e,
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test(arguments: 0..<3) func knownAnswers(_ i: Int) {
    let (key, low, high, words) = Self.known[i]
    #expect(philox(key, low, high) == words)
  }

  /// Every value of a fill by hand from the words, for lengths around the kernels' strides.
  @Test(arguments: [1, 2, 3, 4, 5, 63, 64, 65, 127, 128, 200]) func bitsAreTheWordsInOrder(_ count: Int) {
    let (key, first): (UInt64, UInt64) = (0x1234_5678_9abc_def0, 0xffff_fffe)
    let words = (0..<UInt64((count + 3) / 4)).flatMap { philox(key, first + $0, 0) }
    let filled = [UInt32](unsafeUninitializedCapacity: count) { buffer, used in
      mynah_fill_bits(key, first, buffer.baseAddress!, count)
      used = count
    }
    #expect(filled == Array(words.prefix(count)))
  }

  /// A fill cut in pieces at whole blocks equals the fill in one piece, to the bit.
  @Test(arguments: [4, 8, 60, 64, 68, 256]) func fillsDoNotDependOnTheirPieces(_ size: Int) {
    let count = 1003
    typealias Kernel = (UInt64, UInt64, UnsafeMutablePointer<Float>, Int) -> Void
    let kernels: [Kernel] = [
      { mynah_fill_uniform($0, $1, $2, $3) }, { mynah_fill_normal($0, $1, $2, $3) },
      { mynah_fill_gumbel($0, $1, $2, $3) }, { mynah_fill_mask($0, $1, 0.4, 2.5, $2, $3) },
    ]
    for kernel in kernels {
      var whole = [Float](repeating: .nan, count: count)
      var pieces = [Float](repeating: .nan, count: count)
      whole.withUnsafeMutableBufferPointer { kernel(99, 7, $0.baseAddress!, count) }
      pieces.withUnsafeMutableBufferPointer { buffer in
        for at in stride(from: 0, to: count, by: size) {
          kernel(99, 7 + UInt64(at / 4), buffer.baseAddress! + at, min(size, count - at))
        }
      }
      #expect(whole.map(\.bitPattern) == pieces.map(\.bitPattern))
    }
  }

  @Test func uniformIsTheWordScaled() {
    var values = [Float](repeating: 0, count: 16)
    values.withUnsafeMutableBufferPointer { mynah_fill_uniform(5, 11, $0.baseAddress!, 16) }
    let words = (0..<4).flatMap { philox(5, 11 + $0, 0) }
    #expect(values == words.map { (Float($0 >> 9) + 0.5) / 8_388_608 })
  }
}

func philox(_ key: UInt64, _ low: UInt64, _ high: UInt64) -> [UInt32] {
  [UInt32](unsafeUninitializedCapacity: 4) { buffer, count in
    mynah_philox(key, low, high, buffer.baseAddress!)
    count = 4
  }
}
