internal import Kernels

/// The working memory of one thread for passes through an encoder, and the
/// pass itself.
///
/// Texts of a pass lie below one another, without padding: row r of every
/// matrix belongs to the r-th token of all. The linear layers see one tall
/// matrix, attention sees each text alone.
struct ForwardPass: ~Copyable {
    private let encoder: TextEncoder
    private let capacity: Int
    private let memory: UnsafeMutableRawPointer

    // All of them [tokens, hidden], except where noted.
    private let hidden: UnsafeMutablePointer<Float>
    private let query: UnsafeMutablePointer<Float>
    private let key: UnsafeMutablePointer<Float>
    private let value: UnsafeMutablePointer<Float>
    private let context: UnsafeMutablePointer<Float>
    /// [tokens of one text, tokens of one text]
    private let attention: UnsafeMutablePointer<Float>
    /// [tokens, intermediate]
    private let intermediate: UnsafeMutablePointer<Float>
    /// [hidden]
    private let pooled: UnsafeMutablePointer<Float>

    /// Working memory for passes of at most `capacity` tokens in all.
    init(encoder: TextEncoder, capacity: Int) {
        let width = encoder.configuration.hiddenSize
        let wide = encoder.configuration.intermediateSize
        let longest = min(capacity, encoder.maximumTokens)
        let counts = [Int](repeating: capacity * width, count: 5) + [longest * longest, capacity * wide, width]
        // Each part starts on a cache line of its own.
        let padded = counts.map { ($0 + 15) / 16 * 16 }
        let total = padded.reduce(0, +)
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: total * MemoryLayout<Float>.stride, alignment: 64)
        var next = memory.bindMemory(to: Float.self, capacity: total)
        func take(_ part: Int) -> UnsafeMutablePointer<Float> {
            defer { next += padded[part] }
            return next
        }
        self.encoder = encoder
        self.capacity = capacity
        self.memory = memory
        hidden = take(0)
        query = take(1)
        key = take(2)
        value = take(3)
        context = take(4)
        attention = take(5)
        intermediate = take(6)
        pooled = take(7)
    }

    deinit {
        memory.deallocate()
    }

    /// Runs `texts`, each a list of token ids, through the encoder and hands
    /// each one's place and vector to `store`.
    mutating func run(_ texts: [[Int32]], store: (Int, UnsafePointer<Float>) -> Void) {
        let tokenCount = texts.reduce(0) { $0 + $1.count }
        precondition(tokenCount <= capacity, "more tokens than there is memory for")
        encoder.weights.withPointers { weights in
            embedTokens(texts, weights)
            for layer in weights.layers { run(layer, texts: texts, tokenCount: tokenCount) }
        }
        var start = 0
        for (place, text) in texts.enumerated() {
            pool(start..<start + text.count)
            store(place, pooled)
            start += text.count
        }
    }
}

extension ForwardPass {
    private var configuration: EncoderConfiguration { encoder.configuration }
    private var kernels: Kernels { encoder.kernels }

    /// `hidden` becomes the normalised sum of the word's, the position's and
    /// the segment's embedding.
    private func embedTokens(_ texts: [[Int32]], _ weights: borrowing EncoderWeights.Pointers) {
        let width = configuration.hiddenSize
        var row = hidden
        for text in texts {
            for (position, token) in text.enumerated() {
                let word = weights.wordEmbeddings + Int(token) * width
                let place = weights.positionEmbeddings + position * width
                for column in 0..<width {
                    row[column] = word[column] + weights.segmentEmbedding[column] + place[column]
                }
                row += width
            }
        }
        let rows = (row - hidden) / width
        kernels.layerNorm(
            MutableMatrixView(hidden, rows: rows, columns: width), gain: weights.embeddingNorm.gain,
            bias: weights.embeddingNorm.bias, epsilon: configuration.layerNormEpsilon)
    }

    /// One transformer layer on `hidden`, in place.
    private func run(_ layer: EncoderWeights.Layer, texts: [[Int32]], tokenCount: Int) {
        let width = configuration.hiddenSize
        let wide = configuration.intermediateSize
        let input = MutableMatrixView(hidden, rows: tokenCount, columns: width)
        apply(layer.query, to: input, into: query)
        apply(layer.key, to: input, into: key)
        apply(layer.value, to: input, into: value)

        var start = 0
        for text in texts {
            attend(rows: start..<start + text.count)
            start += text.count
        }
        // `query` has done its duty and takes the projected context.
        let attended = MutableMatrixView(query, rows: tokenCount, columns: width)
        apply(layer.attentionOutput, to: MutableMatrixView(context, rows: tokenCount, columns: width), into: query)
        kernels.layerNorm(
            attended, adding: hidden, gain: layer.attentionNorm.gain, bias: layer.attentionNorm.bias,
            epsilon: configuration.layerNormEpsilon)

        apply(layer.intermediate, to: attended, into: intermediate)
        kernels.gelu(UnsafeMutableBufferPointer(start: intermediate, count: tokenCount * wide))
        apply(layer.output, to: MutableMatrixView(intermediate, rows: tokenCount, columns: wide), into: hidden)
        kernels.layerNorm(
            input, adding: query, gain: layer.outputNorm.gain, bias: layer.outputNorm.bias,
            epsilon: configuration.layerNormEpsilon)
    }

    /// The linear layer `linear` on `input`.
    private func apply(
        _ linear: EncoderWeights.Linear, to input: MutableMatrixView, into output: UnsafeMutablePointer<Float>
    ) {
        kernels.multiply(
            input.reading, transposed: linear.weight, bias: linear.bias,
            into: MutableMatrixView(output, rows: input.rows, columns: linear.weight.rows))
    }

    /// Scaled dot-product attention of the tokens of one text, all heads.
    /// A head is a block of columns of query, key, value and context.
    private func attend(rows: Range<Int>) {
        let width = configuration.hiddenSize
        let headSize = configuration.headSize
        let scale = 1 / Float(headSize).squareRoot()
        let weights = MutableMatrixView(attention, rows: rows.count, columns: rows.count)
        for head in 0..<configuration.headCount {
            let corner = rows.lowerBound * width + head * headSize
            func block(_ matrix: UnsafeMutablePointer<Float>) -> MutableMatrixView {
                MutableMatrixView(matrix + corner, rows: rows.count, columns: headSize, stride: width)
            }
            kernels.multiply(block(query).reading, transposed: block(key).reading, into: weights)
            kernels.softmax(weights, scale: scale)
            kernels.multiply(weights.reading, block(value).reading, into: block(context))
        }
    }

    /// `pooled` becomes the mean of the rows of `hidden`, scaled to unit
    /// length; all zeros where that has none, or is no number.
    private func pool(_ rows: Range<Int>) {
        let width = configuration.hiddenSize
        pooled.update(repeating: 0, count: width)
        for row in rows {
            let source = hidden + row * width
            for column in 0..<width { pooled[column] += source[column] }
        }
        let vector = Span(_unsafeStart: UnsafePointer(pooled), count: width)
        let mean = 1 / Float(rows.count)
        for column in 0..<width { pooled[column] *= mean }
        let length = kernels.dot(vector, vector).squareRoot()
        // The smallest length that sentence-transformers divides by.
        let factor = length.isFinite && length > 1e-12 ? 1 / length : 0
        for column in 0..<width { pooled[column] = factor == 0 ? 0 : pooled[column] * factor }
    }
}
