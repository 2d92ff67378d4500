import MynahEncoders
import MynahTensors

/// Some rows of an encoded table, compact.
struct RowBatch {
  /// rows × scalars.
  let scalars: Tensor
  /// rows × spans of levels: the columns of the encoded row that are 1.
  let codes: Tensor
  /// The same counted without the scalars' columns.
  let inputCodes: Tensor
  /// rows × 1; nil where there is no label.
  let labels: Tensor?

  init(_ rows: [Int32], of table: EncodedTable, label: LabelColumn?) {
    let layout = table.layout
    let scalars = Tensor(shape: [rows.count, layout.scalarBlocks.count], of: Float.self) { output in
      rows.withUnsafeBufferPointer { rows in
        if let base = output.baseAddress { table.scalars(rows: rows, into: base) }
      }
    }
    let codes = Tensor(shape: [rows.count, layout.codeBlocks.count], of: Int32.self) { output in
      rows.withUnsafeBufferPointer { rows in
        if let base = output.baseAddress { table.codes(rows: rows, into: base) }
      }
    }
    self.init(scalars: scalars, codes: codes, layout, label: label)
  }

  init(scalars: Tensor, codes: Tensor, _ layout: EncodedLayout, label: LabelColumn?) {
    self.scalars = scalars
    self.codes = codes
    let (rows, spans) = (codes.shape[0], layout.codeOffsets.count)
    // Scalars stand one column each before some of the spans.
    let shifts = layout.codeOffsets.map { offset in Int32(layout.scalarOffsets.count { $0 < offset }) }
    inputCodes = Self.mapped(codes, to: spans) { codes, output in
      for (place, shift) in shifts.enumerated() {
        for row in 0..<rows { output[row * spans + place] = codes[row * spans + place] - shift }
      }
    }
    let labelPlace = label.flatMap { label in layout.codeBlocks.firstIndex(of: label.block) }
    labels = labelPlace.map { place in
      let offset = Int32(layout.codeOffsets[place])
      return Self.mapped(codes, to: 1) { codes, output in
        for row in 0..<rows { output[row] = codes[row * spans + place] - offset }
      }
    }
  }

  private static func mapped(
    _ codes: Tensor, to width: Int,
    _ body: (UnsafeBufferPointer<Int32>, UnsafeMutableBufferPointer<Int32>) -> Void
  ) -> Tensor {
    Tensor(shape: [codes.shape[0], width], of: Int32.self) { output in
      codes.withUnsafeElements(as: Int32.self) { body($0, output) }
    }
  }
}
