/// Turns the raw text of one field into a clean value and keeps what it did to get there.
///
/// Every function is pure but for the steps it adds. White space trimmed at the ends or collapsed is not a step.
/// Cleaning a clean value changes nothing, so that what was exported comes in again as it was.
public struct Normaliser: Sendable {
    /// What was done since the last reset, in order.
    public private(set) var steps: [NormalisationStep] = []

    public init() {}

    public mutating func reset() {
        steps.removeAll(keepingCapacity: true)
    }

    /// The steps so far, which are forgotten here.
    public mutating func takeSteps() -> [NormalisationStep] {
        guard !steps.isEmpty else { return [] }
        defer { steps = [] }
        return steps
    }

    /// Adds a step; of long texts only the place that changed is kept.
    public mutating func note(_ step: NormalisationStep.Kind, field: String, before: String, after: String?) {
        let (before, after) = NormalisationStep.excerpts(before, after)
        steps.append(NormalisationStep(field: field, step: step, before: before, after: after))
    }

    /// A text of several lines, such as a description: line breaks stay. O(n).
    /// - Returns: nil when nothing is left.
    public mutating func text(_ raw: String, field: String) -> String? {
        clean(raw, as: .text, field: field)
    }

    /// A fact of one line, such as a title: each run of white space becomes one space. O(n).
    /// - Returns: nil when nothing is left.
    public mutating func line(_ raw: String, field: String) -> String? {
        clean(raw, as: .line, field: field)
    }

    mutating func clean(_ raw: String, as shape: TextShape, field: String) -> String? {
        switch PlainScan.look(at: raw, as: shape) {
        case .clean: return raw
        case .blank: return nil
        case .work:
            let text = TextCleaning(shape: shape).cleaned(raw) { note($0, field: field, before: $1, after: $2) }
            return text.isEmpty ? nil : text
        }
    }
}

/// How white space is kept.
enum TextShape: Sendable {
    /// Every run of white space is one space.
    case line
    /// Line breaks and spaces stay where they are.
    case text
}
