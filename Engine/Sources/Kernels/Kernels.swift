internal import CKernels

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The kernels of one instruction level.
///
/// `Kernels.selected` is what the program should use; tests make one value
/// per level in `KernelLevel.supported` and run each of them. Every method
/// checks that shapes agree (a programmer's error traps), passes NaN on, and
/// gives results that do not depend on what else was computed in the same
/// call.
@safe
public struct Kernels: Sendable {
    /// The instruction level of these kernels.
    public let level: KernelLevel

    // Point at constants of the C library: immutable, and never freed.
    nonisolated(unsafe) let floats: UnsafePointer<ckernels_floats>
    nonisolated(unsafe) let linear: UnsafePointer<ckernels_linear>
    nonisolated(unsafe) let vectors: UnsafePointer<ckernels_vectors>

    /// The kernels of `level`; throws `KernelError.unsupported` where this
    /// machine cannot run them.
    public init(level: KernelLevel) throws(KernelError) {
        guard let floats = unsafe ckernels_floats_of(level.code), let linear = unsafe ckernels_linear_of(level.code),
            let vectors = unsafe ckernels_vectors_of(level.code)
        else { throw .unsupported(level) }
        self.level = level
        unsafe self.floats = unsafe floats
        unsafe self.linear = unsafe linear
        unsafe self.vectors = unsafe vectors
    }

    private static func select(_ wanted: KernelLevel?) -> Kernels {
        let candidates = [wanted].compactMap { $0 } + KernelLevel.supported.reversed()
        for level in candidates {
            if let kernels = try? Kernels(level: level) { return kernels }
        }
        preconditionFailure("the scalar kernels are in every build")
    }

    /// The kernels this process uses: those of the environment variable
    /// `BOOKREC_KERNELS` (`scalar`, `neon`, `avx2`, `avx512` or `avx512vnni`) if
    /// this machine can run them, else the fastest. Decided once, at first use.
    public static let selected = select(requested.flatMap(KernelLevel.init(rawValue:)))

    /// The level of `selected`.
    public static var level: KernelLevel { selected.level }

    /// A sentence for the log when `BOOKREC_KERNELS` asks for something that
    /// cannot be had, else nil.
    public static var notice: String? {
        guard let requested, requested != level.rawValue else { return nil }
        return "BOOKREC_KERNELS=\(requested) cannot be used here; using \(level.rawValue). "
            + "Choose one of: " + KernelLevel.supported.map(\.rawValue).joined(separator: ", ") + "."
    }

    private static let requested: String? = unsafe getenv("BOOKREC_KERNELS").map { unsafe String(cString: $0) }
}
