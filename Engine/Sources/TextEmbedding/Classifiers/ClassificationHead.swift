internal import Kernels

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What makes logits of the state of a text's first token: two linear layers
/// with a function between them.
@safe
struct ClassificationHead: Sendable {
    enum Activation: Sendable {
        case tanh, relu
    }

    /// The names of the two layers, less ".weight" and ".bias".
    struct Names {
        let dense: String
        let output: String

        init(_ family: EncoderFamily) {
            (dense, output) =
                switch family {
                case .bert: ("bert.pooler.dense", "classifier")
                case .roberta: ("classifier.dense", "classifier.out_proj")
                case .distilbert: ("pre_classifier", "classifier")
                }
        }
    }

    private let file: SafetensorsFile
    private let names: Names
    private let activation: Activation
    private let width: Int
    private let labelCount: Int

    /// Finds and checks the tensors in `file`.
    init(file: SafetensorsFile, configuration: ClassifierConfiguration) throws(TextEmbeddingError) {
        let names = Names(configuration.family)
        let width = configuration.encoder.hiddenSize
        let count = configuration.labels.count
        if let shape = file.tensors[names.output + ".weight"]?.shape, shape.first != count {
            throw TextEmbeddingError(
                .badConfiguration, path: configuration.path, field: "id2label",
                "\(count) labels, but \(names.output).weight of '\(file.path)' has the shape \(shape)")
        }
        _ = try file.floats(names.dense + ".weight", shape: [width, width])
        _ = try file.floats(names.dense + ".bias", shape: [width])
        _ = try file.floats(names.output + ".weight", shape: [count, width])
        _ = try file.floats(names.output + ".bias", shape: [count])
        self.file = file
        self.names = names
        self.width = width
        labelCount = count
        activation = configuration.family == .distilbert ? .relu : .tanh
    }

    /// The logits of the text whose first token has the state `state`
    /// [hidden], with room for as much in `pooled`. All are 0 if any of them
    /// is no number. O(hidden * hidden).
    func logits(
        of state: UnsafePointer<Float>, pooled: UnsafeMutablePointer<Float>, kernels: Kernels
    ) -> [Float] {
        let dense = unsafe MutableMatrixView(pooled, rows: 1, columns: width)
        unsafe apply(names.dense, to: MatrixView(state, rows: 1, columns: width), into: dense, kernels: kernels)
        for column in 0..<width {
            let value = unsafe pooled[column]
            switch activation {
            case .tanh: unsafe pooled[column] = tanhf(value)
            // `max` would make a number of NaN.
            case .relu: unsafe pooled[column] = value < 0 ? 0 : value
            }
        }
        let logits = unsafe [Float](unsafeUninitializedCapacity: labelCount) { logits, initialized in
            unsafe logits.initialize(repeating: 0)
            let output = unsafe MutableMatrixView(logits.baseAddress!, rows: 1, columns: labelCount)
            apply(names.output, to: dense.reading, into: output, kernels: kernels)
            initialized = labelCount
        }
        return logits.allSatisfy { $0.isFinite } ? logits : [Float](repeating: 0, count: labelCount)
    }

    private func apply(_ name: String, to input: MatrixView, into output: MutableMatrixView, kernels: Kernels) {
        // The pointers do not outlive the file, which `self` holds.
        let weight = unsafe MatrixView(
            file.start(of: name + ".weight"), rows: output.columns, columns: input.columns)
        unsafe kernels.multiply(input, transposed: weight, bias: file.start(of: name + ".bias"), into: output)
        withExtendedLifetime(file) {}
    }
}
