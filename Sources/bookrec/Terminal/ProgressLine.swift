import Foundation
import Synchronization

/// Shows how far long work has come: a bar that is redrawn on a terminal, a plain line now and then elsewhere.
final class ProgressLine: Sendable {
    private struct State {
        var start = ContinuousClock.now
        var shown = ContinuousClock.now - .seconds(60)
    }

    private let label: String
    private let unit: String
    private let state = Mutex(State())

    /// - Parameter unit: what is counted, in the plural, for the rate ("texts").
    init(_ label: String, unit: String) {
        self.label = label
        self.unit = unit
    }

    func show(_ done: Int, of total: Int) {
        state.withLock { state in
            let now = ContinuousClock.now
            let pause: Duration = Console.isTerminal ? .milliseconds(100) : .seconds(5)
            guard now - state.shown >= pause || done == total else { return }
            state.shown = now
            let line = text(done, total, after: now - state.start)
            if Console.isTerminal {
                write("\r\u{1B}[K\(bar(done, total)) \(line)\(done < total ? "" : "\n")")
            } else {
                write("\(line)\n")
            }
        }
    }

    private func text(_ done: Int, _ total: Int, after time: Duration) -> String {
        let seconds = time / .seconds(1)
        let rate = seconds > 0.2 && done > 0 ? ", \(Int(Double(done) / seconds)) \(unit)/s" : ""
        // What comes through a pipe has no known end.
        guard total > 0 else { return "\(label): \(done) \(unit)" }
        return "\(label): \(done) of \(total) \(unit) (\(100 * done / total) %\(rate))"
    }

    private func bar(_ done: Int, _ total: Int) -> String {
        let width = 24
        let filled = total > 0 ? width * done / total : width
        return "[\(String(repeating: "#", count: filled))\(String(repeating: ".", count: width - filled))]"
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
