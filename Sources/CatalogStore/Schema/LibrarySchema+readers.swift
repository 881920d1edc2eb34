import GRDB

extension LibrarySchema {
    /// Schema 2: several sources, readers' marks, corrections by hand, hidden rows, lineage.
    ///
    /// Breaking, since an edition's key is unique within its source only, and works are found by keys that may be several.
    static let readers = Migration(.breaking) { db in
        for part in [editionsOfSources, marks, lineage, names] { try db.execute(sql: part) }
    }

    private static let editionsOfSources = """
        CREATE TABLE works2 (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
        INSERT INTO works2 SELECT id FROM works;

        CREATE TABLE editions2 (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            workId TEXT NOT NULL REFERENCES works (id),
            joinedBy TEXT NOT NULL,
            file TEXT NOT NULL,
            hidden INTEGER NOT NULL DEFAULT 0,
            digest BLOB,
            sourceID TEXT,
            isbn13 TEXT,
            title TEXT NOT NULL,
            subtitle TEXT,
            authors TEXT NOT NULL,
            series TEXT,
            categories TEXT NOT NULL,
            year INTEGER,
            pages INTEGER,
            language TEXT,
            averageRating REAL,
            ratingsCount INTEGER NOT NULL,
            description TEXT,
            coverURL TEXT,
            UNIQUE (source, key)
        );
        INSERT INTO editions2 (
            id, source, key, workId, joinedBy, file, isbn13, title, subtitle, authors, categories, year, pages,
            averageRating, ratingsCount, description, coverURL)
        SELECT
            id, 'catalogue', key, workId,
            CASE WHEN id = (SELECT MIN(e.id) FROM editions e WHERE e.workId = editions.workId)
                THEN 'first' ELSE 'titleAuthor' END,
            source, isbn13, title, subtitle, authors, categories, year, pages, averageRating, ratingsCount,
            description, coverURL
        FROM editions;

        DROP TABLE editions;
        DROP TABLE works;
        ALTER TABLE works2 RENAME TO works;
        ALTER TABLE editions2 RENAME TO editions;
        CREATE INDEX editionsByWork ON editions (workId);
        CREATE INDEX editionsByISBN ON editions (isbn13) WHERE isbn13 IS NOT NULL;

        -- What leads an edition to its work by title and author; several keys where works were joined by hand.
        CREATE TABLE workKeys (
            key TEXT PRIMARY KEY NOT NULL,
            workId TEXT NOT NULL REFERENCES works (id),
            byHand INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
        CREATE INDEX workKeysByWork ON workKeys (workId);
        -- Editions that belong to a work because a person said so.
        CREATE TABLE pins (
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            workId TEXT NOT NULL REFERENCES works (id),
            PRIMARY KEY (source, key)
        ) WITHOUT ROWID;
        CREATE INDEX pinsByWork ON pins (workId);
        -- Works that were joined to another, so that what names them still finds it.
        CREATE TABLE workAliases (
            id TEXT PRIMARY KEY NOT NULL,
            workId TEXT NOT NULL REFERENCES works (id)
        ) WITHOUT ROWID;
        CREATE INDEX workAliasesByWork ON workAliases (workId);
        -- Names that a source gives apart from the books: Open Library's authors.
        CREATE TABLE people (
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (key, source)
        ) WITHOUT ROWID;
        -- Other names that a source's files call an edition by.
        CREATE TABLE editionAliases (
            source TEXT NOT NULL,
            alias TEXT NOT NULL,
            key TEXT NOT NULL,
            PRIMARY KEY (source, alias)
        ) WITHOUT ROWID;
        CREATE INDEX editionAliasesByKey ON editionAliases (source, key);
        CREATE TABLE settings (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
        """

