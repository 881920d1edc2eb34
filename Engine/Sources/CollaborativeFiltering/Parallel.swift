internal import Dispatch
internal import Foundation
internal import Synchronization

/// Work on many numbers by all cores, with the same results however it is shared.
enum Parallel {
    static let cores = ProcessInfo.processInfo.activeProcessorCount

    /// `body` of every number of the range, in order. Each thread makes itself
    /// a scratch once.
    static func map<Scratch, Element: Sendable>(
        _ range: Range<Int>, scratch make: @Sendable () -> Scratch,
        body: @Sendable (_ number: Int, _ scratch: inout Scratch) -> Element
    ) -> [Element] {
        let results = Mutex([Element?](repeating: nil, count: range.count))
        forEach(range, scratch: make) { numbers, scratch in
            let made = numbers.map { body($0, &scratch) }
            results.withLock { all in
                for (number, element) in zip(numbers, made) { all[number - range.lowerBound] = element }
            }
        }
        return results.withLock { $0.map { $0! } }
    }

    /// Calls `body` with parts of the range, each once.
    static func forEach<Scratch>(
        _ range: Range<Int>, atOnce: Int = 64, scratch make: @Sendable () -> Scratch,
        body: @Sendable (_ numbers: Range<Int>, _ scratch: inout Scratch) -> Void
    ) {
        let next = Atomic(range.lowerBound)
        DispatchQueue.concurrentPerform(iterations: max(1, min(cores, range.count / atOnce))) { _ in
            var scratch = make()
            while true {
                let start = next.add(atOnce, ordering: .relaxed).oldValue
                guard start < range.upperBound else { return }
                body(start..<min(start + atOnce, range.upperBound), &scratch)
            }
        }
    }
}
