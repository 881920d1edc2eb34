/// Why a file of sections cannot be read or written. Each index makes an error
/// of its own from it.
package struct SectionedFileError: Error, Equatable {
    /// What went wrong.
    package enum Code: Sendable, Equatable {
        /// The file cannot be opened or mapped.
        case cannotRead
        /// The file cannot be written.
        case cannotWrite
        /// The file is of another kind, or of a version this program does not know.
        case wrongFormat
        /// The file is shorter or longer than it says.
        case wrongFileSize
        /// The file's bytes are not those that were written.
        case damaged
    }

    /// What went wrong.
    package let code: Code
    /// The file, the place and the numbers of the case.
    package let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
