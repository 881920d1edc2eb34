/// The files of a bundle besides its manifest.
///
/// Floats are little-endian and without a header. Vectors are snapshots of `QuantizedVectors`, [works, dimension], each row of
/// unit length.
public enum BundleFile: String, Sendable, CaseIterable {
    /// The vectors of the works' names: title, subtitle and authors.
    case nameVectors = "names.vectors"
    /// The vectors of the works' descriptions; a work without one has a row of zeros.
    case descriptionVectors = "descriptions.vectors"
    /// The vectors of the sentences of all descriptions, [sentences, dimension]; zeros for one beyond what the text model
    /// reads.
    case sentenceVectors = "sentences.vectors"
    /// Unsigned 32-bit integers [works + 1]: how many sentences there are before each work's own, and in all.
    case sentenceOffsets = "sentences.u32"
    /// What each work means as one vector: see `WorkMeaning`. Not of unit length.
    case meaningVectors = "meaning.vectors"
    /// Unsigned 32-bit integers: where each work's neighbours begin, [works + 1]; how many readers like it, and how many of these
    /// are simulated, [works] each; and of each neighbour its row, how many readers like both, and the bits of the similarity as
    /// a float, the most similar first.
    case readerNeighbors = "readers.neighbors"
    /// What readers of a work go on to, by row: an `ItemWeights` or a `FactorModel`.
    case readerModel = "readers.model"
    /// Which works have readers in common: an `ItemWeights`.
    case company = "readers.company"
    /// How much each feature of a recommendation counts, JSON: a `TasteBlend`.
    case tasteBlend = "taste.json"
    /// Bytes [works, labels]: a `LabelScore` of each label of each work.
    case labels = "labels.u8"
    /// Bytes [works, labels]: the number of the sentence that speaks most for the label, 255 when none does.
    case evidence = "evidence.u8"
    /// The model that the labels come from, JSON.
    case labelModel = "label-model.json"
    /// Floats [works]: each work's Bayesian-averaged rating as 0...1.
    case ratings = "ratings.f32"
    /// 16 bytes a vector, first the names', then the descriptions': the beginning of the SHA-256 of its text; zeros
    /// where there is no text.
    case textDigests = "text-digests.bin"
    /// What works are called, word by word: an `InvertedIndex` of the words of title, subtitle and series, and authors.
    case nameIndex = "names.index"
    /// Unsigned 32-bit integers: for each work where its title's, its other names' and its authors' terms of `nameIndex` begin,
    /// [3 * works + 1], and then these terms.
    case nameTerms = "names.u32"
    /// Everything that is told of works, stem by stem: an `InvertedIndex` of title, subtitle and series, authors, subjects and
    /// description.
    case keywordIndex = "keywords.index"
    /// The vectors of words, one for each stem of `keywordIndex`, in its order; zeros where no vector is needed.
    case wordVectors = "words.vectors"
    /// The words that `wordVectors` are of, JSON; empty where none is.
    case words = "words.json"
    /// [stems, 8] pairs of 32 bits: a stem that is close in meaning, and how close as a float; the stem itself and 0 where there
    /// is none.
    case relatedWords = "words.related"
    /// The works themselves, SQLite.
    case works = "works.sqlite"

    /// Bytes of a text digest.
    public static let textDigestSize = 16
}
