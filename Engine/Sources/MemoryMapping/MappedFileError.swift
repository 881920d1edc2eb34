#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Why a file, or a region of it, cannot be used from memory.
public struct MappedFileError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Sendable, Equatable {
        /// The file does not exist, or may not be read.
        case cannotOpen
        /// The path names a directory, a pipe or a device.
        case notRegularFile
        /// The operating system refused the mapping.
        case cannotMap
        /// A region reaches beyond the end of the file.
        case regionOutside
        /// A region starts where its elements may not lie.
        case misaligned
    }

    /// What went wrong.
    public let code: Code
    /// The file.
    public let path: String
    /// Where in the file, in bytes, if that matters.
    public let offset: Int?
    /// The cause, in words, if one is known.
    public let detail: String?

    init(_ code: Code, path: String, offset: Int? = nil, detail: String? = nil) {
        self.code = code
        self.path = path
        self.offset = offset
        self.detail = detail
    }

    init(_ code: Code, path: String, errno number: Int32) {
        unsafe self.init(code, path: path, detail: String(cString: strerror(number)))
    }

    public var description: String {
        let place = offset.map { "'\(path)' at byte \($0)" } ?? "'\(path)'"
        let cause = detail.map { " (\($0))" } ?? ""
        return switch code {
        case .cannotOpen: "Cannot read \(place)\(cause). Check that the file exists and may be read by this user."
        case .notRegularFile: "Cannot map \(place): it is not a regular file. Give the path of a file."
        case .cannotMap: "Cannot map \(place) into memory\(cause). Check the limits on this process's address space."
        case .regionOutside: "\(place) ends too early\(cause). The file is truncated or of another kind: make it again."
        case .misaligned: "\(place) is not aligned\(cause). The file is damaged or of another kind: make it again."
        }
    }
}
