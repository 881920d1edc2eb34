internal import Kernels
internal import MemoryMapping
internal import Tokenization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Packs a published model's weights into bytes: `model.int8.safetensors`.
public enum EncoderPacker {
    /// The packed weights of the model in `directory`, which holds
    /// `model.safetensors`; the contents of `EncoderPrecision.int8.weightFile`.
    ///
    /// What the inputs of each layer range over is measured by sending texts
    /// of our own through the model, with the portable kernels, so that the
    /// result is the same on every machine of one kind. Takes some seconds.
    /// Throws `TextEmbeddingError` where the model cannot be used or a weight
    /// is no finite number, or too large.
    public static func pack(directory: URL) throws(TextEmbeddingError) -> Data {
        let kernels: Kernels
        do {
            kernels = try Kernels(level: .scalar)
        } catch {
            preconditionFailure("the scalar kernels are in every build")
        }
        let encoder = try TextEncoder(directory: directory, precision: .f32, kernels: kernels)
        let source = Source(encoder: encoder)
        try source.check()
        let calibration = Calibration(of: encoder, texts: CalibrationTexts.all)
        var writer = SafetensorsWriter(metadata: [PackedTensorNames.layoutKey: PackedTensorNames.layout])
        source.addEmbeddings(to: &writer)
        for number in 0..<encoder.configuration.layerCount {
            source.addLayer(number, calibration: calibration, to: &writer)
        }
        do {
            return try writer.encoded()
        } catch {
            throw TextEmbeddingError(.badTensorFile, path: encoder.weights.file.path, "\(error)")
        }
    }
}

/// The largest magnitude of every input of every linear layer.
struct Calibration {
    private var ranges: [[ForwardPass.Input: [Float]]]

    /// Sends `texts` through the encoder. O(their tokens).
    init(of encoder: TextEncoder, texts: [String]) {
        var ranges = [[ForwardPass.Input: [Float]]](repeating: [:], count: encoder.configuration.layerCount)
        for text in texts {
            let tokens = encoder.tokenizer.encode(text, maximumTokens: encoder.maximumTokens)
            encoder.withPass(capacity: tokens.count) { pass in
                pass.observer = { layer, input, rows in
                    var range = ranges[layer][input] ?? [Float](repeating: 0, count: rows.columns)
                    for row in 0..<rows.rows {
                        let values = unsafe rows.base + row * rows.stride
                        for column in 0..<rows.columns {
                            range[column] = unsafe max(range[column], abs(values[column]))
                        }
                    }
                    ranges[layer][input] = range
                }
                unsafe pass.run([tokens]) { _, _ in }
            }
        }
        self.ranges = ranges
    }

    /// The ranges of the inputs of one linear layer, `count` of them.
    func ranges(layer: Int, input: ForwardPass.Input, count: Int) -> [Float] {
        ranges[layer][input] ?? [Float](repeating: 1, count: count)
    }
}

/// The published tensors, and what becomes of each.
private struct Source {
    let encoder: TextEncoder
    var file: SafetensorsFile { encoder.weights.file }
    var names: EncoderTensorNames { EncoderTensorNames(configuration: encoder.configuration) }
    var packed: PackedTensorNames { PackedTensorNames(configuration: encoder.configuration) }

    func elements(_ name: String) -> [Float] {
        let tensor = file.tensors[name]!
        return unsafe file.file.withElements(of: Float.self, at: tensor.byteRange.lowerBound, count: tensor.count) {
            unsafe Array($0)
        }
    }

    func check() throws(TextEmbeddingError) {
        for (name, _) in names.shapes {
            let elements = elements(name)
            if let place = elements.firstIndex(where: { !(abs($0) <= LinearQuantizer.largest) }) {
                let fault = elements[place].isFinite ? "is too large, \(elements[place])" : "is no finite number"
                throw TextEmbeddingError(.badTensorFile, path: file.path, field: name, "element \(place) \(fault)")
            }
        }
    }

    func addEmbeddings(to writer: inout SafetensorsWriter) {
        let width = encoder.configuration.hiddenSize
        let words = elements(names.words)
        var codes: [Int8] = []
        codes.reserveCapacity(words.count)
        var scales: [Float] = []
        for start in stride(from: 0, to: words.count, by: width) {
            let row = words[start..<start + width]
            // A scale below the normal numbers is too coarse: such a row
            // counts as zeros.
            let widest = row.reduce(0) { max($0, abs($1)) }
            let scale = widest >= LinearQuantizer.smallest ? widest / 127 : 0
            scales.append(scale)
            codes += row.map { scale > 0 ? Int8(($0 / scale).rounded(.toNearestOrEven)) : 0 }
        }
        writer.add(codes, name: packed.words, elementType: "I8", shape: [scales.count, width])
        writer.add(scales, name: packed.wordScales, elementType: "F32", shape: [scales.count])
        let segment = elements(names.segments).prefix(width)
        let positions = elements(names.positions).enumerated().map { $0.element + segment[$0.offset % width] }
        writer.add(positions, name: packed.positions, elementType: "F32", shape: [positions.count / width, width])
        add(names.embeddingNorm, as: packed.embeddingNorm, to: &writer)
    }

    func addLayer(_ number: Int, calibration: Calibration, to writer: inout SafetensorsWriter) {
        let (from, to) = (names.layers[number], packed.layers[number])
        func add(_ linears: [String], _ input: ForwardPass.Input, as target: PackedTensorNames.Linear) {
            let weights = linears.flatMap { elements($0 + ".weight") }
            let ranges = calibration.ranges(layer: number, input: input, count: target.columns)
            let layer = LinearQuantizer.quantize(
                weights: weights, bias: linears.flatMap { elements($0 + ".bias") },
                factors: LinearQuantizer.factors(ranges: ranges, weights: weights))
            for entry in target.entries {
                let (type, shape) = (entry.elementType, entry.shape)
                switch entry.name {
                case target.weights: writer.add(layer.weights, name: entry.name, elementType: type, shape: shape)
                case target.scales: writer.add(layer.scales, name: entry.name, elementType: type, shape: shape)
                case target.sums: writer.add(layer.sums, name: entry.name, elementType: type, shape: shape)
                case target.bias: writer.add(layer.bias, name: entry.name, elementType: type, shape: shape)
                default: writer.add(layer.factors, name: entry.name, elementType: type, shape: shape)
                }
            }
        }
        add([from.query, from.key, from.value], .attention, as: to.attention)
        add([from.attentionOutput], .attentionOutput, as: to.attentionOutput)
        add([from.intermediate], .intermediate, as: to.intermediate)
        add([from.output], .output, as: to.output)
        self.add(from.attentionNorm, as: to.attentionNorm, to: &writer)
        self.add(from.outputNorm, as: to.outputNorm, to: &writer)
    }

    private func add(_ norm: String, as target: PackedTensorNames.Norm, to writer: inout SafetensorsWriter) {
        let width = encoder.configuration.hiddenSize
        writer.add(elements(norm + ".weight"), name: target.gain, elementType: "F32", shape: [width])
        writer.add(elements(norm + ".bias"), name: target.bias, elementType: "F32", shape: [width])
    }
}
