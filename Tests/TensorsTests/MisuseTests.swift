import MynahTensors
import Testing

/// What a programmer gets wrong stops at once, before a kernel reads or writes past the end of anything.
struct MisuseTests {
  @Test func mixedScalarTypes() async {
    await #expect(processExitsWith: .failure) {
      _ = select(Tensor([1]), Tensor([1], scalarType: .float64), Tensor([1], scalarType: .float64))
    }
    await #expect(processExitsWith: .failure) {
      _ = linear([.dense(Tensor([1], shape: [1, 1]))], weight: Tensor([1], shape: [1, 1], scalarType: .float64))
    }
  }

  @Test func indicesOutOfRange() async {
    await #expect(processExitsWith: .failure) { _ = Tensor([1, 2]).gatheringRows(Tensor(indices: [2])) }
    await #expect(processExitsWith: .failure) {
      _ = linear([.codes(Tensor(indices: [3], shape: [1, 1]), width: 3)], weight: .zeros([3, 2]))
    }
  }

  @Test func shapesThatDoNotFit() async {
    await #expect(processExitsWith: .failure) { _ = Tensor([1, 2]) + Tensor([1, 2, 3]) }
    await #expect(processExitsWith: .failure) { _ = matmul(.zeros([2, 3]), .zeros([2, 3])) }
  }
}
