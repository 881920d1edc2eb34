/// What a field that should hold a number, or a day, holds.
public enum NumberReading<Value> {
    /// Nothing, or a word that says so: `NaN`, `null`, `N/A`, `-`, `unknown`.
    case absent
    case value(Value)
    /// Something else, or something that could mean two numbers.
    case unreadable

    /// Nil when absent or unreadable.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

extension NumberReading: Sendable where Value: Sendable {}
extension NumberReading: Equatable where Value: Equatable {}
