/// The texts of a column, with equal ones in the same part, so that each part can be counted on its own.
final class TextPartitions {
  let count: Int
  /// Where each part begins, and after the last one the end.
  private let starts: [Int]
  private let records: UnsafeMutablePointer<Record>

  private struct Record {
    var key: UInt64
    var text: UInt64
    var weight: UInt32
  }

  /// Records of a part, on average: with its table it takes some hundred kilobytes.
  private static let partSize = 4096

  init(column: Int, chunks: [ScannedChunk], base: UnsafePointer<UInt8>) {
    let total = chunks.reduce(0) { $0 + ($1.entries[column]?.texts.count ?? $1.rows) }
    let count = total <= Self.partSize ? 1 : 1 << (Int.bitWidth - (total / Self.partSize).leadingZeroBitCount)
    var ends = [Int](repeating: 0, count: count + 1)
    let records = UnsafeMutablePointer<Record>.allocate(capacity: max(1, total))
    ends.withUnsafeMutableBufferPointer { ends in
      for chunk in chunks {
        chunk.forEachKey(of: column, base: base) { key, _, _ in ends[Self.part(of: key, count) + 1] += 1 }
      }
      for part in 0..<count { ends[part + 1] += ends[part] }
      // Now where each part begins; while it is filled, where its next record goes.
      for chunk in chunks {
        chunk.forEachKey(of: column, base: base) { key, text, weight in
          let part = Self.part(of: key, count)
          (records + ends[part]).initialize(to: Record(key: key, text: text.packed, weight: weight))
          ends[part] += 1
        }
        chunk.dropKeys(of: column)
      }
    }
    // Every part has been filled up to where the next one began.
    starts = [0] + ends.dropLast()
    (self.count, self.records) = (count, records)
  }

  deinit { records.deallocate() }

  /// By other bits than a dictionary's places: those of one part must not meet there.
  @inline(__always)
  private static func part(of key: UInt64, _ count: Int) -> Int {
    let hash = key &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: hash ^ hash >> 32) & (count - 1)
  }

  /// Places of a dictionary that holds a part without growing.
  func slots(for part: Int) -> Int {
    1 << (Int.bitWidth - (2 * (starts[part + 1] - starts[part]) + 1).leadingZeroBitCount)
  }

  /// Calls `body` with the key, text and weight of each record, in the order of the file.
  @inline(__always)
  func forEach(in part: Int, _ body: (UInt64, FieldText, UInt32) -> Void) {
    for place in starts[part]..<starts[part + 1] {
      let record = records[place]
      body(record.key, FieldText(packed: record.text), record.weight)
    }
  }
}
