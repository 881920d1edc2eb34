/// Files of models whose kind is not known beforehand.
public enum ModelFile {
    /// Opens what `ItemWeights` or `FactorModel` wrote.
    /// - Throws: `CollaborativeFilteringError`.
    public static func open(path: String) throws(CollaborativeFilteringError) -> any CollaborativeModel {
        do {
            return try ItemWeights(path: path)
        } catch {
            guard error.code == .wrongFormat else { throw error }
        }
        return try FactorModel(path: path)
    }
}
