import Foundation

/// Which code this is.
struct CodeVersion: CustomStringConvertible {
    let number: String
    /// The commit it was built from, as the build told by `BOOKREC_COMMIT`.
    let commit: String

    static let current = CodeVersion(
        number: "0.1.0", commit: ProcessInfo.processInfo.environment["BOOKREC_COMMIT"] ?? "unknown")

    var description: String { "\(number) (\(commit))" }
}
