internal import Kernels
internal import MemoryMapping

extension EncoderWeights.Pointers {
    /// Finds the tensors of a model that `EncoderPacker` packed.
    init(bytesIn file: SafetensorsFile, configuration: EncoderConfiguration) throws(TextEmbeddingError) {
        let names = PackedTensorNames(configuration: configuration)
        let layout = file.metadata[PackedTensorNames.layoutKey]
        guard layout == PackedTensorNames.layout else {
            throw TextEmbeddingError(
                .badTensorFile, path: file.path, field: PackedTensorNames.layoutKey,
                "'\(layout ?? "nothing")' is not '\(PackedTensorNames.layout)'")
        }
        for entry in names.entries {
            _ = try file.tensor(entry.name, elementType: entry.elementType, shape: entry.shape)
        }
        func norm(_ names: PackedTensorNames.Norm) -> EncoderWeights.Norm {
            unsafe EncoderWeights.Norm(gain: file.start(of: names.gain), bias: file.start(of: names.bias))
        }
        func linear(_ names: PackedTensorNames.Linear) -> EncoderWeights.Linear {
            unsafe .bytes(
                PackedLinear(
                    rows: names.rows, columns: names.columns, weights: file.start(of: names.weights),
                    scales: file.start(of: names.scales), sums: file.start(of: names.sums),
                    bias: file.start(of: names.bias), factors: file.start(of: names.factors)))
        }
        words = unsafe .bytes(file.start(of: names.words), scales: file.start(of: names.wordScales))
        unsafe positions = unsafe file.start(of: names.positions)
        unsafe segment = nil
        embeddingNorm = norm(names.embeddingNorm)
        layers = names.layers.map { layer in
            EncoderWeights.Layer(
                attention: linear(layer.attention), attentionOutput: linear(layer.attentionOutput),
                attentionNorm: norm(layer.attentionNorm), intermediate: linear(layer.intermediate),
                output: linear(layer.output), outputNorm: norm(layer.outputNorm))
        }
        file.file.expect(.scattered, in: file.tensors[names.words]!.byteRange)
    }
}
