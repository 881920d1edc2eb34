import GRDB

extension LibrarySchema {
    /// Schema 4: what the readers of this service say of works and do with them. Additive.
    static let feedback = Migration(.additive) { db in
        try db.execute(
            sql: """
                -- A log: rows are added, marked as taken back, and erased with their reader. No reference to works, as in
                -- labelOpinions. at, undone: milliseconds since 1970.
                CREATE TABLE feedback (
                    sequence INTEGER PRIMARY KEY,
                    reader TEXT NOT NULL,
                    id TEXT NOT NULL,
                    workId TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    value REAL,
                    at INTEGER NOT NULL,
                    requestId TEXT,
                    undone INTEGER,
                    UNIQUE (reader, id)
                );
                CREATE INDEX feedbackByReader ON feedback (reader, at, sequence);
                -- All that a reader's taste is made of, in the order in which it is read. undone is always NULL here, and named
                -- so that SQLite need not look it up.
                CREATE INDEX feedbackTastes ON feedback (reader, at, sequence, workId, kind, value, undone)
                    WHERE undone IS NULL AND kind NOT IN ('click', 'impression');
                """)
    }
}
