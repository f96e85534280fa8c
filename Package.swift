// swift-tools-version: 6.2
// The targets follow Sources/ and import upward only; ARCHITECTURE.md tells why each is where it is.
import PackageDescription

let package = Package(
    name: "qs",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "qs", targets: ["qs"]),
        .library(name: "QueryFrames", targets: ["QueryFrames"]),
        .library(name: "QueryFormats", targets: ["QueryFormats"]),
        .library(name: "QueryScript", targets: ["QueryScript"]),
        .library(name: "QueryLocal", targets: ["QueryLocal"]),
        // For a test alone: what Python loads to hand columns over and take them back.
        .library(name: "ArrowProbe", type: .dynamic, targets: ["ArrowProbe"]),
        .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.27.0"),
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"]), .brew(["snappy"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),
        .systemLibrary(name: "CArrow"),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "CTOML"),
        .target(name: "CXLSXWriter"),
        .target(name: "QueryFrames", dependencies: ["CArrow", "CRE2"]),
        .target(name: "QueryFormats", dependencies: ["QueryFrames", "CArrow", "CZlib", "CZstd", "CSnappy", "CLZ4", "CXLSXWriter"]),
        .target(name: "QueryText"),
        .target(name: "QueryClient", dependencies: ["QueryFrames", "QueryFormats", "QueryText"]),
        .target(
            name: "QueryHTTP",
            dependencies: [
                "QueryClient", "QueryFormats",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .target(name: "QueryEngines", dependencies: ["QueryFrames", "QueryText", "CSQLite"]),
        .target(name: "QueryLocal", dependencies: ["QueryClient", "QueryEngines", "QueryFormats", "QueryFrames", "QueryText", "CSQLite"]),
        .target(name: "QueryScript", dependencies: ["QueryFrames", "QueryFormats", "QueryClient"]),
        .target(name: "QueryShell", dependencies: ["QueryScript", "CEditLine"]),
        .target(
            name: "QueryConnections",
            dependencies: ["QueryScript", "QueryLocal", "QueryClient", "QueryText", "QueryFormats", "QueryFrames", "CTOML"]),
        .executableTarget(
            name: "qs",
            dependencies: [
                "QueryConnections", "QueryHTTP", "QueryShell", "QueryScript", "QueryLocal", "QueryClient", "QueryFormats", "QueryFrames", "CMalloc",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(name: "FaultServer", dependencies: ["CZlib"], path: "Tests/FaultServer"),
        .target(
            name: "FuzzTargets", dependencies: ["QueryScript", "QueryClient", "QueryFormats", "QueryFrames"], path: "Tests/FuzzTargets"),
        .executableTarget(name: "EditorProbe", dependencies: ["QueryShell"], path: "Tests/EditorProbe"),
        .target(name: "ArrowProbe", dependencies: ["QueryFrames", "CArrow"], path: "Tests/ArrowProbe"),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"]),
        .testTarget(name: "QueryFramesTests", dependencies: ["QueryFrames", "CArrow"]),
        .testTarget(name: "QueryFormatsTests", dependencies: ["QueryFormats", "QueryFrames", "CSQLite", "TestSupport"]),
        .testTarget(name: "QueryClientTests", dependencies: ["QueryClient", "QueryFormats", "QueryFrames", "QueryText"]),
        .testTarget(
            name: "QueryHTTPTests", dependencies: ["QueryHTTP", "QueryClient", "QueryFormats", "FaultServer", "TestSupport"]),
        .testTarget(
            name: "RemoteServiceTests", dependencies: ["QueryHTTP", "QueryClient", "QueryFormats", "QueryFrames", "FaultServer"]),
        .testTarget(name: "QueryEnginesTests", dependencies: ["QueryEngines", "QueryFrames", "CSQLite", "TestSupport"]),
        .testTarget(
            name: "QueryLocalTests",
            dependencies: ["QueryLocal", "QueryEngines", "QueryClient", "QueryFormats", "QueryFrames", "CSQLite", "TestSupport"]),
        .testTarget(
            name: "QueryScriptTests",
            dependencies: ["QueryScript", "QueryLocal", "QueryClient", "QueryFormats", "QueryFrames", "FuzzTargets", "TestSupport"]),
        .testTarget(name: "QueryShellTests", dependencies: ["QueryShell", "QueryFrames", "EditorProbe", "TestSupport"]),
        .testTarget(
            name: "qsTests",
            dependencies: [
                "qs", "QueryConnections", "QueryHTTP", "QueryScript", "QueryLocal", "QueryClient", "QueryFormats", "QueryFrames", "FaultServer",
                "TestSupport",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
