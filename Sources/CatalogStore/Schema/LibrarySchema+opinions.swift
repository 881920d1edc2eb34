import GRDB

extension LibrarySchema {
    /// Schema 3: what readers say of the labels of works. Additive: what an older release does not know, it leaves alone.
    static let opinions = Migration(.additive) { db in
        try db.execute(
            sql: """
                -- No reference to works: one that is joined to another keeps its opinions, and they follow its alias.
                CREATE TABLE labelOpinions (
                    workId TEXT NOT NULL,
                    label TEXT NOT NULL,
                    reader TEXT NOT NULL,
                    -- 0 it does not fit, 1 it does; between them how strongly.
                    value REAL NOT NULL,
                    day INTEGER,
                    PRIMARY KEY (workId, label, reader)
                ) WITHOUT ROWID;
                CREATE INDEX labelOpinionsByReader ON labelOpinions (reader);
                """)
    }
}
