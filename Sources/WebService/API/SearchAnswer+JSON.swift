import Catalog
import Recommender

extension Facet: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name.rawValue)
            json.member("parameters", parameters)
            json.member("values", values)
        }
    }

    private var parameters: [String] { name.parameters.map(\.rawValue).sorted() }
}

extension Facet.Value: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("count", count)
            json.member("name", name)
            json.member("value", value)
        }
    }
}

extension Understanding: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("corrections", corrections)
            json.member("isbn", isbn)
        }
    }
}

extension Understanding.Correction: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("from", from)
            json.member("to", to)
        }
    }
}

extension NoResult: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("nearest", nearest.map(\.withServedCover))
            json.member("obstacles", obstacles)
            json.member("text", text)
        }
    }
}

extension NoResult.Obstacle: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("countWithout", countWithout)
            json.member("parameter", parameter)
        }
    }
}

extension Suggestion: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("authors", authors)
            json.member("book", book?.rawValue)
            json.member("kind", kind.rawValue)
            json.member("readers", readers)
            json.member("text", text)
        }
    }
}
