import Testing

@testable import Ingestion

/// Expected values by hand; days against Python's datetime are in `NormalisationGoldenTests`.
@Suite("Dates, normalised")
struct DateNormalisationTests {
    private var normaliser = Normaliser()

    @Test(arguments: [
        ("1984", 1984), ("1984.0", 1984), ("1.984e+03", 1984), ("-750", -750), ("-750.0", -750), ("8.0", 8),
        ("750 BC", -750),
        ("750 BCE", -750), ("750 B.C.", -750), ("750 b.c.e.", -750), ("44 v. Chr.", -44), ("44 v.Chr.", -44),
        ("44 a.C.", -44),
        ("AD 79", 79), ("79 CE", 79), ("79 n. Chr.", 79), ("c. 1850", 1850), ("ca. 1850", 1850), ("circa 1850", 1850),
        ("~1850", 1850), ("c. 750 BC", -750), ("[1999?]", 1999), ("[1999]", 1999), ("©1999", 1999), ("c1999", 1999),
        ("(c) 1999", 1999), ("copyright 1999", 1999), ("1999.", 1999), ("1999?", 1999), ("May 2003", 2003),
        ("Sept. 2003", 2003),
        ("2003-05-01", 2003), ("2003-05", 2003), ("05/2003", 2003), ("2003/5/1", 2003), ("01/02/2003", 2003),
        ("1.2.2003", 2003),
        ("April 1, 1999", 1999), ("1 April 1999", 1999), ("April 1st, 1999", 1999), ("1. April 1999", 1999),
        ("3 août 1999", 1999), ("1 de mayo de 1999", 1999), ("20030501", 2003), ("2003-05-01T10:00:00Z", 2003),
        ("Spring 2003", 2003), ("first published 1925", 1925), ("Published in May 2003", 2003), (" 1984 ", 1984),
        ("0", 0),
        ("Tue May 20 12:00:00 -0700 2013", 2013),
    ])
    mutating func years(raw: String, expected: Int) {
        #expect(normaliser.year(raw, field: "year") == .value(expected))
    }

    @Test(arguments: [
        "1999-2001", "1998, 1999", "19th century", "1850s", "199-?", "1999-", "19--", "2003-13-01", "May 99",
        "13/13/2003",
        "MCMXC", "twenty", "12345", "1,984", "1984.5", "2003-05-01-07", "99 May 2003", "5th May", "BC", "-750 BC",
        "0 BC",
        "1999 BC AD", "May June 1999", "http://example.org/1999", "1999!", "2003-5-40",
    ])
    mutating func noYears(raw: String) {
        #expect(normaliser.year(raw, field: "year") == .unreadable)
        #expect(normaliser.steps == [])
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2017/01/23", 17_189), ("2017-01-23", 17_189),
        ("2017-01-23T10:00:00Z", 17_189),
        ("2017-01-23T23:30:00-05:00", 17_189), ("2017-01-23 10:00", 17_189), ("23 Jan 2017", 17_189),
        ("Jan 23, 2017", 17_189),
        ("January 23rd, 2017", 17_189), ("23.1.2017", 17_189), ("23-Jan-2017", 17_189), ("1485163200", 17_189),
        ("1485163200.0", 17_189), ("1485163200000", 17_189), ("01/23/2017", 17_189), ("23/01/2017", 17_189),
        ("20170123", 17_189),
        ("2017/1/23", 17_189), ("2/2/2003", 12_085), ("1/23/2017 3:45:10 PM", 17_189), ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896), ("2000-02-29", 11_016),
    ])
    mutating func days(raw: String, expected: Int) {
        #expect(normaliser.day(raw, field: "day") == .value(expected))
    }

    @Test(arguments: [
        "2017-02-31", "31 February 2017", "2017/02/29", "1900-02-29", "2017-13-01", "2017-00-10", "01/02/2003", "2017",
        "Jan 2017",
        "2017-01", "1/2/03", "yesterday", "2017-01-23-05", "123456", "12345678901234567", "32 Jan 2017", "2017/01-23",
        "23 Jan 17",
        "0000-01-01", "10000-01-01", "2017-01-23 x", "Jan 23 Feb 24 2017",
    ])
    mutating func noDays(raw: String) {
        #expect(normaliser.day(raw, field: "day") == .unreadable)
    }

    @Test(arguments: ["0000-00-00", "00/00/0000", "0000-00-00 00:00:00", "0"])
    mutating func zerosAreNoDay(raw: String) {
        #expect(normaliser.day(raw, field: "day") == .absent)
    }

    @Test mutating func onlyAnUnusualNotationIsAStep() {
        _ = normaliser.day("2017/01/23", field: "day")
        _ = normaliser.year("1984", field: "year")
        #expect(normaliser.steps == [])
        _ = normaliser.day("23 Jan 2017", field: "day")
        _ = normaliser.year("750 BC", field: "year")
        #expect(
            normaliser.steps == [
                NormalisationStep(field: "day", step: .dateRead, before: "23 Jan 2017", after: "17189"),
                NormalisationStep(field: "year", step: .dateRead, before: "750 BC", after: "-750"),
            ])
    }
}
