import EngineTestSupport
import Synchronization
import Testing

@testable import TextEmbedding

@Suite("Working memory")
struct WorkspacePoolTests {
    /// A pool, and what it had to make.
    private final class Watched: Sendable {
        private let configuration: EncoderConfiguration
        private let pool: WorkspacePool
        private let capacities = Mutex<[Int]>([])

        init(limit: Int) throws {
            let directory = try TemporaryFolder()
            defer { directory.remove() }
            try TinyModel().write(to: directory, precision: .f32)
            configuration = try EncoderConfiguration(directory: directory.url)
            pool = WorkspacePool(limit: limit)
        }

        /// The capacities that were made, in order.
        var made: [Int] { capacities.withLock { $0 } }

        /// Uses a workspace for `capacity` tokens, and one of each of `others`
        /// meanwhile.
        func use(_ capacity: Int, while others: Int...) { use(capacity, others[...]) }

        private func use(_ capacity: Int, _ others: ArraySlice<Int>) {
            pool.withWorkspace(capacity: capacity) { capacity in
                capacities.withLock { $0.append(capacity) }
                return EncoderWorkspace(configuration: configuration, maximumTokens: 16, capacity: capacity)
            } _: { workspace in
                #expect(workspace.capacity >= capacity)
                if let next = others.first { use(next, others.dropFirst()) }
            }
        }
    }

    @Test func memoryIsUsedAgain() throws {
        let pool = try Watched(limit: 2)
        for capacity in [64, 64, 10, 1, 64] { pool.use(capacity) }
        #expect(pool.made == [64])
        pool.use(65)
        #expect(pool.made == [64, 65])
    }

    @Test func whoAsksMeanwhileGetsAnother() throws {
        let pool = try Watched(limit: 2)
        pool.use(64, while: 64)
        pool.use(64, while: 64)
        #expect(pool.made == [64, 64])
    }

    @Test func theSmallestMakesRoom() throws {
        let pool = try Watched(limit: 2)
        pool.use(8, while: 16)
        pool.use(32)
        // 16 and 32 wait.
        pool.use(32, while: 16)
        #expect(pool.made == [8, 16, 32])
    }

    @Test func noMoreIsKeptThanTheLimit() throws {
        let pool = try Watched(limit: 1)
        pool.use(8, while: 8)
        pool.use(8, while: 8)
        // One of the first two was kept.
        #expect(pool.made == [8, 8, 8])
    }
}
