// swift-tools-version: 6.2

import PackageDescription

var settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]
if Context.environment["CI"] != nil {
    settings.append(.treatAllWarnings(as: .error))
}

/// Every use of a pointer is marked `unsafe`. Tests, which make pointers all the time, go without.
let strict = settings + [.strictMemorySafety()]

/// The algorithms. No third-party Swift dependencies, so that they build and test in seconds and can be used alone.
/// A target imports only what stands above it.
let package = Package(
    name: "Engine",
    products: [
        .library(name: "MemoryMapping", targets: ["MemoryMapping"]),
        .library(name: "Kernels", targets: ["Kernels"]),
        .library(name: "Tokenization", targets: ["Tokenization"]),
        .library(name: "TextEmbedding", targets: ["TextEmbedding"]),
        .library(name: "Ranking", targets: ["Ranking"]),
        .library(name: "VectorIndex", targets: ["VectorIndex"]),
        .library(name: "TextIndex", targets: ["TextIndex"]),
        .library(name: "CollaborativeFiltering", targets: ["CollaborativeFiltering"]),
        .library(name: "Classification", targets: ["Classification"]),
        .library(name: "Evaluation", targets: ["Evaluation"]),
        .library(name: "EngineTestSupport", targets: ["EngineTestSupport"]),
    ],
    targets: [
        .target(
            name: "CKernels",
            // Without optimisation in debug builds too, model tests would take minutes instead of seconds.
            cSettings: [.unsafeFlags(["-O3"], .when(configuration: .debug))]),
        .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: strict),
        .target(name: "MemoryMapping", swiftSettings: strict),
        .target(name: "Tokenization", swiftSettings: strict),
        .target(
            name: "TextEmbedding", dependencies: ["Kernels", "MemoryMapping", "Tokenization"],
            // As above: packing a model walks over every weight.
            swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .target(name: "Ranking", swiftSettings: strict),
        .target(name: "VectorIndex", dependencies: ["Kernels", "MemoryMapping", "Ranking"], swiftSettings: strict),
        .target(name: "TextIndex", dependencies: ["MemoryMapping"], swiftSettings: strict),
        .systemLibrary(name: "COpenBLAS"),
        .target(name: "DenseAlgebra", dependencies: ["COpenBLAS"], swiftSettings: strict),
        .target(
            name: "CollaborativeFiltering", dependencies: ["DenseAlgebra", "MemoryMapping", "Ranking"],
            swiftSettings: strict),
        .target(name: "Classification", dependencies: ["Kernels"], swiftSettings: strict),
        .target(name: "Evaluation", swiftSettings: strict),
        .target(name: "EngineTestSupport", dependencies: ["Evaluation"], swiftSettings: settings),
        .testTarget(
            name: "KernelsTests", dependencies: ["CKernels", "Kernels", "Evaluation", "EngineTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "MemoryMappingTests", dependencies: ["MemoryMapping", "EngineTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "TokenizationTests", dependencies: ["Tokenization", "EngineTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "TextEmbeddingTests",
            dependencies: ["TextEmbedding", "Kernels", "Evaluation", "EngineTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "VectorIndexTests",
            dependencies: ["VectorIndex", "MemoryMapping", "Evaluation", "EngineTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "TextIndexTests", dependencies: ["TextIndex", "MemoryMapping", "Evaluation", "EngineTestSupport"],
            swiftSettings: settings),
        .testTarget(name: "RankingTests", dependencies: ["Ranking"], swiftSettings: settings),
        .testTarget(
            name: "CollaborativeFilteringTests",
            dependencies: ["CollaborativeFiltering", "Evaluation", "EngineTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ClassificationTests", dependencies: ["Classification", "Evaluation", "EngineTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Evaluation", "EngineTestSupport"], swiftSettings: settings),
    ]
)
