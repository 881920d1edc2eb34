internal import CKernels

/// An instruction level for which the float kernels exist, in rising order.
public enum KernelLevel: String, CaseIterable, Sendable {
    /// Portable C, on every processor.
    case scalar
    /// AVX2 with fused multiply-add: 8 floats at a time.
    case avx2
    /// AVX-512F: 16 floats at a time.
    case avx512

    /// The levels that this processor, its operating system and this build
    /// can run, slowest first. Never empty.
    public static let supported: [KernelLevel] = allCases.filter { $0.table != nil }

    /// The C functions of this level, or nil where it cannot run.
    var table: UnsafePointer<ckernels_table>? {
        switch self {
        case .scalar: ckernels_for_level(CKERNELS_SCALAR)
        case .avx2: ckernels_for_level(CKERNELS_AVX2)
        case .avx512: ckernels_for_level(CKERNELS_AVX512)
        }
    }
}

/// Why a set of kernels cannot be had.
public enum KernelError: Error, Equatable, CustomStringConvertible {
    /// The processor, its operating system or this build lacks the level.
    case unsupported(KernelLevel)

    public var description: String {
        switch self {
        case .unsupported(let level):
            "This machine cannot run the \(level.rawValue) kernels; it can run: "
                + KernelLevel.supported.map(\.rawValue).joined(separator: ", ") + "."
        }
    }
}
