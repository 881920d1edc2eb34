import Synchronization

/// Keeps what was asked for lately, in two generations: what nobody asks for while the younger one fills up is let go.
///
/// Each generation holds half of the capacity. A value that is found in the older one moves to the younger, so what is used
/// stays, as in a cache that forgets the least recently used, and finding costs two look-ups at most. Safe to use from any
/// thread.
final class RecentCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var younger: [Key: Value] = [:]
        var older: [Key: Value] = [:]
    }

    private let halfCapacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: the most values that are kept, 2 or more.
    init(capacity: Int) {
        halfCapacity = max(1, capacity / 2)
    }

    /// The value of `key`, if it is still there. O(1).
    subscript(key: Key) -> Value? {
        state.withLock { state in
            if let value = state.younger[key] { return value }
            guard let value = state.older.removeValue(forKey: key) else { return nil }
            keep(value, for: key, in: &state)
            return value
        }
    }

    /// Keeps `value` for `key`. O(1).
    func keep(_ value: Value, for key: Key) {
        state.withLock { keep(value, for: key, in: &$0) }
    }

    private func keep(_ value: Value, for key: Key, in state: inout State) {
        if state.younger.count >= halfCapacity, state.younger[key] == nil {
            state.older = state.younger
            state.younger = [:]
        }
        state.younger[key] = value
    }
}
