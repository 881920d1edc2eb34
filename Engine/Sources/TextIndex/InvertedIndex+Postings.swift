extension InvertedIndex {
    /// Adds `weight` times its impact to the score of every document that the
    /// word of `term` is in: weight / 255 · impact in 255ths.
    ///
    /// Traps unless there is such a term and a score for each document.
    /// O(documentFrequency(term)): two to four nanoseconds each, most of which
    /// the score takes to come from memory.
    public func accumulate(_ term: Int, weight: Float, into scores: inout [Float]) {
        check(term)
        precondition(scores.count == documentCount, "\(scores.count) scores for \(documentCount) documents")
        defer { withExtendedLifetime(self) {} }
        let scale = weight / 255
        unsafe scores.withUnsafeMutableBufferPointer { scores in
            // There is a posting, so there is a document.
            let scores = scores.baseAddress!
            _ = unsafe list(term).forEachBlock { documents, impacts, count in
                for index in 0..<count {
                    unsafe scores[Int(documents[index])] += scale * Float(impacts[index])
                }
            }
        }
    }

    /// Calls `body` with each document that the word of `term` is in, in
    /// rising order, and its impact there, above 0 and up to 1.
    ///
    /// Traps unless there is such a term. O(documentFrequency(term)).
    public func forEachPosting(_ term: Int, _ body: (_ document: Int, _ impact: Float) -> Void) {
        check(term)
        defer { withExtendedLifetime(self) {} }
        _ = unsafe list(term).forEachBlock { documents, impacts, count in
            for index in 0..<count { unsafe body(Int(documents[index]), Float(impacts[index]) / 255) }
        }
    }
}
