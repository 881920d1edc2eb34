import Testing

@testable import Recommender

@Suite struct SideBySideTests {
    private struct Failure: Error {}

    /// On one thread and on two.
    @Test(arguments: [1, SideBySide.fewestWorks])
    func bothResultsComeAndErrorsGoOn(works: Int) throws {
        for number in 0..<100 {
            let (sum, text) = try SideBySide.both(ofWorks: works, { (0...number).reduce(0, +) }, { "\(number)" })
            #expect(sum == number * (number + 1) / 2 && text == "\(number)")
        }
        #expect(throws: Failure.self) { try SideBySide.both(ofWorks: works, { throw Failure() }, { 1 }) }
        #expect(throws: Failure.self) { try SideBySide.both(ofWorks: works, { 1 }, { throw Failure() }) }
    }
}
