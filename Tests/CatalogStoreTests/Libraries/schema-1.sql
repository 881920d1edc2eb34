-- A library as the program of schema 1 wrote it: `ingest books` of seven rows, dumped by Python's sqlite3.
PRAGMA foreign_keys = OFF;
PRAGMA user_version = 1;
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
INSERT INTO "editions" VALUES(1,'jynzy51fy4','isbn:9780141439518','9780141439518','Pride and Prejudice',NULL,'["Jane Austen"]','["Classics","Romance"]',1813,279,4.25,2500000,'Five sisters, one entail.',NULL,'books.csv');
INSERT INTO "editions" VALUES(2,'jynzy51fy4','isbn:9780679783268','9780679783268','Pride and Prejudice','A Novel','["Jane Austen"]','["Classics"]',2000,NULL,4.2,100,NULL,NULL,'books.csv');
INSERT INTO "editions" VALUES(3,'qrdwt3zwah','text:the tides|||',NULL,'The Tides',NULL,'[]','[]',NULL,NULL,NULL,0,'No author is known.',NULL,'books.csv');
INSERT INTO "editions" VALUES(4,'mqvgs6g3fs','isbn:9780307277671','9780307277671','Quotes "here" / there',NULL,'["Anne O’Hara","Bo Lund"]','[]',NULL,NULL,NULL,0,NULL,NULL,'books.csv');
INSERT INTO "editions" VALUES(5,'wa11s8atjr','isbn:9780061205699','9780061205699','The Hobbit (The Hobbit)',NULL,'["J.R.R. Tolkien"]','[]',NULL,NULL,NULL,0,NULL,NULL,'books.csv');
INSERT INTO "editions" VALUES(6,'0rn6qg2an1','isbn:9780618260300','9780618260300','The Hobbit',NULL,'["J. R. R. Tolkien"]','[]',NULL,NULL,NULL,0,NULL,NULL,'books.csv');
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1');
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
INSERT INTO "quarantine" VALUES(1,'books.csv',6,'invalidISBN','isbn13','123','Its length or check digit is wrong. Correct it, or leave the field empty.','123,Wrong ISBN,,Someone,,,,,,');
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    finishedAt TEXT NOT NULL,
    codeVersion TEXT NOT NULL,
    report TEXT NOT NULL
);
INSERT INTO "runs" VALUES(1,'books.csv','b169de1d28e3187f983705f8d53f167742c0215a686ebee7c45022762f50c516','2026-11-23T13:19:18Z','0.1.0 (unknown)','{"accepted":5,"byRule":{"invalidISBN":1},"merged":1,"quarantined":1,"rows":7,"sha256":"b169de1d28e3187f983705f8d53f167742c0215a686ebee7c45022762f50c516","source":"books.csv","unchanged":0,"updated":0}');
CREATE TABLE works (
    id TEXT PRIMARY KEY NOT NULL,
    mergeKey TEXT UNIQUE
) WITHOUT ROWID;
INSERT INTO "works" VALUES('0rn6qg2an1','the hobbit||j r r tolkien');
INSERT INTO "works" VALUES('jynzy51fy4','pride and prejudice||jane austen');
INSERT INTO "works" VALUES('mqvgs6g3fs','quotes here there||anne ohara');
INSERT INTO "works" VALUES('qrdwt3zwah',NULL);
INSERT INTO "works" VALUES('wa11s8atjr','the hobbit the hobbit||j r r tolkien');
CREATE INDEX editionsByWork ON editions (workId);
CREATE INDEX quarantineBySource ON quarantine (source, line);
