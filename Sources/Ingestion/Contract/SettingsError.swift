/// What is wrong in a contract or mapping file: where, what was found, and what is allowed.
public struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as it was named.
    public var file: String
    /// From 1; nil when the whole file is meant.
    public var line: Int?
    /// The key with the keys above it: `books.fields.year.max`. Empty when the whole file is meant.
    public var key: String
    public var found: String
    public var remedy: String

    public init(file: String, line: Int? = nil, key: String, found: String, remedy: String) {
        self.file = file
        self.line = line
        self.key = key
        self.found = found
        self.remedy = remedy
    }

    public var description: String {
        let place = [file, line.map { "line \($0)" }, key.isEmpty ? nil : "`\(key)`"].compactMap { $0 }
        return "\(place.joined(separator: ", ")): \(found). \(remedy)"
    }
}
