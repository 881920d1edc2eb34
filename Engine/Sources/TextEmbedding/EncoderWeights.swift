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
    /// What every tensor is called.
    let names: EncoderTensorNames

    // Points into the mapping, which is read-only and keeps its address until
    // `file` is gone: valid as long as `self` lives, hence only handed out by
    // `withPointers`.
    private nonisolated(unsafe) let pointers: Pointers

    init(directory: URL, configuration: EncoderConfiguration) throws(TextEmbeddingError) {
        let file = try SafetensorsFile(path: directory.appending(path: "model.safetensors").path)
        let names = EncoderTensorNames(configuration: configuration)
        var tensors: [String: SafetensorsFile.Tensor] = [:]
        for (name, shape) in names.shapes { tensors[name] = try file.floats(name, shape: shape) }
        self.file = file
        self.names = names
        self.pointers = Pointers(names: names, tensors: tensors, in: file)
        // Of the words' embeddings a text needs single rows: do not read the
        // half of the file that is around them.
        if let words = tensors[names.words] { file.file.expect(.scattered, in: words.byteRange) }
    }

    /// Calls `body` with pointers into the file, which must not be used
    /// afterwards.
    func withPointers<Result>(_ body: (borrowing Pointers) -> Result) -> Result {
        defer { withExtendedLifetime(file) {} }
        return body(pointers)
    }
}

extension EncoderWeights {
    /// A linear layer: `weight` [out, in], `bias` [out].
    struct Linear {
        var weight: MatrixView
        var bias: UnsafePointer<Float>
    }

    /// A layer normalisation: both [hidden].
    struct Norm {
        var gain: UnsafePointer<Float>
        var bias: UnsafePointer<Float>
    }

    /// One transformer layer.
    struct Layer {
        var query: Linear
        var key: Linear
        var value: Linear
        var attentionOutput: Linear
        var attentionNorm: Norm
        /// [intermediate, hidden]
        var intermediate: Linear
        /// [hidden, intermediate]
        var output: Linear
        var outputNorm: Norm
    }

    /// Everything, to compute with.
    struct Pointers {
        /// [vocabulary, hidden]
        var wordEmbeddings: UnsafePointer<Float>
        /// [positions, hidden]
        var positionEmbeddings: UnsafePointer<Float>
        /// [hidden], of segment 0, the only one a single text has.
        var segmentEmbedding: UnsafePointer<Float>
        var embeddingNorm: Norm
        var layers: [Layer]
    }
}

extension EncoderWeights.Pointers {
    /// Finds every tensor in `file`; `tensors` holds all of `names`, checked.
    fileprivate init(
        names: EncoderTensorNames, tensors: [String: SafetensorsFile.Tensor], in file: SafetensorsFile
    ) {
        let start = file.file.withUnsafeBytes { $0.baseAddress! }
        func vector(_ name: String) -> UnsafePointer<Float> {
            (start + tensors[name]!.byteRange.lowerBound).assumingMemoryBound(to: Float.self)
        }
        func norm(_ name: String) -> EncoderWeights.Norm {
            EncoderWeights.Norm(gain: vector(name + ".weight"), bias: vector(name + ".bias"))
        }
        func linear(_ name: String) -> EncoderWeights.Linear {
            let shape = tensors[name + ".weight"]!.shape
            return EncoderWeights.Linear(
                weight: MatrixView(vector(name + ".weight"), rows: shape[0], columns: shape[1]),
                bias: vector(name + ".bias"))
        }
        wordEmbeddings = vector(names.words)
        positionEmbeddings = vector(names.positions)
        segmentEmbedding = vector(names.segments)
        embeddingNorm = norm(names.embeddingNorm)
        layers = names.layers.map { layer in
            EncoderWeights.Layer(
                query: linear(layer.query), key: linear(layer.key), value: linear(layer.value),
                attentionOutput: linear(layer.attentionOutput), attentionNorm: norm(layer.attentionNorm),
                intermediate: linear(layer.intermediate), output: linear(layer.output),
                outputNorm: norm(layer.outputNorm))
        }
    }
}
