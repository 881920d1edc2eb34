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
        // Written by the thread that runs the second, and read when it has ended.
        nonisolated(unsafe) var other: Result<Second, any Error>?
        let one = withoutActuallyEscaping(second) { second in
            nonisolated(unsafe) let second = second
            let group = DispatchGroup()
            // Not `concurrentPerform`: within one, another would have no second thread, and the first scans with two.
            DispatchQueue.global(qos: .userInitiated).async(group: group) { other = Result { try second() } }
            let one = Result { try first() }
            group.wait()
            return one
        }
        guard let other else { preconditionFailure("the second has run") }
        return (try one.get(), try other.get())
    }
}
