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

/// The application. Data walks down this list of targets; a target imports only what stands above it.
/// Versions are exact because `Package.resolved` is not committed.
let package = Package(
    name: "bookrec",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "bookrec", targets: ["bookrec"]),
        // For the packages in Benchmarks/ and Fuzz/.
        .library(name: "Catalog", targets: ["Catalog"]),
        .library(name: "CatalogStore", targets: ["CatalogStore"]),
        .library(name: "Ingestion", targets: ["Ingestion"]),
    ],
    dependencies: [
        .package(path: "Engine"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        .target(name: "Catalog", swiftSettings: settings),
        .target(
            name: "CatalogStore",
            dependencies: [
                "Catalog",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .systemLibrary(name: "CMinizip"),
        .target(
            name: "Ingestion",
            dependencies: [
                "Catalog", "CatalogStore", "CMinizip",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("Contract/contract.yaml")],
            swiftSettings: settings),
        .target(
            name: "Datasets",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("datasets.yaml")],
            swiftSettings: settings),
        .target(
            name: "LibraryReport",
            dependencies: ["CatalogStore", .product(name: "Mustache", package: "swift-mustache")],
            resources: [.embedInCode("Pages")],
            swiftSettings: settings),
        .target(
            name: "Artifacts",
            dependencies: [
                "Catalog",
                .product(name: "TextEmbedding", package: "Engine"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .target(
            name: "Enrichment",
            dependencies: [
                "Catalog",
                .product(name: "Classification", package: "Engine"),
                .product(name: "Evaluation", package: "Engine"),
                .product(name: "VectorIndex", package: "Engine"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [
                .embedInCode("Cues/content-notes.yaml"), .embedInCode("Genres/genres.yaml"),
                .embedInCode("Model/label-model.json"),
            ],
            swiftSettings: settings),
        .systemLibrary(name: "CStemmer"),
        .target(
            name: "Recommender",
            dependencies: [
                "CStemmer", "Catalog", "CatalogStore", "Artifacts", "Enrichment",
                .product(name: "CollaborativeFiltering", package: "Engine"),
                .product(name: "MemoryMapping", package: "Engine"),
                .product(name: "Ranking", package: "Engine"),
                .product(name: "TextEmbedding", package: "Engine"),
                .product(name: "TextIndex", package: "Engine"),
                .product(name: "VectorIndex", package: "Engine"),
            ],
            swiftSettings: settings),
        .target(
            name: "Training",
            dependencies: [
                "Catalog", "CatalogStore", "Artifacts", "Enrichment", "Recommender",
                .product(name: "CollaborativeFiltering", package: "Engine"),
                .product(name: "Evaluation", package: "Engine"),
                .product(name: "Ranking", package: "Engine"),
                .product(name: "TextEmbedding", package: "Engine"),
                .product(name: "TextIndex", package: "Engine"),
                .product(name: "VectorIndex", package: "Engine"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "WebService",
            dependencies: [
                "Catalog", "Recommender",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            resources: [.embedInCode("Pages")],
            swiftSettings: settings),
        .executableTarget(
            name: "bookrec",
            dependencies: [
                "Catalog", "CatalogStore", "Ingestion", "Datasets", "LibraryReport", "Artifacts", "Enrichment",
                "Training", "Recommender", "WebService",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Kernels", package: "Engine"),
                .product(name: "TextEmbedding", package: "Engine"),
                .product(name: "VectorIndex", package: "Engine"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        .testTarget(name: "CatalogTests", dependencies: ["Catalog"], exclude: ["Pairs"], swiftSettings: settings),
        .testTarget(
            name: "CatalogStoreTests",
            dependencies: [
                "Catalog", "CatalogStore", .product(name: "EngineTestSupport", package: "Engine"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Libraries"],
            swiftSettings: settings),
        .testTarget(
            name: "IngestionTests",
            dependencies: [
                "CMinizip", "Catalog", "CatalogStore", "Ingestion",
                .product(name: "EngineTestSupport", package: "Engine"),
                .product(name: "Evaluation", package: "Engine"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Formats/Golden", "Normalisation/Golden", "Reading/Golden"],
            swiftSettings: settings),
        .testTarget(
            name: "DatasetsTests",
            dependencies: [
                "Datasets",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "LibraryReportTests", dependencies: ["CatalogStore", "LibraryReport"], swiftSettings: settings),
        .testTarget(
            name: "ArtifactsTests",
            dependencies: [
                "Artifacts", "Catalog", .product(name: "EngineTestSupport", package: "Engine"),
                .product(name: "TextEmbedding", package: "Engine"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "EnrichmentTests",
            dependencies: [
                "Catalog", "Enrichment", .product(name: "Classification", package: "Engine"),
                .product(name: "Evaluation", package: "Engine"), .product(name: "VectorIndex", package: "Engine"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Artifacts", "Catalog", "CatalogStore", "Enrichment", "Recommender", "Training",
                .product(name: "EngineTestSupport", package: "Engine"),
                .product(name: "TextEmbedding", package: "Engine"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "WebServiceTests",
            dependencies: [
                "Catalog", "Recommender", "WebService",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
    ]
)
