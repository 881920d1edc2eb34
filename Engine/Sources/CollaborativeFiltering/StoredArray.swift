internal import MemoryMapping

/// Numbers in memory or in a mapped file.
struct StoredArray<Element: BitwiseCopyable & Sendable>: Sendable {
    private enum Place: Sendable {
        case memory([Element])
        case file(MappedFile, offset: Int, count: Int)
    }

    private let place: Place

    init(_ elements: [Element]) { place = .memory(elements) }

    /// A section of a file, which was checked to have this many elements.
    init(_ section: Int, of file: SectionedFile, count: Int) throws(CollaborativeFilteringError) {
        try CollaborativeFilteringError.wrapping { () throws(SectionedFileError) in
            try file.checkSize(of: section, count * MemoryLayout<Element>.stride)
        }
        place = .file(file.file, offset: file.sections[section].lowerBound, count: count)
    }

    var count: Int {
        switch place {
        case .memory(let elements): elements.count
        case .file(_, _, let count): count
        }
    }

    func withUnsafeBufferPointer<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch place {
        case .memory(let elements):
            try unsafe elements.withUnsafeBufferPointer { elements throws(Failure) in try unsafe body(elements) }
        case .file(let file, let offset, let count):
            try unsafe file.withElements(of: Element.self, at: offset, count: count, body)
        }
    }
}
