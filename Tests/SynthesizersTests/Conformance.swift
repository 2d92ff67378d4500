import MynahSynthesizers
import MynahTestSupport
import Testing

/// Every model keeps what `Synthesizer` promises. A new one gets a line here, with networks as small as they go.
@Suite struct ConformanceTests {
  @Test func bootstrap() { #expect(checkSynthesizer(Bootstrap()) == []) }

  @Test func marginals() { #expect(checkSynthesizer(Marginals()) == []) }

  @Test func gaussianCopula() {
    var impossible = GaussianCopula()
    impossible.shrinkage = 1
    #expect(checkSynthesizer(GaussianCopula(), impossible: [impossible]) == [])
  }

  @Test func ctgan() { #expect(adversarial(CTGAN()) == []) }

  @Test func gan() { #expect(adversarial(GAN()) == []) }

  @Test func wganGP() { #expect(adversarial(WGANGP()) == []) }

  @Test func conditionalGAN() {
    var labelled = ConditionalGAN()
    labelled.conditionColumn = "colour"
    #expect(adversarial(labelled) == [])
  }

  private func adversarial(_ settings: some AdversarialSynthesizer) -> [ConformanceFailure] {
    var small = settings
    (small.epochs, small.batchSize, small.pac, small.embeddingDimension) = (2, 20, 2, 4)
    (small.generatorDimensions, small.discriminatorDimensions) = ([8], [8])
    var impossible = small
    impossible.batchSize = 21
    return checkSynthesizer(small, impossible: [impossible])
  }

  @Test func tvae() {
    var impossible = Small.tvae
    impossible.lossFactor = 0
    #expect(checkSynthesizer(Small.tvae, impossible: [impossible]) == [])
  }

  @Test func vae() {
    var impossible = Small.vae
    impossible.beta = -1
    #expect(checkSynthesizer(Small.vae, impossible: [impossible]) == [])
  }

  @Test func conditionalVAE() {
    var impossible = Small.conditionalVAE
    impossible.latentDimension = 0
    #expect(checkSynthesizer(Small.conditionalVAE, impossible: [impossible]) == [])
  }
}
