internal import Kernels
internal import MemoryMapping

extension EncoderWeights.Pointers {
    /// Finds the tensors of a model as it is published, in 32-bit floats.
    init(floatsIn file: SafetensorsFile, names: EncoderTensorNames) throws(TextEmbeddingError) {
        for (name, shape) in names.shapes { _ = try file.floats(name, shape: shape) }
        func norm(_ name: String) -> EncoderWeights.Norm {
            unsafe EncoderWeights.Norm(gain: file.start(of: name + ".weight"), bias: file.start(of: name + ".bias"))
        }
        func linear(_ linears: String...) -> EncoderWeights.Linear {
            unsafe .floats(
                linears.map { name in
                    let shape = file.tensors[name + ".weight"]!.shape
                    return unsafe (
                        MatrixView(file.start(of: name + ".weight"), rows: shape[0], columns: shape[1]),
                        file.start(of: name + ".bias")
                    )
                })
        }
        words = unsafe .floats(file.start(of: names.words))
        unsafe positions = unsafe file.start(of: names.positions)
        unsafe segment = unsafe names.hasSegments ? file.start(of: names.segments) : nil
        embeddingNorm = norm(names.embeddingNorm)
        layers = names.layers.map { layer in
            EncoderWeights.Layer(
                attention: linear(layer.query, layer.key, layer.value),
                attentionOutput: linear(layer.attentionOutput), attentionNorm: norm(layer.attentionNorm),
                intermediate: linear(layer.intermediate), output: linear(layer.output),
                outputNorm: norm(layer.outputNorm))
        }
        // Of the words' embeddings a text needs single rows: do not read the
        // half of the file that is around them.
        file.file.expect(.scattered, in: file.tensors[names.words]!.byteRange)
    }
}
