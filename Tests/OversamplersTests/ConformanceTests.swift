import MynahOversamplers
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

/// Every method keeps what `Resampler` promises. A new one gets a line here.
@Suite struct ConformanceTests {
  @Test func adasyn() {
    var impossible = ADASYN()
    impossible.kNeighbors = 0
    #expect(checkResampler(ADASYN(), impossible: [impossible]) == [])
  }

  @Test func borderlineSMOTE() {
    var impossible = BorderlineSMOTE()
    impossible.mNeighbors = 0
    #expect(checkResampler(BorderlineSMOTE(), impossible: [impossible]) == [])
  }

  @Test func smote() {
    var impossible = SMOTE()
    impossible.kNeighbors = 0
    #expect(checkResampler(SMOTE(), impossible: [impossible]) == [])
  }

  @Test func smoteNC() { #expect(checkResampler(SMOTENC()) == []) }

  @Test func smoteN() throws { #expect(checkResampler(SMOTEN(), on: try categories()) == []) }

  /// 60 rows of "no" and 24 of "yes", which differ in how often they have a level.
  private func categories() throws -> Table {
    var random = RandomSource(seed: 2)
    let labels = (0..<84).map { Int32($0 % 7 < 2 ? 1 : 0) }
    let columns = (0..<3).map { _ in
      Column.categorical(
        codes: labels.map { Int32(random.index(below: 3 + Int($0))) }, levels: ["a", "b", "c", "d"], nil)
    }
    let names = ["x", "y", "z", "class"].map { ColumnSchema(name: $0, kind: .categorical) }
    return try Table(
      schema: Schema(names), columns: columns + [.categorical(codes: labels, levels: ["no", "yes"], nil)])
  }

  @Test func svmSMOTE() {
    var impossible = SVMSMOTE()
    impossible.outStep = -1
    #expect(checkResampler(SVMSMOTE(), impossible: [impossible]) == [])
  }

  @Test func kMeansSMOTE() {
    var coarse = KMeansSMOTE()
    (coarse.clusters, coarse.clusterBalanceThreshold) = (2, 0.1)
    var impossible = KMeansSMOTE()
    impossible.clusters = 0
    #expect(checkResampler(coarse, impossible: [impossible]) == [])
  }

  @Test func random() {
    var smoothed = RandomOversampler()
    smoothed.shrinkage = 0.5
    var impossible = RandomOversampler()
    impossible.shrinkage = -1
    #expect(checkResampler(RandomOversampler(), impossible: [impossible]) == [])
    #expect(checkResampler(smoothed) == [])
  }

  @Test func randomUndersampling() { #expect(checkResampler(RandomUndersampler(), role: .removes) == []) }

  @Test func tomekLinks() { #expect(checkResampler(TomekLinks(), role: .cleans) == []) }

  @Test func editedNearestNeighbours() {
    #expect(checkResampler(EditedNearestNeighbours(), role: .cleans) == [])
  }

  @Test func smoteTomek() { #expect(checkResampler(SMOTETomek(), role: .addsAndCleans) == []) }

  @Test func smoteENN() { #expect(checkResampler(SMOTEENN(), role: .addsAndCleans) == []) }
}
