// swift-tools-version: 6.2

import PackageDescription

/// One program for each parser that reads what strangers wrote. `README.md` tells how to run them.
let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "bookrec", path: "..")],
    targets: ["FuzzRecords", "FuzzArchives", "FuzzRows", "FuzzValues", "FuzzSettings"].map { name in
        .executableTarget(
            name: name,
            dependencies: [
                .product(name: "Catalog", package: "bookrec"), .product(name: "Ingestion", package: "bookrec"),
            ])
    }
)
