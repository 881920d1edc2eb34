import Foundation
import Testing

@testable import Ingestion

@Suite("The contract file")
struct DataContractTests {
    /// The file itself, from <repository>/Tests/IngestionTests/Contract/<this file>.
    private static let file: URL = {
        var repository = URL(filePath: #filePath)
        for _ in 0..<4 { repository.deleteLastPathComponent() }
        return repository.appending(path: "config/contract.yaml")
    }()

    @Test func theStandardIsTheFileOfTheRepository() throws {
        let standard = try DataContract.standard()
        // By `sha256sum config/contract.yaml`, if that can be run; else the file read another way.
        #expect(try DataContract(contentsOf: Self.file.path) == standard)
        #expect(standard.digest.count == 64)
        #expect(standard.digest != DataContract.digest(of: "version: 1"))
        #expect(standard.version == 1)
    }

    /// `printf 'version: 1' | sha256sum`
    @Test func theDigestIsSHA256() {
        #expect(
            DataContract.digest(of: "version: 1")
                == "1a6ddd3533d91cae4b3742d4294fb07ee863a4d667fe598f01365bd68a18bcfd")
    }

    @Test func theStandardSaysWhatTheDocumentationPromises() throws {
        let contract = try DataContract.standard()
        #expect(contract.thresholds == .init(quarantinedShare: 0.2, minimumRows: 1))
        #expect(contract.books.unique == [.sourceID, .isbn13])
        #expect(contract.books.onDuplicate == .quarantine)
        #expect(contract.ratings.unique == [.reader, .item])
        #expect(contract.ratings.onDuplicate == .latest)
        #expect(contract.books.fields[.title] == FieldRule(required: true, maxLength: 1000))
        #expect(
            contract.books.fields[.year]
                == FieldRule(min: .number(-4000), max: .thisYear(plus: 2), onViolation: .unknown))
        #expect(contract.books.fields[.isbn13] == FieldRule())
        #expect(
            contract.ratings.fields[.stars] == FieldRule(min: .number(0.05), max: .number(5)))
        #expect(contract.books.rules.map(\.name) == ["isbnsDisagree", "ratedByNobody", "subtitleRepeatsTitle"])
        #expect(contract.books.rules[0].condition == .agree(.isbn13, .isbn))
        #expect(contract.ratings.rules.map(\.name) == ["missingItem", "missingStars", "isbnsDisagree"])
        #expect(contract.tags.fields[.tagCount]?.required == true)
    }

    @Test func limitsMoveWithTheYear() {
        #expect(FieldRule.Bound.thisYear(plus: 2).value(inYear: 2026) == 2028)
        #expect(FieldRule.Bound.thisYear(plus: -1).value(inYear: 2026) == 2025)
        #expect(FieldRule.Bound.number(1.5).value(inYear: 2026) == 1.5)
    }

    private static let small = """
        version: 1
        thresholds: {quarantinedShare: 0.5, minimumRows: 0}
        books:
          fields: {title: {required: true}, year: {max: thisYear, onViolation: unknown}}
        ratings: {fields: {}}
        tags: {fields: {}}
        """

    @Test func aSmallContractIsEnough() throws {
        let contract = try DataContract(yaml: Self.small, file: "c.yaml")
        #expect(contract.thresholds == .init(quarantinedShare: 0.5, minimumRows: 0))
        #expect(
            contract.books.fields == [
                .title: FieldRule(required: true), .year: FieldRule(max: .thisYear(plus: 0), onViolation: .unknown),
            ])
        #expect(contract.books.rules == [])
        #expect(contract.books.unique == [])
    }

    /// Replaced text of the small contract, and the error that must come.
    @Test(arguments: [
        ("version: 1", "version: 2", "version", "2.0 is not from 1 to 1", "reads no other version"),
        ("version: 1", "edition: 1", "edition", "there is no key `edition`", "Allowed here: version"),
        ("version: 1\n", "", "", "there is no key `version`", "Write `version: 1`"),
        ("0.5", "1.5", "thresholds.quarantinedShare", "1.5 is no share", "from 0 to 1"),
        ("0.5", "much", "thresholds.quarantinedShare", "“much” is no number", "from 0 to 1"),
        ("minimumRows: 0", "minimumRows: -1", "thresholds.minimumRows", "-1.0 is not from 0", "0 or more"),
        ("minimumRows: 0", "minRows: 0", "thresholds.minRows", "there is no key `minRows`", "minimumRows"),
        ("tags: {fields: {}}", "tags: {}", "tags", "there is no key `fields`", "with their limits"),
        ("tags: {fields: {}}", "", "", "there is no key `tags`", "rules for tags"),
        (
            "fields: {title", "fields: {stars: {}, title", "books.fields.stars", "there is no fact `stars`",
            "Facts here: sourceID"
        ),
        (
            "required: true", "needed: true", "books.fields.title.needed", "there is no key `needed`",
            "required, maxLength"
        ),
        ("required: true", "required: yes", "books.fields.title.required", "“yes” is not known here", "false, true"),
        ("required: true", "type: number", "books.fields.title.type", "“number” is not its type", "Write `line`"),
        ("required: true", "max: 3", "books.fields.title.max", "there is no key `max`", "Allowed here"),
        ("required: true", "maxLength: 0", "books.fields.title.maxLength", "0.0 is not from 1", "characters"),
        ("required: true", "maxLength: 1.5", "books.fields.title.maxLength", "1.5 is not from 1", "characters"),
        ("thisYear", "nextYear", "books.fields.year.max", "“nextYear” is no number", "a number, or `thisYear`"),
        ("thisYear", "thisYear*2", "books.fields.year.max", "“thisYear*2” is no limit", "`thisYear+2`"),
        ("max: thisYear", "min: 3000, max: thisYear", "books.fields.year", "its `min` is above its `max`", "Exchange"),
        (
            "onViolation: unknown", "onViolation: drop", "books.fields.year.onViolation", "“drop” is not known here",
            "quarantine, unknown"
        ),
        ("ratings: {", "ratings: {unique: title, ", "ratings.unique", "it is “title”", "Write a list of facts"),
        ("ratings: {", "ratings: {unique: [pages], ", "ratings.unique[0]", "“pages” is not known here", "reader"),
        (
            "ratings: {", "ratings: {onDuplicate: first, ", "ratings.onDuplicate", "“first” is not known here",
            "latest, quarantine"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a}], ", "ratings.rules[0]", "has 0 conditions",
            "agree, differs, notWhenZero, anyOf"
        ),
        (
            "ratings: {", "ratings: {rules: [{agree: [isbn13, isbn]}], ", "ratings.rules[0]", "there is no key `name`",
            "`name: …`"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a b, anyOf: [isbn]}], ", "ratings.rules[0]", "“a b” is no name",
            "letters and digits"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: notANumber, anyOf: [isbn]}], ", "ratings.rules[0]",
            "the program's own", "another name"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a, agree: [isbn]}], ", "ratings.rules[0].agree", "it names 1 facts",
            "Name two"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a, agree: [isbn, isbn]}], ", "ratings.rules[0].agree",
            "a fact twice", "different"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a, agree: [isbn, title]}], ", "ratings.rules[0].agree[1]",
            "“title” is not known here", "isbn, isbn13"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a, differs: [title, stars]}], ", "ratings.rules[0].differs[1]",
            "“stars” is not known here", "title"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a, anyOf: []}], ", "ratings.rules[0].anyOf", "it names no fact",
            "at least one"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a, anyOf: [isbn], onViolation: unknown}], ", "ratings.rules[0]",
            "cannot leave out", "quarantine"
        ),
        (
            "ratings: {", "ratings: {rules: [{name: a, anyOf: [isbn]}, {name: a, anyOf: [title]}], ",
            "ratings.rules[1]", "“a” is taken", "its own name"
        ),
    ])
    func whatIsWrongIsNamed(old: String, new: String, key: String, found: String, remedy: String) throws {
        let yaml = Self.small.replacing(old, with: new)
        #expect(yaml != Self.small)
        let error = try #require(throws: SettingsError.self) { try DataContract(yaml: yaml, file: "c.yaml") }
        #expect(error.file == "c.yaml")
        #expect(error.key == key, "\(error)")
        #expect(error.found.contains(found), "\(error)")
        #expect(error.remedy.contains(remedy), "\(error)")
        let top = key.prefix { $0 != "." && $0 != "[" }
        if let line = yaml.split(separator: "\n", omittingEmptySubsequences: false).firstIndex(where: {
            $0.hasPrefix(top)
        }),
            !top.isEmpty
        {
            #expect((error.line ?? 0) >= line + 1, "\(error)")
        }
        #expect(error.line != nil)
    }
}
