import Artifacts
import Catalog
import CatalogStore
import CollaborativeFiltering
import Crypto
import Enrichment
import Foundation
import Recommender

/// All works of a library at one moment, in the order of their rows, with what is known of their genres, and a digest that
/// changes when any fact does.
struct Catalogue {
    let works: [Work]
    /// What each work's categories say.
    let filings: [Filing]
    /// What its readers' shelves say; nil for works that none has shelved.
    let shelfFilings: [Filing?]
    /// What readers say of the labels of works that are here, by row.
    let opinions: [(row: Int, opinion: LabelOpinion)]
    /// Who likes which work, by row; of every reader who marked one, whether they like any or not.
    let likes: Interactions
    /// How strongly each of these readers is drawn to what they marked: see `ReaderSignal`.
    let signals: Interactions
    /// Whether each of these readers is simulated.
    let readersAreSimulated: [Bool]
    /// SHA-256, lower-case hexadecimal.
    let digest: String

    init(_ library: Library) throws {
        let scheme = try GenreScheme.standard()
        let shelves = try library.shelvesByWork()
        var works: [Work] = []
        var shelfFilings: [Filing?] = []
        var hash = SHA256()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try library.forEachWork { work in
            works.append(work)
            hash.update(data: try encoder.encode(Book(work)))
            let own = shelves[work.id] ?? []
            for shelf in own { hash.update(data: Data("\(shelf.name)\t\(shelf.count)\n".utf8)) }
            shelfFilings.append(scheme.filing(shelves: own))
        }
        let rows = Dictionary(uniqueKeysWithValues: zip(works.map(\.id), works.indices))
        opinions = try library.labelOpinions().compactMap { opinion in rows[opinion.work].map { ($0, opinion) } }
        for (row, opinion) in opinions {
            hash.update(data: Data("\(row)\t\(opinion.label.code)\t\(opinion.reader)\t\(opinion.value)\n".utf8))
        }
        var (liked, drawn) = (
            Interactions.Builder(itemCount: works.count), Interactions.Builder(itemCount: works.count)
        )
        var simulated: [Bool] = []
        try LibraryReader.forEach(in: library, rows: rows) { reader in
            simulated.append(reader.isSimulated)
            liked.add(reader.marks.filter(\.isLike).map { Signal(item: $0.row) })
            drawn.add(reader.marks.compactMap(\.signal))
        }
        (likes, signals, readersAreSimulated) = (liked.finish(), drawn.finish(), simulated)
        hash.update(
            data: likes.fingerprint + signals.fingerprint + Data(readersAreSimulated.map { $0 ? 1 : 0 }))
        self.works = works
        self.shelfFilings = shelfFilings
        filings = works.map { scheme.filing(categories: $0.categories) }
        digest = hash.finalize().hexadecimal
    }

    /// What readers say of each work's labels, summed: from -1 to 1 a reader.
    var readers: [Int: [BookLabel: Float]] {
        opinions.reduce(into: [:]) { sums, opinion in
            sums[opinion.row, default: [:]][opinion.opinion.label, default: 0] += Float(2 * opinion.opinion.value - 1)
        }
    }

    /// The words in each work's name and description that speak for content notes. O(words).
    func cues() throws -> [ContentCues.Found] {
        let cues = try ContentCues.standard()
        return works.map { work in
            cues.find(
                name: "\(work.title) \(work.subtitle ?? "")", sentences: Sentences.split(work.description ?? ""))
        }
    }
}

extension Interactions {
    /// Equal for equal interactions, and for no others.
    fileprivate var fingerprint: Data {
        var data = Data()
        for user in 0..<userCount {
            let own = items(ofUser: user)
            data += Data(littleEndian: [UInt32(own.count)] + own + values(ofUser: user).map(\.bitPattern))
        }
        return data
    }
}
