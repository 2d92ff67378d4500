import MynahEncoders
import MynahTables

/// What a variational autoencoder of rows is made of and how it is trained: all that one kind has different from another.
public struct AutoencoderDesign: Sendable, Equatable {
  /// L, the length of the latent vector.
  public var latentDimension = 128
  /// Widths of the encoder's hidden layers, and of the decoder's.
  public var encoderDimensions = [128, 128]
  public var decoderDimensions = [128, 128]
  /// The weight of the reconstruction's negative log-likelihood.
  public var reconstructionWeight = 1.0
  /// The weight of the divergence once annealing is over.
  public var beta = 1.0
  /// Epochs over which the divergence's weight grows linearly from 0 to `beta`; 0 for `beta` from the start.
  public var annealingEpochs = 0
  /// The least σ of a scalar, in 0 < σ ≤ 1; the greatest is 1.
  public var minimumDeviation = 0.01
  /// Adam's step size and L2 penalty.
  public var learningRate = 1e-3
  public var weightDecay = 1e-5
  public var learningRateSchedule = LearningRateSchedule.constant
  /// Decay of the moving average of the parameters that the model keeps; 0 keeps the last ones.
  public var emaDecay = 0.0
  public var sampling = LevelSampling.draw
  /// How columns are encoded.
  public var encoders = TableEncoder()
  /// The discrete column that encoder and decoder are told; nil for none.
  public var conditionColumn: String?

  public init() {}

  /// The weight of the divergence in an epoch, counted from 1.
  func divergenceWeight(in epoch: Int) -> Double {
    annealingEpochs > 0 ? beta * min(1, Double(epoch - 1) / Double(annealingEpochs)) : beta
  }
}

/// How a decoder's softmax becomes a level.
public enum LevelSampling: String, Codable, Sendable, CaseIterable {
  /// Drawn from it.
  case draw
  /// Its most probable one, as Xu et al. 2019 do.
  case argmax
}

/// A synthesizer that is a variational autoencoder of rows: it says what it is made of, and training, sampling and the
/// model file are those of `FittedAutoencoder`.
///
/// ```swift
/// public func fitted(to table: Table, using random: inout RandomSource, observer: any TrainingObserver) throws
///   -> FittedAutoencoder<Self>
/// {
///   try validate()
///   return try FittedAutoencoder(self, trainedOn: table, using: &random, observer: observer)
/// }
/// ```
public protocol VariationalSynthesizer: IterativeSynthesizer where Fitted == FittedAutoencoder<Self> {
  var design: AutoencoderDesign { get }
}
