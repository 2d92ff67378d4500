import CKernels
import MynahParallelism

/// One block of columns of a layer's input.
public enum InputBlock: Sendable {
  /// Numbers, m × width: they meet the next `width` rows of the weight.
  case dense(Tensor)
  /// One-hot columns given by their codes (int32, m × codes per row): a code is a row of the block, negative for none.
  /// They meet the next `width` rows of the weight, which are gathered instead of multiplied with zeros.
  case codes(Tensor, width: Int)

  public var width: Int {
    switch self {
    case .dense(let tensor): tensor.shape[1]
    case .codes(_, let width): width
    }
  }

  var tensor: Tensor {
    switch self {
    case .dense(let tensor), .codes(let tensor, _): tensor
    }
  }
}

/// Y = [block₀ | block₁ | …] W + b, without putting the blocks side by side and without multiplying the zeros of
/// one-hot blocks. Inputs: W (k × n), then b (n) if there is one, then the blocks' tensors.
struct BlockLinear: DifferentiableOperation {
  let layout: BlockLayout
  let hasBias: Bool

  func forward(_ inputs: [Tensor]) -> Tensor {
    let weight = inputs[0]
    let blocks = Array(inputs[(hasBias ? 2 : 1)...])
    let (m, n) = (blocks[0].shape[0], weight.shape[1])
    let result: Tensor
    if hasBias {
      result = Broadcast(shape: [m, n]).forward([inputs[1]])
    } else {
      result = Tensor.zeros([m, n], scalarType: weight.scalarType)
    }
    for (block, tensor) in zip(layout.blocks, blocks) {
      let rows = weight.sliced(block.rows)
      if block.isCodes {
        layout.addCodedRows(of: rows, tensor, to: result)
      } else {
        Matmul.multiply(.init(m: m, n: n, k: block.rows.count, accumulating: true), tensor, rows, into: result)
      }
    }
    return result
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let first = hasBias ? 2 : 1
    var result: [Tensor?] = Array(repeating: nil, count: inputs.count)
    if needed[0] {
      result[0] = BlockLinearWeightGradient(layout: layout).applied(to: [cotangent] + inputs[first...])
    }
    if hasBias, needed[1] { result[1] = cotangent.sum(over: 0) }
    for (i, block) in layout.blocks.enumerated() where needed[first + i] && !block.isCodes {
      result[first + i] = matmul(cotangent, inputs[0].sliced(block.rows), transposingSecond: true)
    }
    return result
  }
}

/// W̄ = [block₀ | block₁ | …]ᵀ G. Inputs: G (m × n), then the blocks' tensors.
struct BlockLinearWeightGradient: DifferentiableOperation {
  let layout: BlockLayout

  func forward(_ inputs: [Tensor]) -> Tensor {
    let g = inputs[0]
    let n = g.shape[1]
    let result = Tensor(uninitialized: [layout.rowCount, n], g.scalarType)
    for (block, tensor) in zip(layout.blocks, inputs[1...]) {
      let rows = result.sliced(block.rows)
      if block.isCodes {
        layout.scatterRows(g, tensor, to: rows)
      } else {
        Matmul.multiply(.init(m: block.rows.count, n: n, k: g.shape[0], transposingFirst: true), tensor, g, into: rows)
      }
    }
    return result
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    var result: [Tensor?] = Array(repeating: nil, count: inputs.count)
    if needed[0] {
      result[0] = BlockLinear(layout: layout, hasBias: false).applied(to: [cotangent] + inputs[1...])
    }
    for (i, block) in layout.blocks.enumerated() where needed[1 + i] && !block.isCodes {
      result[1 + i] = matmul(inputs[0], cotangent.sliced(block.rows), transposingSecond: true)
    }
    return result
  }
}

/// Which rows of the weight each block meets.
struct BlockLayout: Sendable {
  struct Block: Sendable {
    let rows: Range<Int>
    let isCodes: Bool
  }
  let blocks: [Block]
  var rowCount: Int { blocks.last?.rows.upperBound ?? 0 }

