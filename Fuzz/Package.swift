// swift-tools-version: 6.2
// The fuzzer, in a package of its own so that no other build is instrumented. `Scripts/fuzz` builds and runs it.
import PackageDescription

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "qs", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(name: "Fuzz", dependencies: ["CFuzzer", .product(name: "FuzzTargets", package: "qs")]),
    ],
    swiftLanguageModes: [.v6]
)
