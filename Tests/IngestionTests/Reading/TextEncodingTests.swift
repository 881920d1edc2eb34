import Testing

@testable import Ingestion

@Suite("Encodings")
struct TextEncodingTests {
    private func verdict(_ bytes: [UInt8]) throws -> TextEncoding {
        let encodings = try [1, 2, 3, .max].map { size in
            try SourceSurvey(of: SourcePart(name: "t", pieces: bytes.cut(into: size))).encoding
        }
        #expect(Set(encodings).count == 1)
        return encodings[0]
    }

    @Test func theWholeFileIsTheEvidence() throws {
        let long = Array("title\n".utf8) + [UInt8](repeating: 0x61, count: 300_000)
        #expect(try verdict(Array("title\nTides".utf8)) == .utf8)
        #expect(try verdict(Array("title\nété 🌊".utf8)) == .utf8)
        #expect(try verdict(long + [0xE9]) == .windows1252)
        #expect(try verdict(long + [0xE9, 0x20, 0xE8]) == .windows1252)
        #expect(try verdict(Array("é".utf8) + [0x20, 0xE9, 0x20, 0xE8]) == .windows1252)
        // One fault among sound characters is a fault; the row with it is shown.
        #expect(try verdict(Array("é à ü".utf8) + [0x20, 0xE9]) == .utf8)
        #expect(try verdict(Array("é".utf8) + [0x20, 0xE9]) == .utf8)
        // A byte-order mark decides.
        #expect(try verdict([0xEF, 0xBB, 0xBF, 0x61, 0xE9, 0xE8, 0x20]) == .utf8)
        #expect(try verdict([0xFF, 0xFE, 0x61, 0x00]) == .utf16LittleEndian)
        #expect(try verdict([0xFE, 0xFF, 0x00, 0x61]) == .utf16BigEndian)
    }

    /// The sequences of the Unicode Standard's table 3-7, at its edges.
    @Test func whatIsUTF8() {
        func counts(_ bytes: [UInt8]) -> [Int] {
            var evidence = EncodingEvidence()
            for byte in bytes { evidence.feed([byte]) }
            evidence.finish()
            return [evidence.validSequences, evidence.invalidSequences]
        }
        for scalar: UInt32 in [
            0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x3FFFF, 0x40000, 0x10FFFF,
        ] {
            let text = Unicode.Scalar(scalar).map { Array(String($0).utf8) } ?? []
            #expect(counts(text) == [1, 0])
            #expect(counts(text.dropLast() + [0x20]) == [0, 1])
            #expect(counts(Array(text.dropLast())) == [0, 1])
        }
        #expect(counts([0xC0, 0xAF]) == [0, 2])
        #expect(counts([0xE0, 0x9F, 0xBF]) == [0, 3])
        #expect(counts([0xED, 0xA0, 0x80]) == [0, 3])
        #expect(counts([0xF4, 0x90, 0x80, 0x80]) == [0, 4])
        #expect(counts([0xF5, 0xFF]) == [0, 2])
        // The character after half a one counts.
        #expect(counts([0xE2, 0x82, 0xC3, 0xA9]) == [1, 1])
    }

    /// From Python: `bytes(range(0x80, 0x100)).decode("cp1252")`, and its undefined bytes by themselves.
    @Test func windows1252() throws {
        let upper = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ"
        let latin = String(String.UnicodeScalarView((0xA0...0xFF).compactMap { Unicode.Scalar($0 as UInt32) }))
        let bytes = Array("h\n".utf8) + (0x80...0xFF) + Array("z".utf8)
        for size in [1, 5, 8, .max] {
            let records = try Reading(bytes, encoding: .windows1252, pieceSize: size).records
            #expect(records == [Record(line: 2, fields: ["\(upper)\(latin)z"], text: "\(upper)\(latin)z")])
        }
        #expect(try Reading([0xEF, 0xBB, 0xBF, 0x68, 0x0A], encoding: .windows1252).header == ["h"])
    }

    @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian])
    func utf16(encoding: TextEncoding) throws {
        func encoded(_ units: some Sequence<UInt16>) -> [UInt8] {
            units.flatMap { unit in
                let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                return encoding == .utf16LittleEndian ? pair : pair.reversed()
            }
        }
        let text = encoded("\u{FEFF}title\tyear\r\nété 🌊\t1999\r\n".utf16)
        let part = SourcePart(name: "t", pieces: [text])
        let survey = try SourceSurvey(of: part)
        #expect(survey.encoding == encoding)
        #expect(survey.dialect == .delimited(delimiter: .tab, quoting: .doubled))
        for size in [1, 3, .max] {
            let reading = try Reading(text, as: survey.dialect, encoding: encoding, pieceSize: size)
            #expect(reading.header == ["title", "year"])
            #expect(reading.records.map(\.fields) == [["été 🌊", "1999"]])
        }
        // Half a pair of surrogates, and half a unit at the end.
        for bad in [encoded([0xD83D]), encoded([0xDE42]), encoded([0xD83D, 0x61]), [0x61]] {
            let records = try Reading(encoded("h\nx".utf16) + bad, encoding: encoding).records
            #expect(records.map(\.flaw) == [.notUTF8(field: 0)])
        }
    }
}
