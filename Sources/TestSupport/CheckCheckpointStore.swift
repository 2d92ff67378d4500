import MynahSynthesizers
import MynahTensors

/// Holds a store of checkpoints to what `CheckpointStore` promises: what was saved last is what a later training finds.
///
/// ```swift
/// @Test func conforms() { #expect(checkCheckpointStore { MyStore(folder: folder) } == []) }
/// ```
///
/// - Parameter open: the store as a program that has just started would open it, always in the same place; empty at first.
/// - Returns: The broken promises.
public func checkCheckpointStore<Store: CheckpointStore>(_ open: () throws -> Store) -> [ConformanceFailure] {
  var failures: [ConformanceFailure] = []
  func expect(_ holds: Bool, _ message: String) {
    if !holds { failures.append(ConformanceFailure(message, of: "\(Store.self)")) }
  }
  do {
    expect(try open().load() == nil, "an empty store has a checkpoint")
    for (index, archive) in [1, 2, 3].map(archive).enumerated() {
      try open().save(archive)
      guard let loaded = try open().load() else {
        expect(false, "a saved checkpoint is not found again")
        continue
      }
      expect(loaded.metadata == archive.metadata, "checkpoint \(index + 1) comes back with other texts")
      expect(sameBytes(loaded.tensors, archive.tensors), "checkpoint \(index + 1) comes back with other tensors")
    }
    let store = try open()
    try store.save(archive(4))
    try store.save(archive(5))
    expect(try open().load()?.metadata == archive(5).metadata, "of two checkpoints, the later is not found")
  } catch {
    expect(false, "an error: \(error)")
  }
  return failures
}

/// Texts and tensors of every kind, which shrink from one checkpoint to the next.
private func archive(_ number: Int) -> ModelArchive {
  let text = "{\"losses\": [1.5, -2e-3], \"name\": \"Zoë, \\u2028 \(number)\"}"
  var archive = ModelArchive(metadata: ["epoch": String(number), "training.progress": text, "empty": ""])
  archive.tensors["state.single"] = Tensor([0.1, -.infinity, .nan, Double(number)])
  archive.tensors["state.double"] = Tensor([0.1, 1e300], shape: [2, 1], scalarType: .float64)
  archive.tensors["state.codes"] = Tensor(indices: [-1, 0, .max])
  archive.tensors["state.scalar"] = Tensor(Double(number))
  archive.tensors["state.none"] = Tensor.zeros([0, 3])
  archive.tensors["kept.large"] = Tensor(repeating: 0.5, shape: [max(1, 400 - 100 * number), 25])
  return archive
}
