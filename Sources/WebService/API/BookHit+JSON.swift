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
            json.member("pages", pages)
            json.member("ratingsCount", ratingsCount)
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
