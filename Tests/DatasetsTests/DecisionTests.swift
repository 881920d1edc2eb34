import Testing

@testable import Datasets

/// The decisions, without a connection.
struct DecisionTests {
    private static let url = "https://example.org/data/sample.csv"
    private static let record = PartRecord(
        url: url, checksum: "\(Sample.sha256)", etag: "\"one\"", lastModified: nil, total: 100_000)

    @Test func aDownloadBeginsWhereTheRecordAllows() {
        func start(_ size: Int, _ record: PartRecord?, _ file: DatasetFile = Sample.file) -> DownloadStart {
            DownloadStart(of: file, at: Self.url, partSize: size, record: record)
        }
        #expect(start(0, Self.record) == .anew)
        #expect(start(1, nil) == .anew)
        #expect(start(1, Self.record) == .after(offset: 1, Self.record))
        #expect(start(100_000, Self.record) == .complete)
        #expect(start(100_001, Self.record) == .anew)
        var record = Self.record
        record.checksum = "\(Sample.gitBlob)"
        record.total = nil
        #expect(start(120_000, record, Sample.bounded) == .after(offset: 120_000, record))
        #expect(start(120_001, record, Sample.bounded) == .anew)
    }

    @Test(
        arguments: [
            ("\"a\"", nil, "\"a\""), ("W/\"a\"", "Mon, 01 Oct 2018 16:09:04 GMT", nil),
            (nil, "Mon, 01 Oct 2018 16:09:04 GMT", "Mon, 01 Oct 2018 16:09:04 GMT"),
        ] as [(String?, String?, String?)])
    func onlyAStrongValidatorIsSent(etag: String?, date: String?, sent: String?) {
        var record = Self.record
        record.etag = etag
        record.lastModified = date
        let fields = DownloadStart.after(offset: 5, record).fields
        #expect(fields.first { $0.name == "Range" }?.value == "bytes=5-")
        #expect(fields.first { $0.name == "If-Range" }?.value == sent)
    }

    @Test func rangesAreRead() {
        #expect(ContentRange("bytes 5-9/10").map { [$0.first, $0.total] } == [5, 10])
        #expect(ContentRange("Bytes 0-0/*").map { [$0.first, $0.total] } == [0, nil])
        #expect(ContentRange("bytes */10").map { [$0.first, $0.total] } == [nil, 10])
        for wrong in [
            "", "bytes", "5-9/10", "items 5-9/10", "bytes 9-5/10", "bytes 5-10/10", "bytes -5/10", "bytes 5-9",
            "bytes 5-9/x", "bytes 5-9/99999999999999999999",
        ] {
            #expect(ContentRange(wrong) == nil, "\(wrong)")
        }
    }

    @Test(arguments: [
        // Another place, another whole, no place: the part cannot be added.
        ("bytes 4-99999/100000", "\"one\""), ("bytes 6-99999/100000", "\"one\""),
        ("bytes 5-99999/100000", "\"two\""), ("bytes 5-49999/50000", "\"one\""), ("", "\"one\""),
    ])
    func aPartThatDoesNotFitIsNotAdded(range: String, etag: String) throws {
        var reply = ServerReply(status: 206)
        reply.range = ContentRange(range)
        reply.etag = etag
        let step = try reply.step(after: .after(offset: 5, Self.record), of: Sample.file, at: Self.url)
        #expect(step == .beginAnew)
    }

    @Test func aPartThatFitsIsAdded() throws {
        var reply = ServerReply(status: 206)
        reply.range = ContentRange("bytes 5-99999/100000")
        for etag in [nil, "\"one\"", "W/\"one\""] {
            reply.etag = etag
            let step = try reply.step(after: .after(offset: 5, Self.record), of: Sample.file, at: Self.url)
            #expect(step == .write(from: 5, total: 100_000))
        }
    }

    @Test func aDateTellsOfAChangeWhereThereIsNoTag() throws {
        var record = Self.record
        record.etag = nil
        record.lastModified = "Mon, 01 Oct 2018 16:09:04 GMT"
        var reply = ServerReply(status: 206)
        reply.range = ContentRange("bytes 5-99999/100000")
        reply.lastModified = "Mon, 01 Oct 2018 16:09:05 GMT"
        #expect(try reply.step(after: .after(offset: 5, record), of: Sample.file, at: Self.url) == .beginAnew)
        reply.lastModified = record.lastModified
        #expect(
            try reply.step(after: .after(offset: 5, record), of: Sample.file, at: Self.url)
                == .write(from: 5, total: 100_000))
    }

    /// Else it could go on for ever: nothing is thrown away twice.
    @Test(arguments: [206, 416])
    func aServerThatSendsPartsUnaskedIsGivenUp(status: Int) {
        #expect(throws: DatasetError.self) {
            try ServerReply(status: status).step(after: .anew, of: Sample.file, at: Self.url)
        }
    }

    @Test(
        arguments: [
            ("https://a.example/f", "https://b.example/g", "https://b.example/g"),
            ("https://a.example/d/f", "/g", "https://a.example/g"),
            ("https://a.example/d/f", "g", "https://a.example/d/g"),
            ("http://127.0.0.1:80/f", "http://localhost:81/g", "http://localhost:81/g"),
            ("http://[::1]:80/f", "/g", "http://[::1]:80/g"),
            ("http://127.0.0.1/f", "https://b.example/g", "https://b.example/g"),
            ("https://a.example/f", "http://b.example/g", nil), ("https://a.example/f", "http://127.0.0.1/g", nil),
            ("https://a.example/f", "https://localhost/g", nil),
            ("http://127.0.0.1/f", "http://127.0.0.1.b.example/g", nil),
            ("http://127.0.0.1/f", "http://127.0.0.256/g", nil), ("http://127.0.0.1/f", "http://127.0.0.1.5/g", nil),
            ("https://a.example/f", "https://u:p@b.example/g", nil),
            ("https://a.example/f", "data:text/plain,x", nil),
        ] as [(String, String, String?)])
    func redirectsAreFollowedToSafePlaces(from url: String, location: String, target: String?) {
        #expect((try? WebAddress.target(of: location, from: url)) == target)
    }

    @Test(
        arguments: [
            ("https://a.example/d/", "https://a.example/d"), ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
            ("a.example/d", nil), ("ftp://a.example/d", nil), ("https://", nil), ("https://u@a.example/", nil),
            ("https://a.example/?q", nil), ("https://a.example/#f", nil), ("file:///etc", nil), ("", nil),
        ] as [(String, String?)])
    func aBaseIsAnAddressOfTheWeb(text: String, base: String?) {
        #expect((try? WebAddress.base(text)) == base)
    }
}
