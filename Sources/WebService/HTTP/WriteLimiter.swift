import Synchronization

/// Lets so many writes a minute through, whoever sends them: opinions are given by hand, and a program that floods the
/// library with them must not fill the disk.
final class WriteLimiter: Sendable {
    static let perMinute = 120

    private struct State {
        var tokens = Double(WriteLimiter.perMinute)
        var last = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// - Throws: `Problem` when there were too many.
    func admit(at now: ContinuousClock.Instant = .now) throws(Problem) {
        let isAdmitted = state.withLock { state in
            let refill = (now - state.last) / .seconds(60) * Double(Self.perMinute)
            state.tokens = min(Double(Self.perMinute), state.tokens + refill)
            state.last = now
            guard state.tokens >= 1 else { return false }
            state.tokens -= 1
            return true
        }
        guard isAdmitted else {
            throw Problem(.tooManyWrites, "More opinions came in than a minute has room for; try again in a minute.")
        }
    }
}
