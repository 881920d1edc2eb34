import Testing

@testable import Ingestion

/// Expected values by hand.
@Suite("Lists, normalised")
struct ListNormalisationTests {
    private var normaliser = Normaliser()

    @Test(arguments: [
        ("", []), ("Fiction", ["Fiction"]), ("Fiction;Drama", ["Fiction", "Drama"]),
        (" Fiction ; ; Drama; ", ["Fiction", "Drama"]),
        ("Fiction|Drama", ["Fiction", "Drama"]), ("Fiction; fiction; FICTION", ["Fiction"]), ("a|b;c", ["a|b", "c"]),
        ("['Fiction', \"Children's\", 'O\\'Brien']", ["Fiction", "Children's", "O'Brien"]),
        ("[\"a\",\"b\"]", ["a", "b"]),
        ("[]", []), ("['']", []), ("[None, 'a', nan, null]", ["a"]), ("[Fiction, Drama]", ["Fiction", "Drama"]),
        ("[\"caf\\u00e9\", '\\xe9', \"\\ud83d\\ude00\", 'a\\\\b']", ["café", "é", "😀", "a\\b"]),
        ("['a; b', 'c, d']", ["a; b", "c, d"]), ("['open]", ["['open]"]), ("['a' 'b']", ["['a' 'b']"]),
        ("Juvenile Fiction / Fantasy & Magic", ["Juvenile Fiction / Fantasy & Magic"]),
        ("Books > Fiction > Crime", ["Books > Fiction > Crime"]), ("Fiction, general", ["Fiction, general"]),
        ("Arts &amp; Crafts; Fiction", ["Arts & Crafts", "Fiction"]),
        ("\"Fiction, general\";\"Drama\"", ["Fiction, general", "Drama"]),
        ("nan", []), ("N/A; Drama", ["Drama"]), ("<b>Drama</b>;  Two\n words", ["Drama", "Two words"]),
        ("C++; C", ["C++", "C"]),
        ("[ 'a' , 'b' , ]", ["a", "b"]),
    ])
    mutating func lists(raw: String, expected: [String]) {
        #expect(normaliser.list(raw, field: "categories") == expected)
    }

    @Test mutating func commasOnlyWhenAsked() {
        #expect(normaliser.list("a, b", field: "c", separators: [";", "|", ","]) == ["a", "b"])
        #expect(normaliser.list("a, b; c", field: "c", separators: [";", "|", ","]) == ["a, b", "c"])
        #expect(normaliser.list("a, b", field: "c", separators: [";"]) == ["a, b"])
        #expect(normaliser.steps == [])
    }

    @Test mutating func unpackingIsAStep() {
        _ = normaliser.list("['Fiction', 'Drama']", field: "categories")
        #expect(
            normaliser.steps == [
                NormalisationStep(
                    field: "categories", step: .listUnpacked, before: "['Fiction', 'Drama']", after: "Fiction; Drama")
            ])
    }
}
