internal import Kernels

/// A pass of one or more texts through an encoder.
///
/// Texts of a pass lie below one another, without padding: row r of every
/// matrix belongs to the r-th token of all. The linear layers see one tall
/// matrix, attention sees each text alone.
struct ForwardPass {
    /// What a linear layer is applied to.
    enum Input: CaseIterable {
        case attention, attentionOutput, intermediate, output
    }

    /// Sees the inputs of the linear layers of each layer, by its number.
    typealias Observer = (_ layer: Int, _ input: Input, _ rows: MatrixView) -> Void

    let configuration: EncoderConfiguration
    let kernels: Kernels
    let weights: EncoderWeights
    let workspace: EncoderWorkspace
    var observer: Observer?

    /// Runs `texts`, each a list of token ids, through the encoder and hands
    /// each one's place and vector to `store`.
    func run(_ texts: [[Int32]], store: (Int, UnsafePointer<Float>) -> Void) {
        unsafe run(texts, pooling: texts.enumerated().map { Pool(text: $0, tokens: 0..<$1.count) }, store: store)
    }

    /// Tokens of a text that become one vector.
    struct Pool {
        /// The place of the text among those of the pass.
        var text: Int
        var tokens: Range<Int>
    }

    /// Runs `texts` through the encoder and hands the place and the vector of
    /// each of `pools` to `store`; zeros for one without tokens.
    func run(_ texts: [[Int32]], pooling pools: [Pool], store: (Int, UnsafePointer<Float>) -> Void) {
        runLayers(texts)
        let starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        for (place, pooled) in pools.enumerated() {
            let start = starts[pooled.text]
            pool(start + pooled.tokens.lowerBound..<start + pooled.tokens.upperBound)
            unsafe store(place, workspace.pooled)
        }
    }

    /// Runs `texts`, each a list of token ids, through all layers: `hidden`
    /// becomes the states of their tokens, one text below another.
    func runLayers(_ texts: [[Int32]]) {
        let tokenCount = texts.reduce(0) { $0 + $1.count }
        precondition(tokenCount <= workspace.capacity, "more tokens than there is memory for")
        weights.withPointers { weights in
            embedTokens(texts, weights)
            for number in weights.layers.indices {
                run(weights.layers[number], number: number, texts: texts, tokenCount: tokenCount)
            }
        }
    }

    /// `hidden` becomes the normalised sum of the word's, the position's and
    /// the segment's embedding.
    private func embedTokens(_ texts: [[Int32]], _ weights: borrowing EncoderWeights.Pointers) {
        let width = configuration.hiddenSize
        var row = unsafe workspace.hidden
        for text in texts {
            var next = configuration.firstPosition
            for token in text {
                let position = token == configuration.paddingToken ? Int(token) : next
                next += token == configuration.paddingToken ? 0 : 1
                let place = unsafe weights.positions + position * width
                switch weights.words {
                case .floats(let words):
                    let word = unsafe words + Int(token) * width
                    for column in 0..<width { unsafe row[column] = unsafe word[column] + place[column] }
                case .bytes(let words, let scales):
                    let word = unsafe words + Int(token) * width
                    let scale = unsafe scales[Int(token)]
                    for column in 0..<width { unsafe row[column] = unsafe scale * Float(word[column]) + place[column] }
                }
                if let segment = unsafe weights.segment {
                    for column in 0..<width { unsafe row[column] += segment[column] }
                }
                unsafe row += width
            }
        }
        let rows = unsafe (row - workspace.hidden) / width
        unsafe kernels.layerNorm(
            MutableMatrixView(workspace.hidden, rows: rows, columns: width), gain: weights.embeddingNorm.gain,
            bias: weights.embeddingNorm.bias, epsilon: configuration.layerNormEpsilon)
    }

    /// One transformer layer on `hidden`, in place.
    private func run(_ layer: EncoderWeights.Layer, number: Int, texts: [[Int32]], tokenCount: Int) {
        let width = configuration.hiddenSize
        let hidden = unsafe MutableMatrixView(workspace.hidden, rows: tokenCount, columns: width)
        let projections = unsafe MutableMatrixView(workspace.projections, rows: tokenCount, columns: 3 * width)
        let context = unsafe MutableMatrixView(workspace.context, rows: tokenCount, columns: width)
        let attended = unsafe MutableMatrixView(workspace.attended, rows: tokenCount, columns: width)

        observer?(number, .attention, hidden.reading)
        apply(layer.attention, to: hidden, into: projections)
        var start = 0
        for text in texts {
            attend(rows: start..<start + text.count)
            start += text.count
        }
        observer?(number, .attentionOutput, context.reading)
        apply(layer.attentionOutput, to: context, into: attended)
        unsafe kernels.layerNorm(
            attended, adding: hidden.reading.base, gain: layer.attentionNorm.gain, bias: layer.attentionNorm.bias,
            epsilon: configuration.layerNormEpsilon)

        observer?(number, .intermediate, attended.reading)
        for start in stride(from: 0, to: tokenCount, by: EncoderWorkspace.wideRows) {
            let rows = start..<min(start + EncoderWorkspace.wideRows, tokenCount)
            let wide = unsafe MutableMatrixView(
                workspace.intermediate, rows: rows.count, columns: configuration.intermediateSize)
            apply(layer.intermediate, to: attended.rows(rows), into: wide)
            unsafe kernels.gelu(UnsafeMutableBufferPointer(start: wide.base, count: wide.rows * wide.columns))
            observer?(number, .output, wide.reading)
            apply(layer.output, to: wide, into: hidden.rows(rows))
        }
        unsafe kernels.layerNorm(
            hidden, adding: attended.reading.base, gain: layer.outputNorm.gain, bias: layer.outputNorm.bias,
            epsilon: configuration.layerNormEpsilon)
    }

