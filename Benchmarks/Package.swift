// swift-tools-version: 6.2

import PackageDescription

/// `swift package --package-path Benchmarks benchmark`
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "bookrec", path: ".."),
        .package(path: "../Engine"),
        // Without its malloc counters, which need a library that is not everywhere.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "IngestionBenchmarks",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "Catalog", package: "bookrec"),
                .product(name: "CatalogStore", package: "bookrec"),
                .product(name: "Ingestion", package: "bookrec"),
            ],
            path: "Ingestion",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "EngineBenchmarks",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "EngineTestSupport", package: "Engine"),
                .product(name: "Evaluation", package: "Engine"),
                .product(name: "Kernels", package: "Engine"),
                .product(name: "TextEmbedding", package: "Engine"),
                .product(name: "VectorIndex", package: "Engine"),
            ],
            path: "Engine",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
