import Dispatch

/// Parts of an answer that need nothing of each other.
enum SideBySide {
    /// With fewer works, waking another thread takes longer than it saves.
    static let fewestWorks = 50_000

    /// Both results, found at the same time where there are many works.
    static func both<First, Second>(
        ofWorks works: Int, _ first: () throws -> First, _ second: () throws -> Second
    ) throws -> (First, Second) {
        guard works >= fewestWorks else { return (try first(), try second()) }
        // Each is written by the one thread that runs it, and read when both have ended.
        nonisolated(unsafe) var one: Result<First, any Error>?
        nonisolated(unsafe) var other: Result<Second, any Error>?
        withoutActuallyEscaping(first) { first in
            withoutActuallyEscaping(second) { second in
                nonisolated(unsafe) let (first, second) = (first, second)
                DispatchQueue.concurrentPerform(iterations: 2) { number in
                    if number == 0 { one = Result { try first() } } else { other = Result { try second() } }
                }
            }
        }
        guard let one, let other else { preconditionFailure("both have run") }
        return (try one.get(), try other.get())
    }
}
