import Catalog
import Recommender

extension Book: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("authors", authors)
            json.member("averageRating", averageRating)
            json.member("categories", categories)
            json.member("coverUrl", coverUrl)
            json.member("description", description)
            json.member("id", id.rawValue)
            json.member("impression", impression)
            json.member("isbn13s", isbn13s.map(\.digits))
            json.member("language", language)
            json.member("pages", pages)
            json.member("ratingsCount", ratingsCount)
            json.member("series", series)
            json.member("subtitle", subtitle)
            json.member("title", title)
            json.member("year", year)
        }
    }
}

extension BookHit: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("book", book)
            if let explanation { json.member("explanation", explanation) }
            if let features { json.member("features", features) }
            json.member("passage", passage)
            json.member("reasons", reasons)
            json.member("score", score)
        }
    }
}

extension Reason: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("contribution", contribution)
            json.member("kind", kind.rawValue)
            json.member("text", text)
        }
    }
}

extension LegExplanation: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("contribution", contribution)
            json.member("leg", leg.name)
            json.member("rank", rank)
            json.member("value", value)
            json.member("weight", weight)
        }
    }
}

extension FeatureExplanation: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("contribution", contribution)
            json.member("feature", feature)
            json.member("value", value)
            json.member("weight", weight)
        }
    }
}

extension Passage: JSONWritable {
    func write(to json: inout JSONWriter) { json.object { $0.member("pieces", pieces) } }
}

extension Passage.Piece: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("isMatch", isMatch)
            json.member("text", text)
        }
    }
}
