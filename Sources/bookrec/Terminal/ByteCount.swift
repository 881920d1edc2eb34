import ArgumentParser

/// A size as people write it: `700MiB`, `4GiB`, or a number of bytes.
struct ByteCount: ExpressibleByArgument, Sendable {
    let bytes: Int

    private static let units = [("KiB", 10), ("MiB", 20), ("GiB", 30)]

    init(_ bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let unit = Self.units.first { argument.hasSuffix($0.0) }
        guard let number = Int(argument.dropLast(unit?.0.count ?? 0)), number > 0,
            case let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << (unit?.1 ?? 0)), !overflow
        else { return nil }
        self.bytes = bytes
    }

    var defaultValueDescription: String { "\(bytes >> 20)MiB" }
}
