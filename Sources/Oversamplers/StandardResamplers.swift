/// The methods that come with the library.
public let standardResamplers: [any Resampler.Type] = [
  ADASYN.self, BorderlineSMOTE.self, EditedNearestNeighbours.self, KMeansSMOTE.self, RandomOversampler.self,
  RandomUndersampler.self,
  SMOTE.self, SMOTEENN.self, SMOTEN.self, SMOTENC.self, SMOTETomek.self, SVMSMOTE.self, TomekLinks.self,
]
