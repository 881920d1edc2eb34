import EngineTestSupport
import Foundation
import TextIndex

/// An index of a test's own, in a folder that goes away with it.
struct IndexFixture {
    let folder: TemporaryFolder
    let path: String

    init(
        _ documents: [[[String]]], fields: [TextField] = [TextField()], saturation: Float = 1.25
    ) throws {
        folder = try TemporaryFolder()
        path = folder.path("words.index")
        var builder = try InvertedIndexBuilder(fields: fields, saturation: saturation)
        for document in documents { try builder.add(document: document) }
        try builder.write(to: path)
    }

    /// An index of documents of one field with one word each.
    init(words: [String]) throws {
        try self.init(words.map { [[$0]] })
    }

    func opened() throws -> InvertedIndex { try InvertedIndex(path: path) }

    func bytes() throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: path))) }
}

extension InvertedIndex {
    /// The words in the order of their terms.
    var allWords: [String] { (0..<termCount).map(word) }

    /// The documents of `term`, and their impacts in 255ths.
    func postings(_ term: Int) -> [(document: Int, impact: Int)] {
        var found: [(Int, Int)] = []
        forEachPosting(term) { found.append(($0, Int(($1 * 255).rounded()))) }
        return found
    }
}
