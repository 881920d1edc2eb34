internal import CKernels

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The float kernels of one instruction level.
///
/// `Kernels.selected` is what the program should use; tests make one value
/// per level in `KernelLevel.supported` and run each of them. Every method
/// checks that shapes agree (a programmer's error traps), passes NaN on, and
/// gives results that do not depend on what else was computed in the same
/// call.
public struct Kernels: Sendable {
    /// The instruction level of these kernels.
    public let level: KernelLevel

    // Points at a constant of the C library: immutable, and never freed.
    nonisolated(unsafe) let table: UnsafePointer<ckernels_table>

    /// The kernels of `level`; throws `KernelError.unsupported` where this
    /// machine cannot run them.
    public init(level: KernelLevel) throws(KernelError) {
        guard let table = level.table else { throw .unsupported(level) }
        self.level = level
        self.table = table
    }

    private init(selecting wanted: KernelLevel?) {
        // The scalar table exists in every build.
        let candidates = ([wanted].compactMap { $0 } + KernelLevel.supported.reversed())
        let level = candidates.first { $0.table != nil } ?? .scalar
        self.level = level
        self.table = level.table!
    }

    /// The kernels this process uses: those of the environment variable
    /// `BOOKREC_KERNELS` (`scalar`, `avx2` or `avx512`) if this machine can
    /// run them, else the fastest. Decided once, at first use.
    public static let selected = Kernels(selecting: requested.flatMap(KernelLevel.init(rawValue:)))

    /// The level of `selected`.
    public static var level: KernelLevel { selected.level }

    /// A sentence for the log when `BOOKREC_KERNELS` asks for something that
    /// cannot be had, else nil.
    public static var notice: String? {
        guard let requested, requested != level.rawValue else { return nil }
        return "BOOKREC_KERNELS=\(requested) cannot be used here; using \(level.rawValue). "
            + "Choose one of: " + KernelLevel.supported.map(\.rawValue).joined(separator: ", ") + "."
    }

    private static let requested: String? = getenv("BOOKREC_KERNELS").map { String(cString: $0) }
}
