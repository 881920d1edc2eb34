import HTTPTypes
import Hummingbird
import Mustache
import NIOCore

/// The compiled templates, and what every page has around its content.
struct PageRenderer: Sendable {
    enum Template: String, CaseIterable {
        case home, results, book, documentation, problem
    }

    /// A template that is missing from the program.
    struct MissingTemplate: Error, CustomStringConvertible {
        let name: String
        var description: String { "The page “\(name)” is not in the program." }
    }

    /// What stands around the content of a page.
    struct Frame {
        let serviceName: String
        /// The page's own name, without the service's.
        let title: String
        let summary: String
        /// What the search field holds.
        let query: String
        let hasHeaderSearch: Bool
        let isIndexed: Bool
        let styleAddress = Asset.style.address
        let scriptAddress = Asset.script.address
    }

    let serviceName: String
    private let library: MustacheLibrary

    /// - Throws: When a template is malformed.
    init(serviceName: String) throws {
        self.serviceName = serviceName
        MustacheContentTypes.register(Markup(), named: Markup.name)
        var library = MustacheLibrary()
        for (name, bytes) in Self.sources {
            // A partial starts again with the library's own escaping: every file must ask for ours.
            let source = "{{% CONTENT_TYPE: \(Markup.name)}}\n" + String(decoding: bytes, as: UTF8.self)
            try library.register(source, named: name)
        }
        self.library = library
    }

    static let sources: [String: [UInt8]] = [
        "layout": PackageResources.layout_mustache,
        "search-form": PackageResources.search_form_mustache,
        "facets": PackageResources.facets_mustache,
        "facet-value": PackageResources.facet_value_mustache,
        "hit": PackageResources.hit_mustache,
        "label": PackageResources.label_mustache,
        "opinion": PackageResources.opinion_mustache,
        "home": PackageResources.home_mustache,
        "results": PackageResources.results_mustache,
        "book": PackageResources.book_mustache,
        "documentation": PackageResources.documentation_mustache,
        "problem": PackageResources.problem_mustache,
    ]

    func frame(
        title: String, summary: String, query: String = "", hasHeaderSearch: Bool = true, isIndexed: Bool = true
    ) -> Frame {
        Frame(
            serviceName: serviceName, title: title, summary: summary, query: query,
            hasHeaderSearch: hasHeaderSearch, isIndexed: isIndexed)
    }

    func html(_ view: Any, template: Template) throws -> String {
        guard let html = library.render(view, withTemplate: template.rawValue) else {
            throw MissingTemplate(name: template.rawValue)
        }
        return html
    }

    func response(
        _ view: Any, template: Template, status: HTTPResponse.Status = .ok, cacheControl: String = "no-cache"
    ) throws -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: cacheControl],
            body: ResponseBody(byteBuffer: ByteBuffer(string: try html(view, template: template))))
    }

    /// The error page.
    func problem(_ problem: Problem, requestID: RequestID) throws -> Response {
        let view = ProblemView(
            frame: frame(title: problem.code.title, summary: problem.detail, isIndexed: false), problem: problem,
            requestID: requestID)
        return try response(view, template: .problem, status: problem.code.status, cacheControl: "no-store")
    }
}
