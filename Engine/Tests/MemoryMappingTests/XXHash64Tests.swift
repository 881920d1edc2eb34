import MemoryMapping
import Testing

@Suite("XXH64")
struct XXHash64Tests {
    /// Of `bytes((7 * i + 3) % 256 for i in range(n))`, from PyPI xxhash 4.1.0.
    static let golden: [(Int, UInt64)] = [
        (0, 0xEF46_DB37_51D8_E999), (1, 0x1F25_C8D0_BC1F_4BB6), (3, 0x31D2_363F_52E5_64C9),
        (4, 0x9BB6_4B7D_66EE_9FDA), (5, 0xC760_8EFD_DB70_51FE), (7, 0x9A7B_1499_59CE_60D8),
        (8, 0xDAB9_9D95_C6F9_0092), (9, 0x170B_B6BF_975B_4C02), (12, 0xD52E_4078_33AF_5133),
        (15, 0x1B47_CB82_43CC_8E32), (16, 0x4348_5023_2B78_7BE2), (31, 0xA2AA_5F33_CC4A_6119),
        (32, 0x23C3_C17E_F790_FD97), (33, 0x50A7_CFC7_BA58_8784), (36, 0xC0B5_2B0D_CC5E_3F7F),
        (39, 0x880B_BEEA_606E_4B37), (63, 0x5E3E_54B4_31C7_493C), (64, 0x0EB6_4B3E_F6EE_B01F),
        (65, 0xA383_B724_B2BD_12F1), (100, 0xA61F_8D4C_170F_E531), (127, 0x0C2B_3713_C3ED_BEB3),
        (1000, 0x5F23_5FA0_33F1_A3FB),
    ]

    @Test(arguments: golden)
    func hashesAreThoseOfTheSpecification(count: Int, hash: UInt64) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0 + 3) }
        #expect(bytes.withUnsafeBytes(XXHash64.hash) == hash)
    }
}
