import GRDB

extension LibraryProfiler {
    /// What each source brought.
    mutating func countSources() throws {
        var sources = readersOfSources
        // In the order of the index by source and key.
        for row in try Row.fetchAll(db, sql: "SELECT source, COUNT(*) FROM editions GROUP BY source") {
            sources[row[0], default: .init(name: row[0])].editions = row[1]
        }
        if profile.totals.hiddenEditions > 0 {
            let sql = "SELECT +source, COUNT(*) FROM editions WHERE hidden GROUP BY +source"
            for row in try Row.fetchAll(db, sql: sql) {
                sources[row[0], default: .init(name: row[0])].editions -= row[1]
            }
        }
        let sorted = sources.values.filter { $0.size > 0 }.sorted { ($1.size, $0.name) < ($0.size, $1.name) }
        profile.sources = Array(sorted.prefix(LibraryProfile.limit))
        profile.moreSources = sorted.count - profile.sources.count
    }

    /// Tags, refused rows and runs.
    mutating func countLineage() throws {
        profile.totals.tags = try count("SELECT COUNT(*) FROM tags")
        profile.totals.taggings = try count("SELECT COUNT(*) FROM itemTags")
        profile.totals.runs = try count("SELECT COUNT(*) FROM runs")
        try countQuarantine()
        try readLastRuns()
    }

    private mutating func countQuarantine() throws {
        var (rules, files): ([String: Int], [String: Int]) = ([:], [:])
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT source, file, rule, refused
                FROM (SELECT runId, rule, COUNT(*) AS refused FROM quarantine GROUP BY runId, rule)
                LEFT JOIN runs ON runs.id = runId
                """)
        while let row = try rows.next() {
            let count = row["refused"] as Int
            profile.totals.quarantined += count
            rules[row["rule"], default: 0] += count
            files["\(row["file"] ?? "?") (\(row["source"] ?? "?"))", default: 0] += count
        }
        profile.quarantineByRule = Ranking(rules)
        profile.quarantineByFile = Ranking(files)
    }

    /// The counts are read with care, since other versions of the program may have written other reports.
    private mutating func readLastRuns() throws {
        let names = ["rows", "accepted", "merged", "updated", "unchanged", "quarantined", "unmatched", "ignored"]
        let counts = names.map { name in
            """
            CASE WHEN json_type(told, '$.\(name)') = 'integer' AND typeof(json_extract(told, '$.\(name)')) = 'integer'
                THEN json_extract(told, '$.\(name)') END AS "told.\(name)"
            """
        }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT kind, source, file, finishedAt, codeVersion, rows, \(counts.joined(separator: ", ")),
                    COUNT(*) OVER () AS files
                FROM (
                    SELECT *, CASE WHEN json_valid(report) THEN report ELSE '{}' END AS told FROM runs
                    WHERE id IN (SELECT MAX(id) FROM runs GROUP BY kind, source, file)
                )
                ORDER BY id DESC LIMIT ?
                """, arguments: [LibraryProfile.runLimit])
        profile.moreFiles = (rows.first?["files"] ?? 0) - rows.count
        profile.lastRuns = rows.map { row in
            LibraryProfile.LastRun(
                kind: row["kind"], source: row["source"], file: row["file"], finishedAt: row["finishedAt"],
                codeVersion: row["codeVersion"],
                counts: .init(
                    rows: row["told.rows"] ?? row["rows"], accepted: row["told.accepted"], merged: row["told.merged"],
                    updated: row["told.updated"], unchanged: row["told.unchanged"],
                    quarantined: row["told.quarantined"], unmatched: row["told.unmatched"],
                    ignored: row["told.ignored"]))
        }
    }
}
