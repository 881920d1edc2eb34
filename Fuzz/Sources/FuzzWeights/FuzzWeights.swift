import Foundation
import Kernels
import TextEmbedding

private let model = try? FuzzedModel()
private let levels = KernelLevel.supported.compactMap { try? Kernels(level: $0) }

/// A file of any bytes is used as an encoder's weights or refused, and then gives finite vectors.
///
/// The bits of the first byte choose the precision, whether the rest is a whole file or changes to a good one, whether
/// that is cut, and the kernels. A change is two bytes of place and one of what stands there.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWeights(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1, let model else { return 0 }
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let choice = bytes[0]
    let precision: EncoderPrecision = choice & 1 == 0 ? .int8 : .f32
    var file = [UInt8](bytes[1...])
    if choice & 2 == 0 {
        let changes = file
        file = model.weights[precision] ?? []
        var place = 0
        while place + 3 <= changes.count {
            file[(Int(changes[place]) << 8 | Int(changes[place + 1])) % file.count] = changes[place + 2]
            place += 3
        }
        if choice & 4 != 0 { file.removeLast(Int(changes[changes.count - 1]) * file.count / 256) }
    }
    guard let encoder = model.open(file, precision, levels[Int(choice >> 3) % levels.count]) else { return 0 }
    for text in ["", "a b. ac [MASK] x", "aaaa"] {
        let vector = encoder.embed(text)
        precondition(vector.count == FuzzedModel.hidden && vector.allSatisfy { $0.isFinite }, "a vector of no numbers")
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        precondition(length == 0 || abs(length - 1) < 1e-3, "a vector of another length than 1")
    }
    return 0
}
