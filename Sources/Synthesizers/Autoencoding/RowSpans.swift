import CKernels
import MynahEncoders
import MynahTensors

/// What the columns of a decoder's output are: scalars, for each of which it gives a mean, and spans of logits of levels.
struct RowSpans: Sendable {
  let width: Int
  let scalarOffsets: [Int32]
  /// 1 where the mean is tanh of the output, 0 where it is the output itself.
  let isTanh: [UInt8]
  let levelOffsets: [Int32]
  /// 0 for a span that is no part of the likelihood.
  let levelWidths: [Int32]
  let segments: Segments

  /// - Parameter leavingOut: a block of the layout that is given and not modelled.
  init(_ layout: EncodedLayout, leavingOut block: Int? = nil) {
    width = layout.width
    scalarOffsets = layout.scalarOffsets.map(Int32.init)
    isTanh = layout.scalarBlocks.map { layout.placements[$0].span.head == .tanh ? 1 : 0 }
    levelOffsets = layout.codeOffsets.map(Int32.init)
    levelWidths = layout.codeBlocks.map { $0 == block ? 0 : Int32(layout.placements[$0].span.width) }
    segments = Segments(widths: layout.placements.map(\.span.width))
  }

  /// Calls `body` with what the kernels take.
  func withSpans(_ body: (mynah_row_spans) -> Void) {
    scalarOffsets.withUnsafeBufferPointer { scalars in
      isTanh.withUnsafeBufferPointer { isTanh in
        levelOffsets.withUnsafeBufferPointer { levels in
          levelWidths.withUnsafeBufferPointer { widths in
            body(
              mynah_row_spans(
                width: width, scalars: scalars.count, levels: levels.count, scalar_offsets: scalars.baseAddress,
                level_offsets: levels.baseAddress, level_widths: widths.baseAddress, is_tanh: isTanh.baseAddress))
          }
        }
      }
    }
  }
}
