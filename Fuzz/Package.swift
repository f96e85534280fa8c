// swift-tools-version: 6.2
// The fuzzer, in a package of its own so that no other build is instrumented. `Scripts/fuzz` builds and runs it.
import PackageDescription

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "qs", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "Fuzz", dependencies: ["CFuzzer", .product(name: "FuzzTargets", package: "qs")],
            // libFuzzer brings a `main` beside this target's own: lld takes the one it is told to, where gold ends in an internal error.
            linkerSettings: [.unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux]))]),
    ],
    swiftLanguageModes: [.v6]
)
