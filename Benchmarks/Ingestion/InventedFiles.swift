import Foundation

/// Files of invented books and ratings, the same every time.
enum InventedFiles {
    static func write(books count: Int, to url: URL) throws {
        var text = "isbn13,title,authors,categories,published_year,num_pages,average_rating,ratings_count,description\n"
        for number in 0..<count {
            let description = (0..<40).map { "word\((number &* 31 &+ $0 &* 17) % 997)" }.joined(separator: " ")
            text +=
                "\(isbn(number)),\"Title \(number / 3), the \(number % 7)\",First\(number % 911) Last\(number % 577),"
            text += "Fiction;Sea,\(1900 + number % 120),\(100 + number % 600),\(3 + Double(number % 20) / 10),"
            text += "\(number % 9_973),\(description)\n"
        }
        try write(text, to: url)
    }

    static func write(ratings count: Int, of books: Int, to url: URL) throws {
        var text = "user_id,isbn13,rating\n"
        var state: UInt64 = 1
        for row in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += "\(row / 100),\(isbn(Int(state >> 33) % books)),\(1 + Int(state >> 20) % 5)\n"
        }
        try write(text, to: url)
    }

    private static func write(_ text: String, to url: URL) throws {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private static func isbn(_ number: Int) -> String {
        // Nine digits; below, a number of nothing but zeros would be taken for the placeholder that it is.
        let digits = "978\(300_000_000 + number)"
        let sum = zip(digits, 0...).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * ($1.1.isMultiple(of: 2) ? 1 : 3) }
        return digits + "\((10 - sum % 10) % 10)"
    }
}
