/// How much of an index file is checked when it is opened. Without a look at
/// everything, damage makes searches find wrong rows, and does nothing worse.
public enum FileVerification: Sendable {
    /// Everything in files of up to 16 MiB, which takes about two milliseconds,
    /// and the header of larger ones.
    case automatic
    /// The header and the file's size, in no time.
    case header
    /// Every byte, at the pace of memory or of the disk.
    case everything

    static var automaticSize: Int { 16 << 20 }

    /// Whether everything in a file of `size` bytes is checked. O(1).
    package func coversEverything(of size: Int) -> Bool {
        switch self {
        case .automatic: size <= Self.automaticSize
        case .header: false
        case .everything: true
        }
    }
}
