internal import Synchronization

/// The working memory of one thread for passes through an encoder.
///
/// All matrices are row-major and lie in one block of memory; row r of each
/// belongs to the r-th token of a pass, except where noted.
///
/// Unchecked, because the compiler cannot see that one thread at a time uses
/// it: the one that took it from the pool or made it.
@safe
final class EncoderWorkspace: @unchecked Sendable {
    /// The number of tokens there is room for.
    let capacity: Int
    /// [tokens, hidden]
    let hidden: UnsafeMutablePointer<Float>
    /// Query, key and value: [tokens, 3 * hidden]
    let projections: UnsafeMutablePointer<Float>
    /// [tokens, hidden]
    let context: UnsafeMutablePointer<Float>
    /// [tokens, hidden]
    let attended: UnsafeMutablePointer<Float>
    /// [attentionRows, tokens of one text, padded]
    let scores: UnsafeMutablePointer<Float>
    /// The keys of one head: [head, tokens of one text, padded]
    let keys: UnsafeMutablePointer<Float>
    /// [wideRows, intermediate]
    let intermediate: UnsafeMutablePointer<Float>
    /// [hidden]
    let pooled: UnsafeMutablePointer<Float>
    /// [tokens]
    let scales: UnsafeMutablePointer<Float>
    /// [tokens]
    let zeros: UnsafeMutablePointer<Int32>
    /// [tokens, hidden, padded] or [wideRows, intermediate, padded]
    let bytes: UnsafeMutablePointer<UInt8>

    /// Rows of queries whose scores are computed at a time: with up to 256
    /// tokens they stay in the first-level cache.
    static let attentionRows = 24
    /// The rows between the two wide layers that are computed at a time: 192
    /// KiB of floats for MiniLM, which stay in the second-level cache. A
    /// multiple of the tiles' heights.
    static let wideRows = 24

    private let memory: UnsafeMutableRawPointer

    /// The number of tokens of one text, padded to whole cache lines.
    static func padded(_ tokens: Int) -> Int { (tokens + 15) / 16 * 16 }

    init(configuration: EncoderConfiguration, maximumTokens: Int, capacity: Int) {
        let width = configuration.hiddenSize
        let wide = configuration.intermediateSize
        let longest = Self.padded(min(capacity, maximumTokens))
        let wideRows = min(capacity, Self.wideRows)
        // Bytes of a row are padded to 8.
        let bytesNeeded = max(capacity * (width + 8), wideRows * (wide + 8))
        let counts = [
            capacity * width, capacity * 3 * width, capacity * width, capacity * width,
            Self.attentionRows * longest, configuration.headSize * longest, wideRows * wide, width, capacity, capacity,
            (bytesNeeded + 3) / 4,
        ].map { ($0 + 15) / 16 * 16 }  // Each part starts on a cache line of its own.
        let total = counts.reduce(0, +)
        unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: total * MemoryLayout<Float>.stride, alignment: 64)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: total * MemoryLayout<Float>.stride)
        var next = unsafe memory
        func take<Element: BitwiseCopyable>(_ part: Int) -> UnsafeMutablePointer<Element> {
            defer { unsafe next += counts[part] * MemoryLayout<Float>.stride }
            return unsafe next.bindMemory(to: Element.self, capacity: counts[part])
        }
        self.capacity = capacity
        unsafe hidden = unsafe take(0)
        unsafe projections = unsafe take(1)
        unsafe context = unsafe take(2)
        unsafe attended = unsafe take(3)
        unsafe scores = unsafe take(4)
        unsafe keys = unsafe take(5)
        unsafe intermediate = unsafe take(6)
        unsafe pooled = unsafe take(7)
        unsafe scales = unsafe take(8)
        unsafe zeros = unsafe take(9)
        unsafe bytes = unsafe next.bindMemory(to: UInt8.self, capacity: counts[10] * 4)
    }

    deinit {
        unsafe memory.deallocate()
    }
}

/// Workspaces that wait for their next use, so that a query allocates none.
final class WorkspacePool: Sendable {
    private let idle = Mutex<[EncoderWorkspace]>([])
    /// More than threads that ask at once are not kept.
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Calls `body` with a workspace for at least `capacity` tokens, made by
    /// `make` where none waits.
    func withWorkspace<Result>(
        capacity: Int, make: (Int) -> EncoderWorkspace, _ body: (EncoderWorkspace) -> Result
    ) -> Result {
        let waiting = idle.withLock { idle in
            idle.lastIndex { $0.capacity >= capacity }.map { idle.remove(at: $0) }
        }
        let workspace = waiting ?? make(capacity)
        defer {
            idle.withLock { idle in
                // The smallest makes room: a larger one serves it as well.
                if idle.count >= limit, let smallest = idle.indices.min(by: { idle[$0].capacity < idle[$1].capacity }) {
                    idle.remove(at: smallest)
                }
                idle.append(workspace)
            }
        }
        return body(workspace)
    }
}
