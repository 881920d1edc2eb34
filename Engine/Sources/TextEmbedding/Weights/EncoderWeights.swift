internal import Kernels
internal import MemoryMapping

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The weights of an encoder, where they lie in the mapped file.
struct EncoderWeights: Sendable {
    /// The file that holds them.
    let file: SafetensorsFile

    // Points into the mapping, which is read-only and keeps its address until
    // `file` is gone: valid as long as `self` lives, hence only handed out by
    // `withPointers`.
    private nonisolated(unsafe) let pointers: Pointers

    init(
        directory: URL, precision: EncoderPrecision, configuration: EncoderConfiguration
    ) throws(TextEmbeddingError) {
        let file = try SafetensorsFile(path: directory.appending(path: precision.weightFile).path)
        self.file = file
        unsafe pointers =
            switch precision {
            case .f32: try Pointers(floatsIn: file, names: EncoderTensorNames(configuration: configuration))
            case .int8: try Pointers(bytesIn: file, configuration: configuration)
            }
    }

    /// The weights in `file` that have these names, in 32-bit floats.
    init(floatsIn file: SafetensorsFile, names: EncoderTensorNames) throws(TextEmbeddingError) {
        self.file = file
        unsafe pointers = try Pointers(floatsIn: file, names: names)
    }

    /// Calls `body` with pointers into the file, which must not be used
    /// afterwards.
    func withPointers<Result>(_ body: (borrowing Pointers) -> Result) -> Result {
        defer { withExtendedLifetime(file) {} }
        return unsafe body(pointers)
    }
}

extension EncoderWeights {
    /// One embedding a token of the vocabulary.
    @safe
    enum WordEmbeddings {
        /// [vocabulary, hidden]
        case floats(UnsafePointer<Float>)
        /// The same as bytes, with a scale [vocabulary].
        case bytes(UnsafePointer<Int8>, scales: UnsafePointer<Float>)
    }

    /// Linear layers with one input, whose outputs stand side by side.
    @safe
    enum Linear {
        /// Each `weight` [out, in], `bias` [out].
        case floats([(weight: MatrixView, bias: UnsafePointer<Float>)])
        case bytes(PackedLinear)
    }

    /// A layer normalisation: both [hidden].
    @safe
    struct Norm {
        var gain: UnsafePointer<Float>
        var bias: UnsafePointer<Float>
    }

    /// One transformer layer.
    struct Layer {
        /// Query, key and value: [3 * hidden, hidden].
        var attention: Linear
        var attentionOutput: Linear
        var attentionNorm: Norm
        /// [intermediate, hidden]
        var intermediate: Linear
        /// [hidden, intermediate]
        var output: Linear
        var outputNorm: Norm
    }

    /// Everything, to compute with.
    @safe
    struct Pointers {
        var words: WordEmbeddings
        /// [positions, hidden]
        var positions: UnsafePointer<Float>
        /// [hidden], of segment 0, the only one a single text has; nil where
        /// `positions` contain it.
        var segment: UnsafePointer<Float>?
        var embeddingNorm: Norm
        var layers: [Layer]
    }
}
