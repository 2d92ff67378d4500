/// A trained CTGAN.
public typealias FittedCTGAN = FittedAdversarialModel<CTGAN>
