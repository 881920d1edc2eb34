import ArgumentParser
import Artifacts
import Foundation
import Kernels
import TextEmbedding

struct BenchEmbed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "How fast texts become vectors.")

    @Option(help: "Threads for batches; a single query always has one (default: one a core).")
    var threads: Int = TextEncoder.activeCores

    @Option(help: "How long each measurement takes, in seconds.")
    var seconds = 2.0

    @Option(help: ArgumentHelp("Short queries, one JSON string a line, instead of invented ones.", valueName: "file"))
    var queries: String?

    @Option(help: ArgumentHelp("Descriptions, one JSON string a line, instead of invented ones.", valueName: "file"))
    var descriptions: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var home: Home

    func validate() throws {
        guard threads > 0 else { throw ValidationError("--threads must be 1 or more, not \(threads).") }
        guard seconds > 0 else { throw ValidationError("--seconds must be more than 0, not \(seconds).") }
    }

    func run() throws {
        let queries = try queries.map(TextFile.strings) ?? InventedTexts.queries
        let descriptions = try descriptions.map(TextFile.strings) ?? InventedTexts.descriptions
        let memory = ResidentMemory.mebibytes
        _ = try home.models.verify()
        var opened: TextEncoder?
        let loading = try Stopwatch.time {
            opened = try TextEncoder(directory: home.models.modelFolder, precision: home.precision)
        }
        guard let encoder = opened else { return }
        for query in queries { _ = encoder.embed(query) }
        let single = Stopwatch.times(for: seconds, count: queries.count) { _ = encoder.embed(queries[$0]) }
        func rate(_ texts: [String]) -> Double {
            Double(texts.count) / Stopwatch.median(for: seconds) { _ = encoder.embed(texts, threads: threads) }
        }
        let queryRate = rate(queries)
        let descriptionRate = rate(descriptions)
        let resident = ResidentMemory.mebibytes - memory
        let result = Result(
            level: Kernels.level.rawValue, precision: encoder.precision.rawValue, threads: threads,
            tokensPerQuery: mean(queries.map(encoder.tokenCount)),
            tokensPerDescription: mean(descriptions.map(encoder.tokenCount)),
            queryMilliseconds: Percentiles(milliseconds: single), queriesPerSecond: queryRate,
            descriptionsPerSecond: descriptionRate, residentMiB: resident, loadMilliseconds: loading * 1000,
            roofline: encoder.precision == .int8 ? Roofline(configuration: encoder.configuration) : nil)
        if json { try Console.json(result) } else { result.show() }
    }

    private func mean(_ counts: [Int]) -> Double { Double(counts.reduce(0, +)) / Double(max(1, counts.count)) }

    struct Result: Encodable {
        var level: String
        var precision: String
        var threads: Int
        var tokensPerQuery: Double
        var tokensPerDescription: Double
        /// One at a time, one thread.
        var queryMilliseconds: Percentiles
        var queriesPerSecond: Double
        var descriptionsPerSecond: Double
        /// What the encoder adds to the process, mapped weights included.
        var residentMiB: Double
        var loadMilliseconds: Double
        var roofline: Roofline?

        func show() {
            func line(_ name: String, _ value: String) {
                Console.result(name.padding(toLength: 44, withPad: " ", startingAt: 0) + value)
            }
            line("kernels", "\(level), \(precision) weights")
            line("opened in", loadMilliseconds.shown("ms"))
            line("memory it adds", residentMiB.shown("MiB"))
            line(
                "a query of \(Int(tokensPerQuery.rounded())) tokens, alone",
                "p50 \(queryMilliseconds.p50.shown("ms")), p99 \(queryMilliseconds.p99.shown("ms"))")
            line("queries in a batch, \(threads) threads", queriesPerSecond.shown("a second"))
            line(
                "texts of \(Int(tokensPerDescription.rounded())) tokens, \(threads) threads",
                descriptionsPerSecond.shown("a second"))
            guard let roofline else { return }
            line("limit of one core, products of two bytes", (roofline.limit / 1e9).shown("G a second"))
            for layer in roofline.layers {
                line(
                    "  \(layer.name), \(layer.tokens) tokens",
                    "\((layer.productsPerSecond / 1e9).shown("G a second")), \(Int((100 * layer.share).rounded())) % of it"
                )
            }
        }
    }
}

extension Double {
    /// With three significant digits.
    func shown(_ unit: String) -> String {
        let digits = self >= 100 ? 0 : self >= 10 ? 1 : 2
        return String(format: "%.\(digits)f %@", self, unit)
    }
}

/// Texts for measuring where none are given.
enum InventedTexts {
    private static let subjects = ["an old sailor", "two sisters", "a village doctor", "a lost robot", "the last king"]
    private static let deeds = [
        "who learns to cook", "looking for a map", "during a long war", "and a stolen painting",
    ]
    private static let moods = [
        "hopeful", "dark", "funny", "quiet", "strange", "tense", "gentle", "sad", "cosy", "wild",
    ]

    /// About a dozen tokens each.
    static let queries = moods.flatMap { mood in
        subjects.flatMap { subject in deeds.map { "a \(mood) story about \(subject) \($0)" } }
    }

    /// 128 tokens each, of which [CLS] and [SEP] are two.
    static let descriptions = (0..<48).map { number in
        let words = queries[number].split(separator: " ")
        return (0..<126).map { String(words[$0 % words.count]) }.joined(separator: " ")
    }
}

/// A file of one JSON string a line.
enum TextFile {
    static func strings(_ path: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("Cannot read \(path). Check that it exists and may be read.", exitCode: noInput)
        }
        let texts = try data.split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
            guard let text = try? JSONDecoder().decode(String.self, from: line) else {
                throw CommandError(
                    "\(path), line \(number + 1): not a JSON string. Write one string in double quotes a line.",
                    exitCode: badData)
            }
            return text
        }
        guard !texts.isEmpty else {
            throw CommandError("\(path) holds no texts. Write one JSON string a line.", exitCode: badData)
        }
        return texts
    }
}
