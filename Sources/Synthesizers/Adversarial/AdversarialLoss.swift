import MynahNeuralNetworks
import MynahTensors

/// What generator and critic play for. D is the critic's output, one number per pack of rows.
public enum AdversarialLoss: Sendable, Equatable {
  /// The Wasserstein distance with gradient penalty (Gulrajani et al. 2017).
  ///
  /// - critic: mean D(fake) − mean D(real) + λ · mean((‖∇D‖ − 1)²), the gradient taken between real and fake rows
  /// - generator: −mean D(fake)
  case wasserstein(gradientPenalty: Double)
  /// The non-saturating game (Goodfellow et al. 2014), with D a logit and ℓ(D, t) = −t ln σ(D) − (1 − t) ln(1 − σ(D)).
  ///
  /// - discriminator: (mean ℓ(D(real), t) + mean ℓ(D(fake), 0)) / 2, t being `realTarget`: 1, or less for one-sided label
  ///   smoothing (Salimans et al. 2016)
  /// - generator: mean ℓ(D(fake), 1) = −mean ln σ(D(fake))
  case nonSaturating(realTarget: Double)

  /// What reports call the network that judges.
  var judge: String {
    switch self {
    case .wasserstein: "critic"
    case .nonSaturating: "discriminator"
    }
  }

  /// λ; 0 where there is no penalty.
  var gradientPenalty: Double {
    switch self {
    case .wasserstein(let weight): weight
    case .nonSaturating: 0
    }
  }

  /// The critic's loss, but for the penalty.
  func ofCritic(real: Tensor, fake: Tensor) -> Tensor {
    switch self {
    case .wasserstein: fake.mean() - real.mean()
    case .nonSaturating(let target): (Self.error(real, target) + Self.error(fake, 0)) * 0.5
    }
  }

  func ofGenerator(fake: Tensor) -> Tensor {
    switch self {
    case .wasserstein: -fake.mean()
    case .nonSaturating: Self.error(fake, 1)
    }
  }

  private static func error(_ logits: Tensor, _ target: Double) -> Tensor {
    binaryCrossEntropyWithLogits(logits, Tensor(repeating: target, shape: logits.shape, scalarType: logits.scalarType))
  }
}
