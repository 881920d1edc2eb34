import CatalogStore

extension LibraryPage {
    /// What each source brought.
    static func sources(_ profile: LibraryProfile) -> Chapter {
        var figure = Figure(id: "source-table", title: "What each source brought", empty: "Nothing was taken in yet.")
        if !profile.sources.isEmpty {
            figure.empty = nil
            figure.remarks =
                profile.moreSources > 0
                ? ["And \(Wording.count(profile.moreSources, "source more", "sources more"))."] : []
            figure.table = Figure.Table(
                caption: figure.title, columns: ["Source", "Editions", "Readers", "Ratings"],
                rows: profile.sources.map {
                    .init(name: $0.name, cells: [$0.editions, $0.readers, $0.ratings].map(Wording.grouped))
                }, isFolded: false)
        }
        return Chapter(anchor: "sources", title: "Sources", isWide: true, figures: [figure])
    }

    /// What was refused, by rule and by file.
    static func quarantine(_ profile: LibraryProfile) -> Chapter {
        let rows = (one: "row", many: "rows")
        let figures = [
            Figure(
                id: "by-rule", title: "By rule", unit: rows, column: "Rule", profile.quarantineByRule,
                more: ("rule more", "rules more"), empty: "No row is in quarantine."),
            Figure(
                id: "by-file", title: "By file", unit: rows, column: "File and source", profile.quarantineByFile,
                more: ("file more", "files more"), empty: "No file has a row in quarantine."),
        ]
        return Chapter(anchor: "quarantine", title: "Quarantine", figures: figures)
    }

    /// The last run of each file.
    static func runs(_ profile: LibraryProfile) -> Chapter {
        var figure = Figure(id: "run-table", title: "The last run of each file", empty: "Nothing was taken in yet.")
        if !profile.lastRuns.isEmpty {
            figure.empty = nil
            figure.remarks =
                ["The latest first."]
                + (profile.moreFiles > 0
                    ? ["\(Wording.count(profile.moreFiles, "file more", "files more")) came in before."] : [])
            figure.table = Figure.Table(
                caption: figure.title, columns: ["File", "Source", "When", "What became of the rows"],
                rows: profile.lastRuns.map { run in
                    .init(
                        name: run.file,
                        cells: ["\(run.source), \(run.kind)", Wording.moment(run.finishedAt), outcome(run.counts)])
                }, isFolded: false, isOfWords: true)
        }
        return Chapter(anchor: "runs", title: "What changed", isWide: true, figures: [figure])
    }

    /// `6,810 rows: 6,621 accepted, 189 merged`
    static func outcome(_ counts: LibraryProfile.LastRun.Counts) -> String {
        let parts = [
            (counts.accepted, "accepted"), (counts.merged, "merged"), (counts.updated, "updated"),
            (counts.unchanged, "unchanged"), (counts.quarantined, "quarantined"), (counts.unmatched, "unmatched"),
            (counts.ignored, "ignored"),
        ].compactMap { count, name in
            count.flatMap { $0 == 0 ? nil : "\(Wording.grouped($0)) \(name)" }
        }
        let rows = counts.rows.map { Wording.count($0, "row", "rows") } ?? "The run does not tell its rows"
        return parts.isEmpty ? rows : "\(rows): \(parts.joined(separator: ", "))"
    }
}
