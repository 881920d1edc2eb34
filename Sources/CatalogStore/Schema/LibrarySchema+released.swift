import GRDB

extension LibrarySchema {
    /// Every migration of every release so far. See `LibrarySchema` for what may be added.
    static let released = LibrarySchema(migrations: [
        Migration(.breaking) { db in
            try db.execute(
                sql: """
                    CREATE TABLE works (
                        id TEXT PRIMARY KEY NOT NULL,
                        mergeKey TEXT UNIQUE
                    ) WITHOUT ROWID;

                    CREATE TABLE editions (
                        id INTEGER PRIMARY KEY,
                        workId TEXT NOT NULL REFERENCES works (id),
                        key TEXT NOT NULL UNIQUE,
                        isbn13 TEXT UNIQUE,
                        title TEXT NOT NULL,
                        subtitle TEXT,
                        authors TEXT NOT NULL,
                        categories TEXT NOT NULL,
                        year INTEGER,
                        pages INTEGER,
                        averageRating REAL,
                        ratingsCount INTEGER NOT NULL,
                        description TEXT,
                        coverURL TEXT,
                        source TEXT NOT NULL
                    );
                    CREATE INDEX editionsByWork ON editions (workId);

                    CREATE TABLE quarantine (
                        id INTEGER PRIMARY KEY,
                        source TEXT NOT NULL,
                        line INTEGER NOT NULL,
                        rule TEXT NOT NULL,
                        field TEXT,
                        value TEXT,
                        remedy TEXT NOT NULL,
                        row TEXT NOT NULL
                    );
                    CREATE INDEX quarantineBySource ON quarantine (source, line);

                    CREATE TABLE runs (
                        id INTEGER PRIMARY KEY,
                        source TEXT NOT NULL,
                        sha256 TEXT NOT NULL,
                        finishedAt TEXT NOT NULL,
                        codeVersion TEXT NOT NULL,
                        report TEXT NOT NULL
                    );
                    """)
        },
        readers,
        opinions,
        feedback,
    ])
}
