/// A metric whose parameters name columns, so that a mistyped one is found before anything is computed.
public protocol ColumnNamingMetric: Metric {
  /// Every column that is named.
  var namedColumns: [String] { get }
}

extension Fairness: ColumnNamingMetric {
  public var namedColumns: [String] { sensitive.map { [$0] } ?? [] }
}

extension Linkability: ColumnNamingMetric {
  public var namedColumns: [String] { columns?.flatMap(\.self) ?? [] }
}

extension Inference: ColumnNamingMetric {
  public var namedColumns: [String] { secrets ?? [] }
}

extension AttributeDisclosure: ColumnNamingMetric {
  public var namedColumns: [String] { (known ?? []) + (secret.map { [$0] } ?? []) }
}

extension KAnonymity: ColumnNamingMetric {
  public var namedColumns: [String] { known ?? [] }
}

extension LDiversity: ColumnNamingMetric {
  public var namedColumns: [String] { (known ?? []) + (secret.map { [$0] } ?? []) }
}
