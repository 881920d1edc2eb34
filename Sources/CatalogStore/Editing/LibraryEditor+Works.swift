import Catalog
import Crypto
import Foundation
import GRDB

/// Which work an edition belongs to: what a person said, else an edition with the same ISBN, else title and author.
extension LibraryEditor {
    /// The work that an edition belongs to as things stand; no work when it makes a new one.
    func place(of edition: Edition, source: String) throws -> (work: WorkID?, join: EditionJoin) {
        if let work = try workID(
            "SELECT workId FROM pins WHERE source = ? AND key = ?", [source, edition.key.rawValue])
        {
            return (work, .byHand)
        }
        if let isbn = edition.isbn13?.digits {
            let sql =
                "SELECT workId FROM editions WHERE isbn13 = ? AND NOT (source = ? AND key = ?) ORDER BY id LIMIT 1"
            if let work = try workID(sql, [isbn, source, edition.key.rawValue]) { return (work, .isbn) }
        }
        if let key = WorkKey(edition)?.description {
            if let work = try work(withKey: key) { return (work, .titleAuthor) }
        }
        return (nil, .first)
    }

    /// Where an edition belongs once its facts have changed: a work keeps its id as long as any edition of it is left.
    func placeAfterChange(
        of known: EditionRecord, joinedBy: String, to edition: Edition, source: String
    ) throws -> (work: WorkID, join: EditionJoin) {
        let (old, new) = (WorkKey(known.edition)?.description, WorkKey(edition)?.description)
        if old == new, known.edition.isbn13 == edition.isbn13 {
            return (known.workID, EditionJoin(rawValue: joinedBy) ?? .first)
        }
        let place = try place(of: edition, source: source)
        if let work = place.work { return (work, place.join) }
        let editions =
            try Int.fetchOne(
                db, sql: "SELECT COUNT(*) FROM editions WHERE workId = ?", arguments: [known.workID.rawValue]) ?? 0
        guard editions == 1 else { return (try newWork(for: edition, source: source), .first) }
        try db.execute(
            sql: "DELETE FROM workKeys WHERE workId = ? AND NOT byHand", arguments: [known.workID.rawValue])
        if let new { try claim(new, for: known.workID) }
        return (known.workID, .first)
    }

    func newWork(for edition: Edition, source: String) throws -> WorkID {
        let key = WorkKey(edition)?.description
        let id = try unusedID(from: key ?? edition.key.rawValue)
        try db.cachedStatement(sql: "INSERT INTO works (id) VALUES (?)").execute(arguments: [id.rawValue])
        if let key { try claim(key, for: id) }
        return id
    }

    /// Makes the place ready that an export tells of an edition.
    /// - Returns: whether the work is new.
    func settle(_ edition: Edition, source: String, at place: EditionPlace) throws -> Bool {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO works (id) VALUES (?)").execute(arguments: [
            place.work.rawValue
        ])
        let isNew = db.changesCount > 0
        if place.leads, let key = WorkKey(edition)?.description { try claim(key, for: place.work) }
        if place.joinedBy == EditionJoin.byHand.rawValue {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO pins (source, key, workId) VALUES (?, ?, ?)")
                .execute(arguments: [source, edition.key.rawValue, place.work.rawValue])
        }
        return isNew
    }

    func work(withKey key: String) throws -> WorkID? {
        try workID("SELECT workId FROM workKeys WHERE key = ?", [key])
    }

    private func workID(_ sql: String, _ arguments: StatementArguments) throws -> WorkID? {
        try String.fetchOne(db.cachedStatement(sql: sql), arguments: arguments).map(WorkID.init(rawValue:))
    }

    /// The first work that has a key keeps it.
    func claim(_ key: String, for work: WorkID) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO workKeys (key, workId) VALUES (?, ?)")
            .execute(arguments: [key, work.rawValue])
    }

    /// Removes a work without editions, unless something that a person said, or a reader's rating, names it.
    func removeIfEmpty(_ work: WorkID) throws {
        let isNeeded = try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM editions WHERE workId = ?1)
                        OR EXISTS (SELECT 1 FROM pins WHERE workId = ?1)
                        OR EXISTS (SELECT 1 FROM workKeys WHERE workId = ?1 AND byHand)
                    """), arguments: [work.rawValue])
        guard isNeeded == false else { return }
        for sql in [
            "UPDATE items SET workId = NULL, method = NULL, confidence = NULL WHERE workId = ?",
            "DELETE FROM workKeys WHERE workId = ?", "DELETE FROM workAliases WHERE workId = ?",
            "DELETE FROM works WHERE id = ?",
        ] { try db.cachedStatement(sql: sql).execute(arguments: [work.rawValue]) }
    }

    /// Ids come from the text that tells the work apart, so that the same catalogue gives the same ids everywhere.
    func unusedID(from text: String) throws -> WorkID {
        let taken = try db.cachedStatement(
            sql: "SELECT 1 FROM works WHERE id = ?1 UNION ALL SELECT 1 FROM workAliases WHERE id = ?1")
        var attempt = 0
        while true {
            let id = WorkID(hashing: attempt == 0 ? text : "\(text)#\(attempt)")
            if try Int.fetchOne(taken, arguments: [id.rawValue]) == nil { return id }
            attempt += 1
        }
    }
}

extension WorkID {
    /// Ten letters and digits (50 bits of SHA-256) without those that are read for one another (i, l, o, u).
    init(hashing text: String) {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        let bits = SHA256.hash(data: Data(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let letters = (0..<10).map { alphabet[Int(bits >> (59 - 5 * UInt64($0)) & 31)] }
        self.init(rawValue: String(letters))
    }
}
