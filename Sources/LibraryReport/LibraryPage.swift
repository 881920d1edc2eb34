public import CatalogStore
import Mustache

/// The library in figures, as one HTML page that needs nothing else: no script, no picture, no address.
///
/// Every text of the library goes through the templates' escaping, since a catalogue's words are data.
public struct LibraryPage {
    /// A template that is missing from the program.
    struct MissingTemplate: Error, CustomStringConvertible {
        var description: String { "The page “report” is not in the program." }
    }

    /// A figure that stands at the head of the page.
    struct Total {
        let term: String
        let value: String
        var remark: String?
    }

    let madeAt: String
    let totals: [Total]
    /// What is said of simulated readers.
    let simulated: String
    /// What is said of hidden editions.
    let hidden: String?
    let chapters: [Chapter]
    let style = String(decoding: PackageResources.report_css, as: UTF8.self)

    /// - Parameter madeAt: ISO 8601, UTC, to the second.
    public init(_ profile: LibraryProfile, madeAt: String) {
        self.madeAt = Wording.moment(madeAt)
        totals = Self.totals(profile.totals, sources: profile.sources.count + profile.moreSources)
        simulated = Self.simulated(profile.totals)
        hidden = Self.hidden(profile.totals)
        chapters = [
            Self.books(profile), Self.readers(profile), Self.works(profile), Self.sources(profile),
            Self.quarantine(profile), Self.runs(profile),
        ]
    }

    /// - Throws: When a template is malformed or missing.
    public func html() throws -> String {
        guard let html = try Self.templates().render(self, withTemplate: "report") else { throw MissingTemplate() }
        return html
    }

    static func templates() throws -> MustacheLibrary {
        MustacheContentTypes.register(Markup(), named: Markup.name)
        var library = MustacheLibrary()
        for (name, bytes) in [
            "report": PackageResources.report_mustache, "figure": PackageResources.figure_mustache,
            "plot": PackageResources.plot_mustache, "table": PackageResources.table_mustache,
        ] {
            // A partial starts again with the library's own escaping: every file must ask for ours.
            try library.register(
                "{{% CONTENT_TYPE: \(Markup.name)}}\n" + String(decoding: bytes, as: UTF8.self), named: name)
        }
        return library
    }

    private static func totals(_ totals: LibraryProfile.Totals, sources: Int) -> [Total] {
        func grouped(_ count: Int) -> String { Wording.grouped(count) }
        func remark(_ count: Int, _ one: String, _ many: String) -> String? {
            count == 0 ? nil : "and \(Wording.count(count, one, many))"
        }
        return [
            Total(term: "Works", value: grouped(totals.works)),
            Total(
                term: "Editions", value: grouped(totals.editions),
                remark: totals.hiddenEditions == 0 ? nil : "\(grouped(totals.hiddenEditions)) of them hidden"),
            Total(term: "Readers", value: grouped(totals.readers)),
            Total(
                term: "Ratings", value: grouped(totals.ratings),
                remark: remark(totals.unratedMarks, "mark without stars", "marks without stars")),
            Total(
                term: "Rated items", value: grouped(totals.ratedItems),
                remark: totals.otherItems == 0 ? nil : "and \(grouped(totals.otherItems)) that no reader marked"),
            Total(
                term: "Simulated readers", value: grouped(totals.simulatedReaders),
                remark: totals.simulatedReaders == 0
                    ? nil : "with \(Wording.count(totals.simulatedMarks, "mark", "marks"))"),
            Total(
                term: "Tags", value: grouped(totals.tags),
                remark: totals.taggings == 0 ? nil : "given to items \(Wording.count(totals.taggings, "time", "times"))"
            ),
            Total(term: "Rows in quarantine", value: grouped(totals.quarantined)),
            Total(term: "Sources", value: grouped(sources)),
            Total(term: "Runs", value: grouped(totals.runs)),
        ]
    }

    static func simulated(_ totals: LibraryProfile.Totals) -> String {
        let rule = "Simulated readers are left out of every figure on this page but their own."
        guard totals.simulatedReaders > 0 else { return "\(rule) There are none in this library." }
        return
            "\(rule) This library has \(Wording.count(totals.simulatedReaders, "simulated reader", "simulated readers")) "
            + "with \(Wording.count(totals.simulatedMarks, "mark", "marks"))."
    }

    static func hidden(_ totals: LibraryProfile.Totals) -> String? {
        guard totals.hiddenEditions > 0 else { return nil }
        return
            "\(Wording.count(totals.hiddenEditions, "edition is", "editions are")) hidden and left out of the figures below."
    }
}
