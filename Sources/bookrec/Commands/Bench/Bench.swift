import ArgumentParser
import Foundation

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What this machine makes of the engine: its speed, and the share of what the processor could do.",
        discussion: """
            Measured on this machine now: run it while nothing else does. BOOKREC_KERNELS forces an instruction level.
            """,
        subcommands: [BenchEmbed.self, BenchSearch.self])
}

/// Repeats work and keeps the times.
enum Stopwatch {
    private static let clock = ContinuousClock()

    /// In seconds.
    static func time(_ body: () throws -> Void) rethrows -> Double {
        let start = clock.now
        try body()
        return (clock.now - start) / .seconds(1)
    }

    /// Calls `body` with 0, 1, 2 ... up to `count`, over and over, for `seconds` and at least once each: seconds a call.
    static func times(for seconds: Double, count: Int, _ body: (Int) throws -> Void) rethrows -> [Double] {
        var times: [Double] = []
        let begin = clock.now
        repeat {
            for place in 0..<count {
                times.append(try time { try body(place) })
                if times.count >= count, clock.now - begin >= .seconds(seconds) { return times }
            }
        } while clock.now - begin < .seconds(seconds)
        return times
    }

    /// Calls `body` for `seconds` and at least twice, after once that does not count: the median of seconds a call.
    static func median(for seconds: Double, _ body: () throws -> Void) rethrows -> Double {
        try body()
        var times: [Double] = []
        let begin = clock.now
        repeat { times.append(try time(body)) } while times.count < 2 || clock.now - begin < .seconds(seconds)
        return Percentiles(times).p50
    }
}

/// Milliseconds, of which so many in a hundred are no longer.
struct Percentiles: Encodable {
    var p50: Double
    var p99: Double

    init(_ values: [Double]) {
        let sorted = values.sorted()
        func at(_ share: Double) -> Double {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
        }
        p50 = at(0.50)
        p99 = at(0.99)
    }

    init(milliseconds seconds: [Double]) {
        self.init(seconds.map { $0 * 1000 })
    }
}

/// Memory of this process, in MiB; 0 where /proc does not tell.
enum ResidentMemory {
    static var mebibytes: Double {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        guard fields.count > 1, let pages = Double(fields[1]) else { return 0 }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }
}
