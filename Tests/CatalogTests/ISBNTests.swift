import Catalog
import Foundation
import Testing

@Suite("ISBN")
struct ISBNTests {
    /// Published pairs; the check digits were computed anew by `sum(int(d) * (1, 3)[i % 2] for i, d in ...)` in Python.
    static let pairs = [
        ("0306406152", "9780306406157"), ("080442957X", "9780804429573"), ("097522980X", "9780975229804"),
        ("0140449132", "9780140449136"), ("043942089X", "9780439420891"), ("0131103628", "9780131103627"),
        ("0201633612", "9780201633610"), ("155860832X", "9781558608320"), ("0262033844", "9780262033848"),
        ("9971502100", "9789971502102"), ("8090273416", "9788090273412"), ("0747532699", "9780747532699"),
        ("000647022X", "9780006470229"),
    ]

    @Test(arguments: pairs)
    func anISBN10BecomesItsISBN13(isbn10: String, isbn13: String) throws {
        #expect(ISBN13(isbn10: isbn10)?.digits == isbn13)
        #expect(ISBN13(isbn13)?.digits == isbn13)
        #expect(ISBN13.parse(isbn10) == ISBN13.parse(isbn13))
        #expect(ISBN13(isbn10) == nil)
        #expect(ISBN13(isbn10: isbn13) == nil)
    }

    @Test(arguments: pairs)
    func everyOtherCheckDigitIsWrong(isbn10: String, isbn13: String) {
        for check in "0123456789X" where check != isbn10.last {
            #expect(ISBN13(isbn10: isbn10.dropLast() + String(check)) == nil)
        }
        for check in "0123456789X" where check != isbn13.last {
            #expect(ISBN13(isbn13.dropLast() + String(check)) == nil)
        }
    }

    @Test(arguments: pairs)
    func everyOneDigitErrorIsSeen(isbn10: String, isbn13: String) {
        for place in 0..<9 {
            for digit in "0123456789" {
                var digits = Array(isbn10)
                guard digits[place] != digit else { continue }
                digits[place] = digit
                #expect(ISBN13(isbn10: String(digits)) == nil, "\(String(digits))")
            }
        }
        for place in 0..<12 {
            for digit in "0123456789" {
                var digits = Array(isbn13)
                guard digits[place] != digit else { continue }
                digits[place] = digit
                #expect(ISBN13(String(digits)) == nil, "\(String(digits))")
            }
        }
    }

    @Test(arguments: [
        "978-0-306-40615-7", "978 0 306 40615 7", "0-306-40615-2", "0 306 40615 2", " 9780306406157 ", "-0306406152",
    ])
    func hyphensAndSpacesDoNotCount(text: String) {
        #expect(ISBN13.parse(text)?.digits == "9780306406157")
    }

    @Test func theXMayBeSmall() {
        #expect(ISBN13.parse("0-8044-2957-x")?.digits == "9780804429573")
    }

    @Test(arguments: [
        "", "-", "X", "978030640615", "97803064061570", "030640615", "03064061520",
        "978o306406157", "9780306406157.0", "+9780306406157", "ISBN 9780306406157", "9.78031E+12", "X306406152",
        "03064X6152", "97803064061X7", "９７８０３０６４０６１５７", "٩٧٨٠٣٠٦٤٠٦١٥٧", "978\u{2010}0306406157", "9780306406157\n",
        String(repeating: "0", count: 1_000),
    ])
    func whatIsNoISBNIsRefused(text: String) {
        #expect(ISBN13.parse(text) == nil)
    }

    /// ISO 2108:2017, 5.2: the prefix element is 978 or 979. The second is a pencil, the fourth a magazine.
    @Test(arguments: ["0000000000000", "4006381333931", "2000000000008", "9771234567898"])
    func anotherEANIsNoISBN(ean: String) {
        #expect(ISBN13(ean) == nil)
        #expect(ISBN13.parse(ean) == nil)
    }

    @Test func thePrefix979IsAnISBN() {
        #expect(ISBN13("979-10-90636-07-1")?.digits == "9791090636071")
    }

    @Test func inJSONItIsItsDigits() throws {
        let isbn = try #require(ISBN13("9780306406157"))
        let json = try JSONEncoder().encode([isbn])
        #expect(String(decoding: json, as: UTF8.self) == #"["9780306406157"]"#)
        #expect(try JSONDecoder().decode([ISBN13].self, from: json) == [isbn])
        #expect("\(isbn)" == "9780306406157")
    }

    @Test(arguments: [#"["9780306406158"]"#, #"["0306406152"]"#, #"[""]"#, "[9780306406157]"])
    func inJSONTheChecksumIsCheckedToo(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ISBN13].self, from: Data(json.utf8)) }
    }
}
