import CollaborativeFiltering

/// What is learned from readers: what they go on to, and what has readers in common. Over the works that readers marked alone,
/// however many others there are.
struct ReaderModels {
    /// By row, as `company`.
    let readers: any CollaborativeModel
    let company: ItemWeights
    let algorithm: ReaderAlgorithm?

    /// - Parameters:
    ///   - signals: how strongly readers are drawn to works.
    ///   - likes: what they like; of the same readers and works.
    ///   - memory: the bytes that training may take.
    init(_ signals: Interactions, likes: Interactions, memory: Int) throws {
        let (compact, rows) = signals.withoutUnusedItems()
        guard compact.count > 0 else {
            (readers, company, algorithm) = (
                ItemWeights.none(itemCount: signals.itemCount), ItemWeights.none(itemCount: signals.itemCount), nil
            )
            return
        }
        let algorithm = ReaderAlgorithm(for: compact, neighbors: Self.neighbors, memory: memory)
        switch algorithm {
        case .ease:
            readers = try EASE(
                regularization: Self.regularization, dropout: Self.dropout, neighbors: Self.neighbors
            ).train(on: compact).renumbered(rows, itemCount: signals.itemCount)
        case .ials(let rank):
            readers = try ImplicitALS(
                rank: rank, iterations: 15, regularization: 0.01, unobservedWeight: 0.3
            ).train(on: compact).model.renumbered(rows, itemCount: signals.itemCount)
        }
        let short = ShortHistoryRegression(
            historyLength: Self.shortHistory, regularization: Self.shortRegularization, neighbors: Self.neighbors)
        if ReaderAlgorithm.held(by: compact)
            + ShortHistoryRegression.memory(itemCount: compact.itemCount, neighbors: Self.neighbors) <= memory
        {
            company = try short.train(on: compact, liked: likes.renumbered(rows))
                .renumbered(rows, itemCount: signals.itemCount)
        } else {
            company = try ItemSimilarity(weighting: .cosine(share: 0.35), neighbors: Self.companions).train(on: compact)
                .renumbered(rows, itemCount: signals.itemCount)
        }
        self.algorithm = algorithm
    }

    func write(readers path: String, company: String) throws {
        switch readers {
        case let weights as ItemWeights: try weights.write(to: path)
        case let factors as FactorModel: try factors.write(to: path)
        default: preconditionFailure("a model without a file format")
        }
        try self.company.write(to: company)
    }

    // Chosen on validation readers of the real ratings: `docs/recommendations.md`.
    private static let regularization: Float = 50
    private static let dropout: Float = 0.3
    private static let neighbors = 100
    private static let companions = 200
    private static let shortHistory: Float = 1.5
    private static let shortRegularization: Float = 2
}

/// How readers are learned from: what suits their number and the memory there is.
enum ReaderAlgorithm: Sendable, Hashable, CustomStringConvertible {
    /// The best where a matrix of all works by all works fits.
    case ease
    /// Where it does not.
    case ials(rank: Int)

    /// The bytes that are taken while anything is learned: the signals, and the rest of the program.
    static func held(by signals: Interactions) -> Int { 16 * signals.count + 200 << 20 }

    /// - Parameters:
    ///   - neighbors: how many weights of each work are kept.
    ///   - memory: in bytes, for everything that training takes.
    init(for signals: Interactions, neighbors: Int, memory: Int) {
        let held = Self.held(by: signals)
        if held + EASE.memory(itemCount: signals.itemCount, neighbors: neighbors) <= memory {
            self = .ease
        } else {
            // As long as vectors can be as fits, at least 16.
            let rank = [128, 96, 64, 32].first {
                held + ImplicitALS.memory(userCount: signals.userCount, itemCount: signals.itemCount, rank: $0)
                    <= memory
            }
            self = .ials(rank: rank ?? 16)
        }
    }

    var description: String {
        switch self {
        case .ease: "EASE"
        case .ials(let rank): "iALS with vectors of \(rank)"
        }
    }
}
