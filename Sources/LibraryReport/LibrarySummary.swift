public import CatalogStore

/// The library in a few lines, for a terminal.
public struct LibrarySummary: Sendable, CustomStringConvertible {
    public let description: String

    public init(_ profile: LibraryProfile) {
        let totals = profile.totals
        func count(_ number: Int, _ one: String, _ many: String) -> String { Wording.count(number, one, many) }
        var lines = [
            "\(count(totals.works, "work", "works")), \(count(totals.editions, "edition", "editions"))"
                + (totals.hiddenEditions > 0 ? " (\(Wording.grouped(totals.hiddenEditions)) hidden)" : ""),
            "\(count(totals.readers, "reader", "readers")), \(count(totals.ratings, "rating", "ratings")), "
                + count(totals.unratedMarks, "mark without stars", "marks without stars"),
        ]
        if totals.simulatedReaders > 0 {
            lines.append(
                "apart from them \(count(totals.simulatedReaders, "simulated reader", "simulated readers")) with "
                    + count(totals.simulatedMarks, "mark", "marks"))
        }
        if let unmatched = profile.itemJoins.first(where: { $0.method == "unmatched" }), totals.ratings > 0 {
            lines.append("\(Wording.percent(1 - unmatched.shareOfRatings)) of the ratings are of a work that is known")
        }
        if totals.editions > totals.hiddenEditions {
            let facts = profile.completeness.map { "\($0.field) \(Wording.percent($0.share))" }
            lines.append("known of editions: \(facts.joined(separator: ", "))")
        }
        lines.append(
            "\(count(totals.quarantined, "row", "rows")) in quarantine, \(count(totals.runs, "run", "runs"))")
        if let last = profile.lastRuns.first {
            lines.append(
                "last run: \(last.file) at \(Wording.moment(last.finishedAt)), \(LibraryPage.outcome(last.counts))")
        }
        description = lines.joined(separator: "\n")
    }
}
