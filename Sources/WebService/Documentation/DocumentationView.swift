import HTTPTypes

/// The API's documentation in words, made from the OpenAPI document.
struct DocumentationView {
    let frame: PageRenderer.Frame
    let version: String
    let introduction: [String]
    let sections: [Section]
    let schemas: [SchemaView]
    let problems: [ProblemEntry]

    struct Section {
        let name: String
        let anchor: String
        let description: String
        let operations: [OperationView]
    }

    struct OperationView {
        let anchor: String
        let method: String
        let path: String
        let summary: String
        let explanation: String?
        let parameters: [Row]
        let hasParameters: Bool
        let responses: [Row]
        let example: String?
    }

    /// A line of a table: a name, what kind of thing it is, and what it means.
    struct Row {
        let name: String
        let kind: String
        let meaning: String
    }

    struct SchemaView {
        let name: String
        let anchor: String
        let meaning: String
        let rows: [Row]
    }

    struct ProblemEntry {
        let code: String
        let anchor: String
        let status: String
        let title: String
    }

    init(_ api: APIDescription, frame: PageRenderer.Frame) throws {
        self.frame = frame
        version = api.info.version
        introduction = api.info.description.split(separator: "\n").map(String.init)
        sections = try api.tags.map { tag in
            Section(
                name: tag.name, anchor: "section-\(PercentCoding.encode(tag.name))", description: tag.description,
                operations: try Self.operations(of: api, tag: tag.name))
        }
        schemas = api.components.schemas.sorted { $0.key < $1.key }.map { name, schema in
            SchemaView(
                name: name, anchor: "schema-\(name)", meaning: schema.description ?? "",
                rows: Self.rows(of: schema))
        }
        problems = Problem.Code.allCases.map {
            ProblemEntry(
                code: $0.rawValue, anchor: "problem-\($0.rawValue)", status: String($0.status.code), title: $0.title)
        }
    }

    private static func operations(of api: APIDescription, tag: String) throws -> [OperationView] {
        try api.paths.sorted { $0.key < $1.key }.flatMap { path, operations in
            try operations.sorted { $0.key < $1.key }.filter { $0.value.tags.contains(tag) }.map { method, operation in
                try view(of: operation, method: method, path: path, in: api.components)
            }
        }
    }

    private static func view(
        of operation: APIDescription.Operation, method: String, path: String, in components: APIDescription.Components
    ) throws -> OperationView {
        let parameters = (operation.parameters ?? []).map { parameter in
            parameter.reference.flatMap { components.parameters[name(of: $0)] } ?? parameter
        }
        let responses = operation.responses.sorted { $0.key < $1.key }.map { status, answer in
            (status, answer.reference.flatMap { components.responses[name(of: $0)] } ?? answer)
        }
        let rows =
            parameters.map { parameter in
                let need = parameter.required == true ? "required" : "optional"
                let kind = parameter.schema.map { Self.kind(of: $0) } ?? ""
                return Row(
                    name: parameter.name ?? "", kind: "\(kind), \(need), in the \(parameter.location ?? "")",
                    meaning: parameter.description ?? "")
            } + (operation.requestBody.map { [row(of: $0)] } ?? [])
        return OperationView(
            anchor: "operation-\(operation.operationId)", method: method.uppercased(), path: path,
            summary: operation.summary, explanation: operation.description,
            parameters: rows,
            hasParameters: !rows.isEmpty,
            responses: responses.map { status, answer in
                Row(
                    name: status, kind: answer.content?.keys.sorted().joined(separator: ", ") ?? "",
                    meaning: answer.description ?? "")
            },
            example: try responses.first { $0.0 == "200" }?.1.content?.values.compactMap(\.example).first?.indented)
    }

    /// What the body of a request must be.
    private static func row(of body: APIDescription.Body) -> Row {
        let contents = body.content.sorted { $0.key < $1.key }
        let kinds = contents.map { type, content in
            let kind = content.schema.map { Self.kind(of: $0) } ?? "any"
            let fields = content.schema?.properties.map { " of \($0.keys.sorted().joined(separator: ", "))" } ?? ""
            return "\(kind)\(fields) as \(type)"
        }
        return Row(
            name: "body", kind: kinds.joined(separator: " or ") + ", required", meaning: body.description ?? "")
    }

    /// One line per property. Only an array has an order in JSON: the required ones come in theirs, then the others.
    private static func rows(of schema: APIDescription.Schema) -> [Row] {
        let properties = schema.properties ?? [:]
        let required = schema.required ?? []
        let optional = properties.keys.filter { !required.contains($0) }.sorted()
        return (required + optional).compactMap { name in
            properties[name].map { property in
                let need = required.contains(name) ? "" : ", optional"
                return Row(name: name, kind: kind(of: property) + need, meaning: property.description ?? "")
            }
        }
    }

    /// The kind of value in a few words: `integer, 1 to 100, else 10`.
    private static func kind(of schema: APIDescription.Schema) -> String {
        if let reference = schema.reference { return name(of: reference) }
        let kinds = schema.type?.names.map { name in
            name == "array" ? "list of " + (schema.items.map { Self.kind(of: $0) } ?? "any") : name
        }
        var kind = kinds?.joined(separator: " or ") ?? "any"
        if let values = schema.values { kind += " (\(values.joined(separator: ", ")))" }
        switch (schema.minimum, schema.maximum) {
        case (let low?, let high?):
            kind += ", \(Wording.decimal(low, places: 0)) to \(Wording.decimal(high, places: 0))"
        case (let low?, nil):
            kind += ", from \(Wording.decimal(low, places: 0))"
        default: break
        }
        if let standard = schema.standard, let text = try? standard.indented { kind += ", else \(text)" }
        return kind
    }

    private static func name(of reference: String) -> String {
        reference.split(separator: "/").last.map(String.init) ?? reference
    }
}
