/// The colours of a drawn cover: cloth, ink, and one for the ornament.
struct CoverPalette: Sendable, Equatable {
    let cloth: String
    let ink: String
    let ornament: String

    /// Book cloth, more or less. Ink on cloth has a contrast of at least 4.5 everywhere: the tests check it.
    static let all = [
        CoverPalette(cloth: "#7a2e2a", ink: "#fbeedb", ornament: "#d99a5b"),  // oxblood
        CoverPalette(cloth: "#22394d", ink: "#f3ead9", ornament: "#c98f4e"),  // night blue
        CoverPalette(cloth: "#2f4a3c", ink: "#f4ecd6", ornament: "#c7a95b"),  // forest
        CoverPalette(cloth: "#e9dcc3", ink: "#3a2a22", ornament: "#a8483a"),  // vellum
        CoverPalette(cloth: "#5b3a52", ink: "#f7e8e2", ornament: "#d8a08c"),  // mulberry
        CoverPalette(cloth: "#c9822f", ink: "#2a1a10", ornament: "#f7e3b8"),  // ochre
        CoverPalette(cloth: "#1f2a30", ink: "#eee5d3", ornament: "#8fae9f"),  // slate
        CoverPalette(cloth: "#d8c7b4", ink: "#23343f", ornament: "#3f6a73"),  // linen
        CoverPalette(cloth: "#8a4b2d", ink: "#fcefdc", ornament: "#ecc48c"),  // saddle
        CoverPalette(cloth: "#34506b", ink: "#f6efe1", ornament: "#e0b36c"),  // harbour
        CoverPalette(cloth: "#cdd3c0", ink: "#28352b", ornament: "#6f7f4f"),  // sage
        CoverPalette(cloth: "#4a2a24", ink: "#f5e4cd", ornament: "#c9644a"),  // chestnut
    ]
}
