import Foundation
import MynahTensors

/// What Golden/make_layers.py wrote.
struct Golden: Decodable {
  struct Linear: Decodable { let x, weight, bias, cotangent, y: [Double], gradients: [[Double]] }
  struct BatchNorm: Decodable {
    struct Step: Decodable { let x, y, mean, variance: [Double], gradients: [[Double]] }
    let weight, bias, cotangent, inference: [Double], steps: [Step]
  }
  struct LayerNorm: Decodable { let weight, bias, x, cotangent, y: [Double], gradients: [[Double]] }
  struct Embedding: Decodable { let table: [Double], codes: [Int32], cotangent, y: [Double], gradients: [[Double]] }
  struct Loss: Decodable { let p, t: [Double], loss: Double, gradient: [Double] }
  struct Optimizers: Decodable { let start: [Double], gradients: [[Double]], paths: [String: [[Double]]] }
  let linear: Linear
  let batchNorm: BatchNorm
  let layerNorm: LayerNorm
  let embedding: Embedding
  let activations: [String: [Double]]
  let meanSquaredError, crossEntropy, binaryCrossEntropy: Loss
  let optimizers: Optimizers

  static let values: Golden = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/layers.json")
    do {
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    } catch { fatalError("Golden/layers.json: \(error)") }
  }()
}

extension Tensor {
  static func double(_ scalars: [Double], _ shape: [Int]? = nil) -> Tensor {
    Tensor(scalars, shape: shape, scalarType: .float64)
  }
}
