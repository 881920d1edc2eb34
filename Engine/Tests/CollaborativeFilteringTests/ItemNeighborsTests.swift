import CollaborativeFiltering
import EngineTestSupport
import Testing

@Suite struct ItemNeighborsTests {
    struct Golden: Decodable {
        var users: Int
        var items: Int
        var shrinkage: Double
        var limit: Int
        var mostItems: Int
        var pairs: [[Int]]
        /// Of each item: the other one, how many have both, and the similarity.
        var neighbors: [[[Double]]]
        /// How many users of each item are not left out.
        var counts: [Int]
    }

    @Test func neighborsAreThoseOfDenseMatrices() throws {
        for golden in try GoldenFile.value(of: "item_neighbors.json", as: [Golden].self) {
            let interactions = Interactions(
                golden.pairs.map { ($0[0], $0[1]) }, userCount: golden.users, itemCount: golden.items)
            var seen = 0
            ItemNeighbors(shrinkage: golden.shrinkage, limit: golden.limit, mostItems: golden.mostItems)
                .find(in: interactions) { item, users, neighbors in
                    #expect(item == seen)
                    #expect(users.count == golden.counts[item])
                    seen += 1
                    let expected = golden.neighbors[item]
                    #expect(neighbors.map(\.item) == expected.map { Int($0[0]) })
                    #expect(neighbors.map(\.together) == expected.map { Int($0[1]) })
                    for (neighbor, values) in zip(neighbors, expected) {
                        #expect(abs(Double(neighbor.similarity) - values[2]) < 1e-6)
                    }
                }
            #expect(seen == golden.items)
        }
    }

    /// Two groups of users that share nothing: nobody of one is a neighbor of the other.
    @Test func aCheckerboardFallsApart() {
        let pairs = (0..<20).flatMap { user in (0..<10).filter { $0 % 2 == user % 2 }.map { (user, $0) } }
        ItemNeighbors().find(in: Interactions(pairs, userCount: 20, itemCount: 10)) { item, users, neighbors in
            #expect(users.count == 10)
            #expect(neighbors.map(\.item) == (0..<10).filter { $0 % 2 == item % 2 && $0 != item })
            #expect(neighbors.allSatisfy { $0.together == 10 })
        }
    }

    @Test func anItemThatNobodyHasWithAnotherHasNoNeighbors() {
        let interactions = Interactions([(0, 0), (1, 1)], userCount: 2, itemCount: 3)
        ItemNeighbors().find(in: interactions) { item, users, neighbors in
            #expect(neighbors.isEmpty && users.count == (item < 2 ? 1 : 0))
        }
    }
}
