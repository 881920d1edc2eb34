public import Evaluation

extension SeededGenerator {
    /// `count` floats, evenly distributed in `range`. O(count).
    public mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}
