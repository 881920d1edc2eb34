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

    /// Adds to the score of every document `weight` times the best that one of
    /// `terms` has there: its impact times its factor, which is above 0. So
    /// words that stand for one another count once.
    ///
    /// `best` is for the work in between: zeros, and zeros again afterwards.
    /// Traps unless there are such terms, and a score and a zero for each
    /// document. O(sum of the terms' documentFrequency), at twice the pace of
    /// `accumulate` for each.
    public func accumulateBest(
        of terms: [(term: Int, factor: Float)], weight: Float, into scores: inout [Float], using best: inout [Float]
    ) {
        if terms.count == 1 { return accumulate(terms[0].term, weight: weight * terms[0].factor, into: &scores) }
        precondition(
            scores.count == documentCount && best.count == documentCount,
            "\(scores.count) scores and \(best.count) zeros for \(documentCount) documents")
        defer { withExtendedLifetime(self) {} }
        unsafe scores.withUnsafeMutableBufferPointer { scores in
            unsafe best.withUnsafeMutableBufferPointer { best in
                guard let scores = scores.baseAddress, let best = best.baseAddress else { return }
                for (term, factor) in terms {
                    check(term)
                    let scale = weight * factor / 255
                    _ = unsafe list(term).forEachBlock { documents, impacts, count in
                        for index in 0..<count {
                            let place = unsafe best + Int(documents[index])
                            unsafe place.pointee = unsafe max(place.pointee, scale * Float(impacts[index]))
                        }
                    }
                }
                for (term, _) in terms {
                    _ = unsafe list(term).forEachBlock { documents, _, count in
                        for index in 0..<count {
                            let document = unsafe Int(documents[index])
                            unsafe scores[document] += unsafe best[document]
                            unsafe best[document] = 0
                        }
                    }
                }
            }
        }
    }

    /// Calls `body` with the documents that the word of `term` is in, rising,
    /// some at a time; they must not be used afterwards.
    ///
    /// Traps unless there is such a term. O(documentFrequency(term)).
    public func forEachBlock(ofDocumentsWith term: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        check(term)
        defer { withExtendedLifetime(self) {} }
        _ = unsafe list(term).forEachBlock { documents, _, count in
            unsafe body(UnsafeBufferPointer(start: documents, count: count))
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
