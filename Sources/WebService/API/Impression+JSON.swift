import Catalog
import Recommender

extension Impression: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("contentNotes", contentNotes)
            json.member("emotions", emotions)
            json.member("genres", genres.map(\.rawValue))
            json.member("isFiction", isFiction)
            json.member("length", length?.rawValue)
            json.member("moods", moods)
            json.member("pace", pace?.rawValue)
        }
    }
}

extension Impression.MoodStrength: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("evidence", evidence)
            json.member("mood", mood.rawValue)
            json.member("percentile", percentile)
            json.member("strength", strength)
        }
    }
}

extension Impression.EmotionStrength: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("emotion", emotion.rawValue)
            json.member("percentile", percentile)
            json.member("strength", strength)
        }
    }
}

extension Impression.NoteEvidence: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("evidence", evidence)
            json.member("note", note.rawValue)
            json.member("probability", probability)
        }
    }
}
