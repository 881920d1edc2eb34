import CollaborativeFiltering
import Testing

@Suite struct InteractionsTests {
    @Test func whatWasPutInComesOutByUserAndByItem() {
        let interactions = Interactions(
            [(2, 1), (0, 3), (2, 0), (0, 1), (2, 1)], userCount: 4, itemCount: 5)
        #expect(interactions.count == 4, "a pair that comes again counts once")
        #expect((0..<4).map { Array(interactions.items(ofUser: $0)) } == [[1, 3], [], [0, 1], []])
        #expect((0..<5).map { Array(interactions.users(ofItem: $0)) } == [[2], [0, 2], [], [0], []])
    }

    @Test func nothingIsNothing() {
        let interactions = Interactions([], userCount: 0, itemCount: 2)
        #expect(interactions.count == 0)
        #expect(interactions.users(ofItem: 1).isEmpty)
    }
}
