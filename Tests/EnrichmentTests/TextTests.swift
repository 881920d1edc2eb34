import Catalog
import Foundation
import Testing

@testable import Enrichment

@Suite struct SentenceTests {
    @Test(
        arguments: [
            ("", []), ("   ", []), ("One sentence", ["One sentence"]),
            ("It ends here. It goes on there!", ["It ends here.", "It goes on there!"]),
            (
                "“Who is it?” she asked. Nobody was there at all.",
                ["“Who is it?” she asked.", "Nobody was there at all."]
            ),
            (
                "By J. R. R. Tolkien himself. A classic of fantasy.",
                ["By J. R. R. Tolkien himself.", "A classic of fantasy."]
            ),
            ("Dr. Watson met Mr. Holmes again. They went on.", ["Dr. Watson met Mr. Holmes again.", "They went on."]),
        ] as [(String, [String])])
    func sentencesAreDivided(text: String, sentences: [String]) {
        #expect(Sentences.split(text).map(String.init) == sentences)
    }

    @Test func fragmentsBelongToWhatStandsBeforeThem() {
        #expect(Sentences.split("The end is near. Very near.").map(String.init) == ["The end is near. Very near."])
        #expect(
            Sentences.split("First line of it\n\n  Second line of it  ").map(String.init)
                == ["First line of it", "Second line of it"])
    }

    @Test func nothingButSpaceIsLost() {
        let text =
            "A bold tale… of woe! \"Truly great.\" (The Times) Vol. 2 of 3. 3.5 stars? Ça alors !  Fin du récit ici."
        let joined = Sentences.split(text).joined()
        #expect(joined.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
}

@Suite struct ContentCueTests {
    @Test func wordsAreFoundWholeAndInTheirOrder() throws {
        let cues = try ContentCues.standard()
        let found = cues.find(
            name: "The Battle of the Marsh",
            sentences: ["A quiet start.", "Soldiers invade the town and commit suicide.", "A warm, murderous smile."])
        #expect(found.counts[.war] == 3)
        #expect(found.sentences[.war] == 1)
        #expect(found.counts[.selfHarm] == 1)
        #expect(found.sentences[.selfHarm] == 1)
        #expect(found.sentences[.violence] == 2)
        // “Warm” is no war.
        #expect(cues.find(name: "", sentences: ["A warm award."]).counts[.war] == nil)
        #expect(cues.find(name: "The death of her son", sentences: [String]()).counts[.childDeath] == 1)
        #expect(cues.find(name: "The death of her sonata", sentences: [String]()).counts[.childDeath] == nil)
    }

    @Test func everyNoteHasCues() throws {
        let cues = try WordCues(yaml: String(decoding: PackageResources.content_notes_yaml, as: UTF8.self))
        #expect(cues.meanings == Set(ContentNote.allCases.map(\.rawValue)))
    }

    @Test(arguments: ["war: [\"\"]", "boredom: [yawn*]", "war: 3"])
    func wrongListsAreRefused(yaml: String) {
        #expect(throws: (any Error).self) { try ContentCues(yaml: yaml) }
    }
}

@Suite struct LabelFileTests {
    private func rows(_ text: String) throws -> [LabelRow] { try LabelFile.rows(.init(text.utf8), file: "labels.csv") }

    @Test func rowsAreRead() throws {
        let read = try rows("isbn13,label,value\r\n9780306406157,mood.dark,0.5\n\n0306406152,aux.joy,1\n")
        #expect(read.map(\.label) == [.book(.mood(.dark)), .auxiliary("aux.joy")])
        #expect(read.map(\.value) == [0.5, 1])
        #expect(read[0].isbn == read[1].isbn)
    }

    @Test(arguments: [
        ("", 1, "header"), ("isbn,label,value\n", 1, "header"), ("isbn13,label,value\n1,2\n", 2, "row"),
        ("isbn13,label,value\n9780306406158,mood.dark,1\n", 2, "isbn13"),
        ("isbn13,label,value\n\n9780306406157,mood.bored,1\n", 3, "label"),
        ("isbn13,label,value\n9780306406157,mood.dark,1.5\n", 2, "value"),
        ("isbn13,label,value\n9780306406157,mood.dark,nan\n", 2, "value"),
    ])
    func wrongRowsAreNamed(text: String, line: Int, field: String) {
        let error = #expect(throws: LabelFileError.self) { try rows(text) }
        #expect(error?.line == line)
        #expect(error?.field == field)
    }
}
