// swift-tools-version: 6.2

import PackageDescription

/// What each program is made of besides its own file.
let ingestion: [Target.Dependency] = [
    .product(name: "Catalog", package: "bookrec"), .product(name: "Ingestion", package: "bookrec"),
]
let dependencies: [String: [Target.Dependency]] = [
    "FuzzRecords": ingestion, "FuzzArchives": ingestion, "FuzzRows": ingestion, "FuzzValues": ingestion,
    "FuzzSettings": ingestion,
    "FuzzTokenizer": [.product(name: "Tokenization", package: "Engine")],
    "FuzzIndexes": [
        .product(name: "MemoryMapping", package: "Engine"), .product(name: "TextIndex", package: "Engine"),
        .product(name: "VectorIndex", package: "Engine"),
    ],
    "FuzzWeights": [
        .product(name: "Kernels", package: "Engine"), .product(name: "TextEmbedding", package: "Engine"),
    ],
]

/// One program for each parser that reads what strangers wrote. `README.md` tells how to run them.
let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "bookrec", path: ".."), .package(name: "Engine", path: "../Engine")],
    targets: dependencies.sorted { $0.key < $1.key }.map { name, dependencies in
        .executableTarget(name: name, dependencies: dependencies)
    }
)
