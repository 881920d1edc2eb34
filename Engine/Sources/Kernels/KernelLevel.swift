internal import CKernels

/// An instruction level for which the kernels exist, in rising order.
public enum KernelLevel: String, CaseIterable, Sendable {
    /// Portable C, on every processor.
    case scalar
    /// arm64 with the dot product extension: 16 bytes at a time.
    case neon
    /// AVX2 with fused multiply-add: 8 floats or 32 bytes at a time.
    case avx2
    /// AVX-512 F, BW, DQ and VL: 16 floats or 64 bytes at a time.
    case avx512
    /// The same with VNNI, which multiplies and adds bytes in one step.
    case avx512vnni

    /// The levels that this processor, its operating system and this build
    /// can run, slowest first. Never empty.
    public static let supported: [KernelLevel] = allCases.filter { ckernels_runs($0.code) != 0 }

    /// The level as the C functions know it.
    var code: ckernels_level {
        switch self {
        case .scalar: CKERNELS_SCALAR
        case .neon: CKERNELS_NEON
        case .avx2: CKERNELS_AVX2
        case .avx512: CKERNELS_AVX512
        case .avx512vnni: CKERNELS_AVX512VNNI
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
