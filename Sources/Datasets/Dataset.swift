/// A published dataset: whose it is, what its licence asks, and which files at which addresses are it.
public struct Dataset: Sendable, Hashable {
    /// For the command line: `goodbooks-10k`.
    public var name: String
    /// What it is, in a few words.
    public var title: String
    /// Whom to name for it.
    public var holder: String
    /// The page to look it up on.
    public var page: String
    public var licence: Licence
    /// The address that the files' names are added to, without a slash at its end.
    public var base: String
    /// In the order in which they are to be taken in.
    public var files: [DatasetFile]

    public struct Licence: Sendable, Hashable {
        public var name: String
        public var url: String
        /// What it asks of those who use the data, in a sentence.
        public var asks: String

        public init(name: String, url: String, asks: String) {
            self.name = name
            self.url = url
            self.asks = asks
        }
    }

    public init(
        name: String, title: String, holder: String, page: String, licence: Licence, base: String,
        files: [DatasetFile]
    ) {
        self.name = name
        self.title = title
        self.holder = holder
        self.page = page
        self.licence = licence
        self.base = base
        self.files = files
    }

    /// What a person must know before taking the data: lines to print.
    public var notice: String {
        """
        \(name): \(title), by \(holder) (\(page)).
        Its licence is \(licence.name), \(licence.url)
        \(licence.asks)
        """
    }
}

/// A file of a dataset, pinned to its content.
public struct DatasetFile: Sendable, Hashable {
    /// Its name in the dataset's address and in the folder. Holds no slash.
    public var name: String
    public var size: Size
    public var checksum: Checksum
    /// The command that takes it in.
    public var ingestion: Ingestion

    /// In bytes.
    public enum Size: Sendable, Hashable {
        case exactly(Int)
        /// The true size is not known beforehand; a file that is larger is not the right one.
        case atMost(Int)
    }

    /// The subcommand of `bookrec ingest`.
    public enum Ingestion: String, Sendable, Hashable, Codable {
        case books, ratings
    }

    public init(name: String, size: Size, checksum: Checksum, ingestion: Ingestion) {
        self.name = name
        self.size = size
        self.checksum = checksum
        self.ingestion = ingestion
    }

    /// The size in bytes, where it is known beforehand.
    public var exactSize: Int? {
        if case .exactly(let size) = size { size } else { nil }
    }

    /// No more bytes than this are written.
    var limit: Int {
        switch size {
        case .exactly(let size), .atMost(let size): size
        }
    }
}