  init(_ inputs: [InputBlock]) {
    var at = 0
    blocks = inputs.map { input in
      defer { at += input.width }
      if case .codes = input { return Block(rows: at..<at + input.width, isCodes: true) }
      return Block(rows: at..<at + input.width, isCodes: false)
    }
  }

  func addCodedRows(of weight: Tensor, _ codes: Tensor, to result: Tensor) {
    let (m, n) = (result.shape[0], result.shape[1])
    let perRow = m == 0 ? 0 : codes.count / m
    let indices = codes.pointer(as: Int32.self)
    withExtendedLifetime((weight, codes)) {
      parallelChunks(of: m, size: max(1, elementsPerTask / max(1, perRow * n))) { part in
        switch weight.scalarType {
        case .float32:
          mynah_add_coded_rows_f32(
            weight.pointer(as: Float.self), indices + part.lowerBound * perRow, part.count, perRow, n,
            result.mutablePointer(as: Float.self) + part.lowerBound * n)
        default:
          mynah_add_coded_rows_f64(
            weight.pointer(as: Double.self), indices + part.lowerBound * perRow, part.count, perRow, n,
            result.mutablePointer(as: Double.self) + part.lowerBound * n)
        }
      }
    }
  }

  /// rows = zeros plus row i of g at each of the codes of row i.
  func scatterRows(_ g: Tensor, _ codes: Tensor, to rows: Tensor) {
    let (m, n) = (g.shape[0], g.shape[1])
    let perRow = m == 0 ? 0 : codes.count / m
    let indices = codes.pointer(as: Int32.self)
    (rows.storage.pointer + rows.byteOffset).initializeMemory(as: UInt8.self, repeating: 0, count: rows.byteCount)
    withExtendedLifetime((g, codes)) {
      parallelChunks(of: n, size: m * perRow * n > elementsPerTask ? max(64, (n + 1) / 2) : max(n, 1)) { part in
        switch g.scalarType {
        case .float32:
          mynah_scatter_coded_rows_f32(
            g.pointer(as: Float.self), indices, m, perRow, n, part.lowerBound, part.upperBound,
            rows.mutablePointer(as: Float.self))
        default:
          mynah_scatter_coded_rows_f64(
            g.pointer(as: Double.self), indices, m, perRow, n, part.lowerBound, part.upperBound,
            rows.mutablePointer(as: Double.self))
        }
      }
    }
  }
}

/// [block₀ | block₁ | …] W + b in one operation: the first layer of rows that are partly one-hot, and layers whose input
/// is a concatenation.
///
/// - Parameters:
///   - blocks: side by side they are m × k.
///   - weight: k × n.
///   - bias: n.
/// - Returns: m × n.
public func linear(_ blocks: [InputBlock], weight: Tensor, bias: Tensor? = nil) -> Tensor {
  precondition(!blocks.isEmpty && weight.rank == 2, "linear: needs a block and a matrix of weights")
  let layout = BlockLayout(blocks)
  precondition(
    layout.rowCount == weight.shape[0],
    "linear: blocks of \(layout.rowCount) columns meet a weight of shape \(weight.shape)")
  if let bias {
    precondition(
      bias.shape == [weight.shape[1]] && bias.scalarType == weight.scalarType,
      "linear: bias \(bias.shape) of \(bias.scalarType) for a weight \(weight.shape) of \(weight.scalarType)")
  }
  for block in blocks {
    precondition(
      block.tensor.rank == 2 && block.tensor.shape[0] == blocks[0].tensor.shape[0],
      "linear: blocks of shapes \(blocks[0].tensor.shape) and \(block.tensor.shape)")
    switch block {
    case .codes(let codes, let width): codes.checkIndices(below: width, "linear")
    case .dense(let dense):
      precondition(
        dense.scalarType == weight.scalarType, "linear: block of \(dense.scalarType), weight of \(weight.scalarType)")
    }
  }
  return BlockLinear(layout: layout, hasBias: bias != nil).applied(
    to: [weight] + (bias.map { [$0] } ?? []) + blocks.map(\.tensor))
}
