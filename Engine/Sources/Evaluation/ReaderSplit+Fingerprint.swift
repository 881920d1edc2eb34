extension ReaderSplit {
    /// 16 hexadecimal digits that tell whether two evaluations used the same split: of every reader the name, the part, and
    /// the known and hidden items (all known, in the training part). The order of readers and items does not matter.
    /// O(all items, each reader's sorted).
    public func fingerprint(
        of readers: some Sequence<(name: String, items: [Int])>, knownShare: Double = 0.8
    ) -> String {
        let hashes = readers.map { name, items -> UInt64 in
            let part = part(ofReader: name)
            let split =
                part == .train
                ? ItemSplit(known: Set(items), hidden: [])
                : split(items, ofReader: name, knownShare: knownShare)
            var hash = StableHash()
            for text in [name, part.rawValue] {
                // Lengths first, so that where one thing ends and the next begins matters too.
                hash.combine(text.utf8.count)
                hash.combine(text.utf8)
            }
            for items in [split.known, split.hidden] {
                hash.combine(items.count)
                for item in items { hash.combine(item) }
            }
            return hash.value
        }
        var all = StableHash()
        for hash in hashes.sorted() { all.combine(hash) }
        let digits = String(all.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
