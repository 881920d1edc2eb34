import Catalog
import CatalogStore
import Foundation
import Recommender

/// Readers' opinions in the library of a home.
struct LibraryOpinions: LabelOpinionKeeping {
    let library: ServedLibrary

    func opinions(on work: WorkID, by reader: String) throws -> [BookLabel: Bool] {
        let own = try library.use { try $0.labelOpinions(on: work, by: reader) }
        return Dictionary(own.map { ($0.label, $0.value >= 0.5) }) { _, last in last }
    }

    func keep(_ holds: Bool?, of label: BookLabel, on work: WorkID, by reader: String) throws {
        try library.use { library in
            guard let holds else { return try library.withdrawOpinion(on: work, label: label, by: reader) }
            let day = Int(Date().timeIntervalSince1970 / 86_400)
            try library.keep([LabelOpinion(work: work, label: label, reader: reader, value: holds ? 1 : 0)], day: day)
        }
    }
}
