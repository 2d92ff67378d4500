/// One small whole number per row, each in 0 ..< `cardinality`, stored in one, two or four bytes.
public struct CompactCodes: Sendable, Equatable {
  public let cardinality: Int
  public let count: Int
  /// Little `UInt8`, `UInt16` or `Int32` elements; one array, so that elements can be changed in place.
  private var bytes: [UInt8]

  /// The codes as they lie in memory.
  public enum Elements {
    case bytes(UnsafePointer<UInt8>)
    case halves(UnsafePointer<UInt16>)
    case words(UnsafePointer<Int32>)
  }

  /// `count` codes, all 0.
  public init(count: Int, cardinality: Int) {
    precondition(cardinality > 0 && cardinality <= Int(Int32.max), "CompactCodes: cardinality \(cardinality)")
    self.cardinality = cardinality
    self.count = count
    bytes = Array(repeating: 0, count: count * Self.width(cardinality))
  }

  /// - Precondition: every code is in 0 ..< `cardinality`.
  public init(_ codes: some Collection<Int32>, cardinality: Int) {
    self.init(count: codes.count, cardinality: cardinality)
    for (row, code) in codes.enumerated() { self[row] = Int(code) }
  }

  private static func width(_ cardinality: Int) -> Int { cardinality <= 256 ? 1 : cardinality <= 65_536 ? 2 : 4 }

  public subscript(row: Int) -> Int {
    get {
      precondition(row >= 0 && row < count, "CompactCodes: row \(row) of \(count)")
      return withElements { elements in
        switch elements {
        case .bytes(let codes): Int(codes[row])
        case .halves(let codes): Int(codes[row])
        case .words(let codes): Int(codes[row])
        }
      }
    }
    set {
      precondition(row >= 0 && row < count, "CompactCodes: row \(row) of \(count)")
      precondition(newValue >= 0 && newValue < cardinality, "CompactCodes: code \(newValue) of \(cardinality)")
      update { writer in writer.set(row, newValue) }
    }
  }

  /// Hands out the elements for fast reading: `switch` once, then loop.
  public func withElements<R>(_ body: (Elements) -> R) -> R {
    bytes.withUnsafeBytes { raw in
      // An empty array may have no memory; nobody reads an element then.
      let base = raw.baseAddress ?? UnsafeRawPointer(bitPattern: 8)!
      return switch Self.width(cardinality) {
      case 1: body(.bytes(base.assumingMemoryBound(to: UInt8.self)))
      case 2: body(.halves(base.assumingMemoryBound(to: UInt16.self)))
      default: body(.words(base.assumingMemoryBound(to: Int32.self)))
      }
    }
  }

  /// Copies the codes of `rows` to `output`.
  func read(_ rows: Range<Int>, into output: UnsafeMutablePointer<Int32>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "CompactCodes: rows \(rows) of \(count)")
    withElements { elements in
      switch elements {
      case .bytes(let codes): for (place, row) in rows.enumerated() { output[place] = Int32(codes[row]) }
      case .halves(let codes): for (place, row) in rows.enumerated() { output[place] = Int32(codes[row]) }
      case .words(let codes): for (place, row) in rows.enumerated() { output[place] = codes[row] }
      }
    }
  }

  /// Writes elements unchecked; rows may be written from several threads as long as no two share a row.
  struct Writer: @unchecked Sendable {
    fileprivate let base: UnsafeMutableRawPointer?
    fileprivate let width: Int

    func set(_ row: Int, _ code: Int) {
      guard let base else { return }
      switch width {
      case 1: base.storeBytes(of: UInt8(truncatingIfNeeded: code), toByteOffset: row, as: UInt8.self)
      case 2: base.storeBytes(of: UInt16(truncatingIfNeeded: code), toByteOffset: 2 * row, as: UInt16.self)
      default: base.storeBytes(of: Int32(truncatingIfNeeded: code), toByteOffset: 4 * row, as: Int32.self)
      }
    }
  }

  mutating func update(_ body: (Writer) -> Void) {
    let width = Self.width(cardinality)
    bytes.withUnsafeMutableBytes { body(Writer(base: $0.baseAddress, width: width)) }
  }
}
