import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEncoders

@Suite struct EncoderConformanceTests {
  @Test func ours() {
    // Beyond 4 σ of its mode a value is clipped.
    #expect(checkEncoder(ModeSpecificEncoder(), tolerance: 0.25) == [])
    #expect(checkEncoder(QuantileEncoder()) == [])
    #expect(checkEncoder(MinMaxEncoder()) == [])
    #expect(checkEncoder(OneHotEncoder()) == [])
    #expect(checkEncoder(IdentifierEncoder()) == [])
    var changed = QuantileEncoder()
    changed.quantiles = 20
    #expect(checkEncoder(changed, on: [.integer([1, 1, 1, 1, 2, 9], nil)]) == [])
  }

  @Test(arguments: Faulty.Fault.allCases) func faultsAreFound(fault: Faulty.Fault) {
    var encoder = Faulty()
    encoder.fault = fault
    let failures = checkEncoder(encoder)
    guard let wanted = fault.message else {
      #expect(failures == [])
      return
    }
    #expect(failures.contains { $0.message.contains(wanted) }, "\(failures)")
  }
}

/// Scales by a thousand, or does something wrong.
struct Faulty: ColumnEncoder {
  enum Fault: String, Codable, CaseIterable {
    case none, forgetsMissing, anyKind, beyondTheRange, anyBlocks, infinite, shifted, forgetsParameters

    var message: String? {
      switch self {
      case .none: nil
      case .forgetsMissing: "missing or not"
      case .anyKind: "fitted without an error"
      case .beyondTheRange: "outside of the column's range"
      case .anyBlocks: "a block too many"
      case .infinite: "not finite"
      case .shifted: "expected"
      case .forgetsParameters: "parameters change"
      }
    }
  }

  static let identifier = "faulty"
  static let kinds: Set<ColumnKind> = [.continuous]
  var fault = Fault.none

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    fault = try container.decode(Fault.self, forKey: .fault)
    if fault == .forgetsParameters { fault = .none }
  }

  func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> Fitted {
    guard case .continuous(let values, let validity) = column else {
      if fault == .anyKind { return Fitted(fault: fault, hasMissing: false, low: 0, high: 0) }
      throw TableError("holds no real numbers")
    }
    let present = values.indices.filter { validity?[$0] ?? true }.map { values[$0] }
    guard present.allSatisfy(\.isFinite) else { throw TableError("holds no finite numbers") }
    return Fitted(
      fault: fault, hasMissing: column.missingCount > 0, low: present.min() ?? 0, high: present.max() ?? 0)
  }

  struct Fitted: FittedColumnEncoder {
    var fault: Fault
    var hasMissing: Bool
    var low: Double
    var high: Double

    var spans: [EncodedSpan] {
      [EncodedSpan(width: 1, head: .identity)] + (hasMissing ? [EncodedSpan(width: 2, head: .softmax)] : [])
    }

    func encode(_ column: Column, using random: inout RandomSource) throws(TableError) -> [EncodedBlock] {
      guard case .continuous(let values, let validity) = column else { throw TableError("holds no real numbers") }
      let scalars = values.map { fault == .infinite ? Float.infinity : Float($0 / 1_000) }
      let codes = CompactCodes(values.indices.map { validity?[$0] ?? true ? 0 : 1 }, cardinality: 2)
      return hasMissing ? [.scalars(scalars), .codes(codes)] : [.scalars(scalars)]
    }

    func decode(
      _ blocks: [EncodedBlock], rows: Range<Int>, using random: inout RandomSource
    ) throws(TableError) -> Column {
      if fault != .anyBlocks { try check(blocks, count: rows.count) }
      guard case .scalars(let scalars)? = blocks.first else { throw TableError("no scalars") }
      let shift = fault == .shifted ? 0.1 : 0
      let values = scalars.map { scalar in
        let value = 1_000 * Double(scalar.isNaN ? 0 : scalar) + shift
        return fault == .beyondTheRange ? value : max(low, min(high, value))
      }
      guard hasMissing, blocks.count == 2, case .codes(let codes) = blocks[1], fault != .forgetsMissing else {
        return .continuous(values, nil)
      }
      let validity = Validity((0..<codes.count).map { codes[$0] == 0 })
      return .continuous(values, validity.missingCount == 0 ? nil : validity)
    }
  }
}
