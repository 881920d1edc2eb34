public import Catalog
public import Foundation

/// What a bundle is made of and from: `manifest.json`.
public struct BundleManifest: Sendable, Hashable, Codable {
    /// The format that this code writes and reads. Raised when an older reader could not understand a bundle.
    public static let supportedFormat = 6

    /// A query with a known answer: a server is ready when it gives it.
    public struct GoldenQuery: Sendable, Hashable, Codable {
        public var query: String
        /// The work that the trained bundle puts first.
        public var work: WorkID

        public init(query: String, work: WorkID) {
            self.query = query
            self.work = work
        }
    }

    /// What the bundle was trained from: equal inputs give an equal bundle, so training can be skipped.
    public struct Inputs: Sendable, Hashable, Codable {
        /// SHA-256 over all works of the library.
        public var library: String
        /// SHA-256 of the text model's weights.
        public var textModel: String
        /// SHA-256 of the label model that training began with.
        public var labelModel: String
        /// The parameters of the stages, by name.
        public var parameters: [String: Double]

        public init(library: String, textModel: String, labelModel: String, parameters: [String: Double]) {
            self.library = library
            self.textModel = textModel
            self.labelModel = labelModel
            self.parameters = parameters
        }
    }

    public var format: Int
    /// The content address: the first 16 hexadecimal digits of the SHA-256 over everything here but `id`, `createdAt`
    /// and `codeVersion`.
    public var id: String
    public var createdAt: Date
    public var codeVersion: String
    public var inputs: Inputs
    public var works: Int
    /// Floats in a vector.
    public var dimension: Int
    public var goldenQuery: GoldenQuery
    /// Every other file of the bundle, by name.
    public var files: [String: FileDigest]

    public init(
        createdAt: Date, codeVersion: String, inputs: Inputs, works: Int, dimension: Int, goldenQuery: GoldenQuery,
        files: [String: FileDigest]
    ) throws {
        format = Self.supportedFormat
        id = ""
        self.createdAt = createdAt
        self.codeVersion = codeVersion
        self.inputs = inputs
        self.works = works
        self.dimension = dimension
        self.goldenQuery = goldenQuery
        self.files = files
        id = try contentAddress()
    }

    /// The address that the contents give; a manifest whose `id` differs was altered.
    func contentAddress() throws -> String {
        var content = self
        content.id = ""
        content.createdAt = Date(timeIntervalSince1970: 0)
        content.codeVersion = ""
        return String(FileDigest.sha256(of: try content.encoded()).prefix(16))
    }

    /// Milliseconds tell bundles apart that were trained within a second.
    private static let timestamp = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Self.timestamp))
        }
        return try encoder.encode(self)
    }

    /// - Throws: `ArtifactError` when the text is no manifest, or one of another format.
    static func decode(_ data: Data, path: String) throws -> BundleManifest {
        struct Format: Decodable { var format: Int }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = try? Date(text, strategy: timestamp) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a date")
            }
            return date
        }
        do {
            // The format first: a newer manifest may have another shape.
            let format = try decoder.decode(Format.self, from: data).format
            guard format <= supportedFormat else {
                throw ArtifactError.newerFormat(path: path, format: format, supported: supportedFormat)
            }
            guard format == supportedFormat else {
                throw ArtifactError.damaged(
                    what: "bundle", path: path, reason: "it has the old format \(format)", remedy: Bundles.remedy)
            }
            return try decoder.decode(BundleManifest.self, from: data)
        } catch let error as DecodingError {
            throw ArtifactError.damaged(
                what: "bundle", path: path, reason: "its manifest.json cannot be read (\(error.summary))",
                remedy: Bundles.remedy)
        }
    }
}

extension DecodingError {
    /// Where and what, without the decoder's internals.
    var summary: String {
        switch self {
        case .keyNotFound(let key, _): "`\(key.stringValue)` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` has the wrong type"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: localizedDescription
        }
    }
}
