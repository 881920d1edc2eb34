internal import CKernels

/// What one core of this machine can do at best, measured now: the roof that
/// kernels are compared with. Williams, Waterman and Patterson, "Roofline",
/// 2009.
public enum MachineLimits {
    /// Products of two bytes, added up, per second on one thread with the
    /// instructions of `level`, from registers alone; 0 where the level
    /// cannot run. The best of several short runs: takes about 0.2 s.
    public static func byteProductsPerSecond(level: KernelLevel) -> Double {
        var rounds: UInt64 = 1_000
        var best = 0.0
        let clock = ContinuousClock()
        for _ in 0..<40 {
            let start = clock.now
            let products = ckernels_multiply_bytes(level.code, rounds)
            let seconds = (clock.now - start) / .seconds(1)
            guard products > 0 else { return 0 }
            best = max(best, Double(products) / seconds)
            if seconds < 0.005 { rounds *= 4 }
        }
        return best
    }

    /// Bytes per second that one thread reads from `megabytes` of memory in
    /// order: the cache's figure where they fit into it, else the memory's.
    /// The best of several runs: takes about 0.2 s.
    public static func bytesReadPerSecond(megabytes: Int) -> Double {
        let count = megabytes << 20 / MemoryLayout<UInt64>.stride
        let words = [UInt64](repeating: 1, count: count)
        var best = 0.0
        let clock = ContinuousClock()
        let begin = clock.now
        repeat {
            let start = clock.now
            let sum = unsafe words.withUnsafeBufferPointer { unsafe ckernels_read(count, $0.baseAddress!) }
            precondition(sum == UInt64(count), "memory does not hold what was written")
            best = max(best, Double(megabytes << 20) / ((clock.now - start) / .seconds(1)))
        } while clock.now - begin < .milliseconds(200)
        return best
    }
}
