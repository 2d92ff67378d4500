// swift-tools-version: 6.1
import PackageDescription

// A package of its own, which sees of Mynah what every other package sees.

let mynah = Target.Dependency.product(name: "Mynah", package: "Mynah")
let command = Target.Dependency.product(name: "MynahCLI", package: "Mynah")
let testSupport = Target.Dependency.product(name: "MynahTestSupport", package: "Mynah")

let package = Package(
  name: "MynahExamples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Mynah", path: "..")],
  targets: [
    .executableTarget(
      name: "example-01", dependencies: [mynah], path: "01-tensors-and-gradients", exclude: ["expected.txt"]),
    .executableTarget(
      name: "example-02", dependencies: [mynah], path: "02-network-by-hand", exclude: ["expected.txt"]),
    .executableTarget(name: "example-03", dependencies: [mynah], path: "03-ctgan", exclude: ["expected.txt"]),
    .executableTarget(
      name: "example-04", dependencies: [mynah, testSupport], path: "04-custom-layer-and-loss",
      exclude: ["expected.txt"]),
    .executableTarget(
      name: "example-05", dependencies: [mynah, testSupport], path: "05-custom-encoder", exclude: ["expected.txt"]),
    .target(name: "CouplingFlow", dependencies: [mynah], path: "06-custom-synthesizer/CouplingFlow"),
    .executableTarget(
      name: "flow", dependencies: ["CouplingFlow", command], path: "06-custom-synthesizer/flow"),
    .executableTarget(
      name: "example-06", dependencies: ["CouplingFlow", testSupport], path: "06-custom-synthesizer/check"),
    .executableTarget(
      name: "example-07", dependencies: [mynah, testSupport], path: "07-custom-metric", exclude: ["expected.txt"]),
    .executableTarget(
      name: "example-08", dependencies: [mynah], path: "08-hessian-vector-products", exclude: ["expected.txt"]),
  ],
  swiftLanguageModes: [.v6]
)
