public import Catalog
public import Foundation

/// A query and the books that answer it.
public struct JudgedQuery: Sendable, Hashable {
    /// What kind of query it is, as `describe` or `typo`.
    public var kind: String
    public var query: String
    /// Editions of the works that answer it.
    public var isbns: [ISBN13]
    /// How much of the query stands in the book's record: 2 mostly, 1 in part, 0 hardly.
    public var support: Int
}

/// Why a file of queries is refused.
public struct QueryFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let reason: String
    public var description: String { "\(file), line \(line): \(reason)" }
}

extension JudgedQuery {
    /// Reads a file of JSON lines: `{"kind": "typo", "query": "the tenht man", "isbn13s": ["9780671019099"], "support": 2}`,
    /// where `support` may be left out. All of them, or none.
    /// - Throws: `QueryFileError` for the first line that is wrong.
    public static func read(_ data: Data, file: String) throws(QueryFileError) -> [JudgedQuery] {
        struct Line: Decodable {
            var kind: String
            var query: String
            var isbn13s: [String]
            var support: Int?
        }
        var queries: [JudgedQuery] = []
        for (number, text) in zip(1..., data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false))
        where !text.isEmpty {
            func error(_ reason: String) -> QueryFileError { QueryFileError(file: file, line: number, reason: reason) }
            guard let line = try? JSONDecoder().decode(Line.self, from: text) else {
                throw error("it must be a JSON object with the fields kind, query and isbn13s.")
            }
            guard line.query.contains(where: { !$0.isWhitespace }) else { throw error("query is empty. Write one.") }
            var isbns: [ISBN13] = []
            for text in line.isbn13s {
                guard let isbn = ISBN13.parse(text) else {
                    throw error("isbn13s has “\(text)”, which is no ISBN: its length or check digit is wrong.")
                }
                isbns.append(isbn)
            }
            guard !isbns.isEmpty else { throw error("isbn13s is empty. Name the books that answer the query.") }
            queries.append(
                JudgedQuery(kind: line.kind, query: line.query, isbns: isbns, support: line.support ?? 2))
        }
        return queries
    }
}
