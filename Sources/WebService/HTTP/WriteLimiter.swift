import Synchronization

/// Lets so many writes a minute through, whoever sends them: what is said by hand comes slowly, and a program that floods the
/// library must not fill the disk.
final class WriteLimiter: Sendable {
    static let perMinute = 120

    private struct State {
        var tokens: Double
        var last = ContinuousClock.now
    }

    private let capacity: Double
    private let state: Mutex<State>

    init(perMinute: Int = WriteLimiter.perMinute) {
        capacity = Double(perMinute)
        state = Mutex(State(tokens: capacity))
    }

    /// - Parameter count: how many writes these are, all or none of which are let through.
    /// - Throws: `Problem` when there were too many.
    func admit(_ count: Int = 1, at now: ContinuousClock.Instant = .now) throws(Problem) {
        let isAdmitted = state.withLock { state in
            let refill = (now - state.last) / .seconds(60) * capacity
            state.tokens = min(capacity, state.tokens + refill)
            state.last = now
            guard state.tokens >= Double(count) else { return false }
            state.tokens -= Double(count)
            return true
        }
        guard isAdmitted else {
            throw Problem(.tooManyWrites, "More came in than a minute has room for; try again in a minute.")
        }
    }
}