    private static let marks = """
        CREATE TABLE readers (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            simulated INTEGER NOT NULL DEFAULT 0,
            UNIQUE (source, name)
        );
        -- What readers of a source rate, and the work it is, once that is known.
        CREATE TABLE items (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            isbn13 TEXT,
            title TEXT,
            authors TEXT,
            workKey TEXT,
            workId TEXT REFERENCES works (id),
            method TEXT,
            confidence REAL,
            UNIQUE (source, key)
        );
        CREATE INDEX itemsByISBN ON items (isbn13) WHERE isbn13 IS NOT NULL;
        CREATE INDEX itemsByWorkKey ON items (workKey) WHERE workKey IS NOT NULL;
        CREATE INDEX itemsByWork ON items (workId) WHERE workId IS NOT NULL;
        -- shelf: 0 read, 1 reading, 2 wants to read, 3 abandoned. day: since 1970-01-01.
        CREATE TABLE ratings (
            readerId INTEGER NOT NULL REFERENCES readers (id),
            itemId INTEGER NOT NULL REFERENCES items (id),
            stars REAL,
            shelf INTEGER NOT NULL,
            day INTEGER,
            PRIMARY KEY (readerId, itemId)
        ) WITHOUT ROWID;
        CREATE TABLE tags (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            name TEXT,
            UNIQUE (source, key)
        );
        CREATE TABLE itemTags (
            itemId INTEGER NOT NULL REFERENCES items (id),
            tagId INTEGER NOT NULL REFERENCES tags (id),
            count INTEGER NOT NULL,
            PRIMARY KEY (itemId, tagId)
        ) WITHOUT ROWID;
        """

    private static let lineage = """
        ALTER TABLE runs RENAME TO oldRuns;
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            source TEXT NOT NULL,
            file TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            startedAt TEXT NOT NULL,
            finishedAt TEXT NOT NULL,
            codeVersion TEXT NOT NULL,
            format TEXT NOT NULL,
            report TEXT NOT NULL
        );
        INSERT INTO runs
        SELECT id, 'books', 'catalogue', source, sha256, 0, COALESCE(json_extract(report, '$.rows'), 0), finishedAt,
            finishedAt, codeVersion, '', report
        FROM oldRuns;
        DROP TABLE oldRuns;

        ALTER TABLE quarantine RENAME TO oldQuarantine;
        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY,
            runId INTEGER NOT NULL REFERENCES runs (id),
            line INTEGER NOT NULL,
            rule TEXT NOT NULL,
            field TEXT,
            value TEXT,
            remedy TEXT NOT NULL,
            row TEXT NOT NULL
        );
        INSERT INTO quarantine
        SELECT q.id, (SELECT MAX(r.id) FROM runs r WHERE r.file = q.source), line, rule, field, value, remedy, row
        FROM oldQuarantine q WHERE EXISTS (SELECT 1 FROM runs r WHERE r.file = q.source);
        DROP TABLE oldQuarantine;
        CREATE INDEX quarantineByRun ON quarantine (runId, line);
        CREATE INDEX runsByFile ON runs (kind, source, file);
        """

    private static let names = """
        CREATE VIRTUAL TABLE editionNames USING fts5 (
            title, subtitle, authors, content = 'editions', content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO editionNames (editionNames) VALUES ('rebuild');
        CREATE TRIGGER editionNamed AFTER INSERT ON editions BEGIN
            INSERT INTO editionNames (rowid, title, subtitle, authors)
            VALUES (new.id, new.title, new.subtitle, new.authors);
        END;
        CREATE TRIGGER editionGone AFTER DELETE ON editions BEGIN
            INSERT INTO editionNames (editionNames, rowid, title, subtitle, authors)
            VALUES ('delete', old.id, old.title, old.subtitle, old.authors);
        END;
        CREATE TRIGGER editionRenamed AFTER UPDATE OF title, subtitle, authors ON editions
        WHEN old.title IS NOT new.title OR old.subtitle IS NOT new.subtitle OR old.authors IS NOT new.authors BEGIN
            INSERT INTO editionNames (editionNames, rowid, title, subtitle, authors)
            VALUES ('delete', old.id, old.title, old.subtitle, old.authors);
            INSERT INTO editionNames (rowid, title, subtitle, authors)
            VALUES (new.id, new.title, new.subtitle, new.authors);
        END;
        """
}
