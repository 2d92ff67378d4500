// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nothing it needs ever reaches an importer of Mynah.

let package = Package(
  name: "MynahBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Mynah", path: "..")],
  targets: [
    .target(name: "CPeak"),
    .executableTarget(
      name: "MynahBenchmarks", dependencies: ["CPeak", .product(name: "Mynah", package: "Mynah")]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
