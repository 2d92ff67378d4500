// swift-tools-version: 6.1
import PackageDescription

// Folder names are short; module names carry the prefix, so that an importer's own `Tables` or `Training`
// never collides. Imports point down only: Documentation/Architecture.md draws the levels.

let package = Package(
  name: "Mynah",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Mynah", targets: ["Mynah"]),
    .library(name: "MynahCLI", targets: ["MynahCLI"]),
    .executable(name: "mynah", targets: ["MynahCommand"]),
    .library(name: "MynahTestSupport", targets: ["MynahTestSupport"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    // MARK: Public API
    .target(
      name: "Mynah",
      dependencies: [
        "MynahParallelism", "MynahRandomness", "MynahTensors", "MynahNeuralNetworks", "MynahTables", "MynahDatasets",
        "MynahStatistics",
        "MynahClassifiers", "MynahEncoders", "MynahOversamplers", "MynahSynthesizers", "MynahEvaluation",
        "MynahExperiments",
      ],
      path: "Sources/Mynah"),

    // MARK: Implementation, lowest level first
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/COpenBLAS", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(name: "CLibSVM", path: "Sources/CLibSVM", providers: [.apt(["libsvm-dev"]), .brew(["libsvm"])]),
    .systemLibrary(
      name: "CXGBoost", path: "Sources/CXGBoost", providers: [.apt(["libxgboost-dev"]), .brew(["xgboost"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CKernels", path: "Sources/CKernels", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "CHNSW", path: "Sources/CHNSW"),
    .target(name: "MynahParallelism", dependencies: ["CKernels"], path: "Sources/Parallelism"),
    .target(name: "MynahRandomness", dependencies: ["CKernels", "MynahParallelism"], path: "Sources/Randomness"),
    .target(
      name: "MynahTensors", dependencies: ["COpenBLAS", "CKernels", "MynahParallelism", "MynahRandomness"],
      path: "Sources/Tensors"),
    .target(
      name: "MynahTables", dependencies: ["CZlib", "MynahParallelism", "MynahRandomness"], path: "Sources/Tables"),
    .target(
      name: "MynahDatasets", dependencies: ["MynahRandomness", "MynahTables"], path: "Sources/Datasets"),
    .target(
      name: "MynahStatistics",
      dependencies: ["COpenBLAS", "CHNSW", "CKernels", "MynahParallelism", "MynahRandomness"],
      path: "Sources/Statistics"),
    .target(
      name: "MynahOversamplers",
      dependencies: ["CLibSVM", "MynahParallelism", "MynahRandomness", "MynahStatistics", "MynahTables"],
      path: "Sources/Oversamplers"),
    .target(
      name: "MynahClassifiers",
      dependencies: ["CXGBoost", "MynahParallelism", "MynahRandomness", "MynahStatistics", "MynahTables"],
      path: "Sources/Classifiers"),
    .target(
      name: "MynahNeuralNetworks", dependencies: ["CKernels", "MynahParallelism", "MynahTensors"],
      path: "Sources/NeuralNetworks"),
    .target(
      name: "MynahEncoders", dependencies: ["MynahTables", "MynahStatistics", "MynahTensors"], path: "Sources/Encoders"),
    .target(
      name: "MynahEvaluation",
      dependencies: [
        "MynahClassifiers", "MynahEncoders", "MynahStatistics", .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Sources/Evaluation"),
    .target(
      name: "MynahSynthesizers",
      dependencies: ["CKernels", "MynahNeuralNetworks", "MynahEncoders", "MynahEvaluation"],
      path: "Sources/Synthesizers"),
    .target(
      name: "MynahExperiments",
      dependencies: [
        "MynahClassifiers", "MynahDatasets", "MynahOversamplers", "MynahSynthesizers", "MynahEvaluation",
        .product(name: "Yams", package: "Yams"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Sources/Experiments"),
    .target(
      name: "MynahCLI",
      dependencies: ["Mynah", .product(name: "ArgumentParser", package: "swift-argument-parser")], path: "Sources/CLI"),
    .target(
      name: "MynahTestSupport",
      dependencies: [
        "MynahTensors", "MynahNeuralNetworks", "MynahTables", "MynahEncoders", "MynahEvaluation", "MynahOversamplers",
        "MynahSynthesizers",
      ],
      path: "Sources/TestSupport"),

    // MARK: Executables
    .executableTarget(name: "MynahCommand", dependencies: ["MynahCLI"], path: "Sources/MynahCommand"),
    .executableTarget(
      name: "GenerateTransactions", dependencies: ["MynahDatasets"], path: "Sources/GenerateTransactions"),

    // MARK: Tests
    .testTarget(
      name: "ParallelismTests", dependencies: ["CKernels", "MynahParallelism", "MynahTestSupport"],
      path: "Tests/ParallelismTests"),
    .testTarget(
      name: "RandomnessTests", dependencies: ["CKernels", "MynahRandomness", "MynahTestSupport"],
      path: "Tests/RandomnessTests"),
    .testTarget(
      name: "TensorsTests", dependencies: ["CKernels", "MynahTensors", "MynahTestSupport"], path: "Tests/TensorsTests",
      exclude: ["Safetensors/make_golden.py", "Golden"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["MynahNeuralNetworks", "MynahTestSupport"],
      path: "Tests/NeuralNetworksTests", exclude: ["Golden"]),
    .testTarget(
      name: "TablesTests",
      dependencies: ["MynahTables", "MynahRandomness", "MynahParallelism", "MynahTestSupport"],
      path: "Tests/TablesTests"),
    .testTarget(
      name: "StatisticsTests", dependencies: ["MynahStatistics", "MynahTestSupport"], path: "Tests/StatisticsTests",
      exclude: ["Golden"]),
    .testTarget(
      name: "OversamplersTests",
      dependencies: ["MynahOversamplers", "MynahStatistics", "MynahTables", "MynahRandomness", "MynahTestSupport"],
      path: "Tests/OversamplersTests", exclude: ["Golden"]),
    .testTarget(
      name: "ClassifiersTests",
      dependencies: ["MynahClassifiers", "MynahTables", "MynahRandomness", "MynahTestSupport"],
      path: "Tests/ClassifiersTests", exclude: ["Golden"]),
    .testTarget(
      name: "DatasetsTests", dependencies: ["MynahDatasets", "MynahRandomness", "MynahTables", "MynahTestSupport"],
      path: "Tests/DatasetsTests"),
    .testTarget(
      name: "EncodersTests", dependencies: ["MynahEncoders", "MynahTables", "MynahRandomness", "MynahTestSupport"],
      path: "Tests/EncodersTests", exclude: ["Golden"]),
    .testTarget(
      name: "SynthesizersTests",
      dependencies: ["MynahSynthesizers", "MynahTables", "MynahRandomness", "MynahTestSupport"],
      path: "Tests/SynthesizersTests", exclude: ["Golden"]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: ["MynahClassifiers", "MynahEvaluation", "MynahTables", "MynahRandomness", "MynahTestSupport"],
      path: "Tests/EvaluationTests", exclude: ["Golden"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["MynahExperiments", "MynahTables", "MynahRandomness", "MynahTestSupport"],
      path: "Tests/ExperimentsTests"),
    .testTarget(name: "DocumentationTests", path: "Tests/DocumentationTests"),
    .testTarget(
      name: "MynahCommandTests",
      dependencies: [
        "Mynah", "MynahCLI", "MynahCommand", "MynahTestSupport", .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Tests/MynahCommandTests", exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11,
  cxxLanguageStandard: .cxx17
)
