// swift-tools-version: 6.2
// The executables that benchmarks need; apart from the package that they measure, so that a build of qs does not build them.
import PackageDescription

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "qs", path: ".."),
    ],
    targets: [
        .executableTarget(
            name: "FrameSteps",
            dependencies: [.product(name: "QueryFrames", package: "qs"), .product(name: "QueryFormats", package: "qs"), "Figures"],
            path: "FrameSteps"),
        .executableTarget(
            name: "Cancelling",
            dependencies: [
                .product(name: "QueryScript", package: "qs"), .product(name: "QueryLocal", package: "qs"),
                .product(name: "QueryFrames", package: "qs"), .product(name: "QueryFormats", package: "qs"),
            ],
            path: "Cancelling"),
        .executableTarget(
            name: "Scripting",
            dependencies: [
                .product(name: "QueryScript", package: "qs"), .product(name: "QueryLocal", package: "qs"), .product(name: "QueryFormats", package: "qs"),
            ],
            path: "Scripting"),
        .executableTarget(
            name: "Decode",
            dependencies: [.product(name: "QueryFrames", package: "qs"), .product(name: "QueryFormats", package: "qs"), "Figures"],
            path: "Decode"),
        // What all of them print besides times.
        .target(name: "Figures", dependencies: [.product(name: "QueryFrames", package: "qs"), .product(name: "QueryFormats", package: "qs")], path: "Figures"),
    ],
    swiftLanguageModes: [.v6]
)
