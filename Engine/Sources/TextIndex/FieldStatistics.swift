/// What BM25F knows of each field.
struct FieldStatistics {
    let fields: [TextField]
    /// k1.
    let saturation: Float
    /// Of each field, its words in all documents.
    private(set) var words: [Int]
    /// Of each field, the documents that have words in it.
    private(set) var documents: [Int]

    init(fields: [TextField], saturation: Float) {
        self.fields = fields
        self.saturation = saturation
        words = [Int](repeating: 0, count: fields.count)
        documents = words
    }

    mutating func add(lengths: [UInt32]) {
        for (field, length) in lengths.enumerated() where length > 0 {
            words[field] += Int(length)
            documents[field] += 1
        }
    }

    /// The mean length of a field, of the documents that have it: that few
    /// books belong to a series must not make the names of series long. 0 if
    /// no document has it.
    func averageLength(_ field: Int) -> Double {
        documents[field] == 0 ? 0 : Double(words[field]) / Double(documents[field])
    }

    /// What one occurrence in a field of `length` words, at least 1, adds to a
    /// word's frequency: w_f / (1 - b_f + b_f · length / average).
    func share(_ field: Int, length: Int) -> Double {
        let (weight, b) = (Double(fields[field].weight), Double(fields[field].lengthNormalization))
        return weight / (1 - b + b * Double(length) / averageLength(field))
    }

    /// tf′ / (k1 + tf′) in 255ths, rounded to the nearest and up from half
    /// way, but at least 1: a word that is there never counts nothing.
    func impact(_ frequency: Double) -> UInt8 {
        let saturated = frequency / (Double(saturation) + frequency)
        return UInt8(min(max((255 * saturated).rounded(.toNearestOrAwayFromZero), 1), 255))
    }
}
