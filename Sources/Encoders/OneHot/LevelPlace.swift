/// Where a level stands among the codes that a model makes.
public enum LevelPlace: Sendable, Equatable {
  /// It has a code of its own: whatever is decoded from it is the level.
  case own(code: Int)
  /// It shares the code of the rest, of which it is number `index`: decoding draws among them.
  case rest(code: Int, index: Int)

  /// What to ask of a model.
  public var code: Int {
    switch self {
    case .own(let code), .rest(let code, _): code
    }
  }
}