    /// The linear layers `linear` on `input`.
    private func apply(
        _ linear: EncoderWeights.Linear, to input: MutableMatrixView, into output: MutableMatrixView
    ) {
        switch linear {
        case .floats(let parts):
            var column = 0
            for place in unsafe parts.indices {
                let part = unsafe parts[place]
                unsafe kernels.multiply(
                    input.reading, transposed: part.weight, bias: part.bias,
                    into: MutableMatrixView(
                        output.base + column, rows: output.rows, columns: part.weight.rows, stride: output.stride))
                unsafe column += part.weight.rows
            }
        case .bytes(let packed):
            let rows = unsafe QuantizedRows(
                rows: input.rows, depth: packed.depth, bytes: workspace.bytes, scales: workspace.scales,
                zeros: workspace.zeros)
            unsafe kernels.quantize(input.reading, factors: packed.factors, into: rows)
            kernels.apply(packed, to: rows, into: output)
        }
    }

    /// Scaled dot-product attention of the tokens of one text, all heads.
    /// A head is a block of columns of query, key, value and context.
    private func attend(rows: Range<Int>) {
        let width = configuration.hiddenSize
        let headSize = configuration.headSize
        let scale = 1 / Float(headSize).squareRoot()
        let count = rows.count
        let padded = EncoderWorkspace.padded(count)
        // What lies beyond the last key is computed with and never looked at;
        // zeros keep it from being slow.
        unsafe (workspace.keys).update(repeating: 0, count: headSize * padded)
        for head in 0..<configuration.headCount {
            /// The part of query (0), key (1) or value (2) of these rows.
            func block(_ part: Int, _ rows: Range<Int>) -> MatrixView {
                unsafe MatrixView(
                    workspace.projections + rows.lowerBound * 3 * width + part * width + head * headSize,
                    rows: rows.count, columns: headSize, stride: 3 * width)
            }
            unsafe kernels.transpose(
                block(1, rows),
                into: MutableMatrixView(workspace.keys, rows: headSize, columns: count, stride: padded))
            let keys = unsafe MatrixView(workspace.keys, rows: headSize, columns: padded)
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: EncoderWorkspace.attentionRows) {
                let queries = start..<min(start + EncoderWorkspace.attentionRows, rows.upperBound)
                unsafe kernels.multiply(
                    block(0, queries), keys,
                    into: MutableMatrixView(workspace.scores, rows: queries.count, columns: padded))
                let shares = unsafe MutableMatrixView(
                    workspace.scores, rows: queries.count, columns: count, stride: padded)
                kernels.softmax(shares, scale: scale)
                unsafe kernels.multiply(
                    shares.reading, block(2, rows),
                    into: MutableMatrixView(
                        workspace.context + start * width + head * headSize, rows: queries.count, columns: headSize,
                        stride: width))
            }
        }
    }

    /// `pooled` becomes the mean of the rows of `hidden`, scaled to unit
    /// length; all zeros where that has none, or is no number.
    private func pool(_ rows: Range<Int>) {
        let width = configuration.hiddenSize
        let pooled = unsafe workspace.pooled
        unsafe pooled.update(repeating: 0, count: width)
        for row in rows {
            let source = unsafe workspace.hidden + row * width
            for column in 0..<width { unsafe pooled[column] += source[column] }
        }
        let vector = unsafe Span(_unsafeStart: UnsafePointer(pooled), count: width)
        let mean = 1 / Float(max(1, rows.count))
        for column in 0..<width { unsafe pooled[column] *= mean }
        let length = kernels.dot(vector, vector).squareRoot()
        // The smallest length that sentence-transformers divides by.
        let factor = length.isFinite && length > 1e-12 ? 1 / length : 0
        for column in 0..<width { unsafe pooled[column] = unsafe factor == 0 ? 0 : pooled[column] * factor }
    }
}
