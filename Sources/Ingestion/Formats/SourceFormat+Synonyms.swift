extension SourceFormat {
    /// The names under which a column of a catalogue is known, in English, German, French and Spanish. None stands for
    /// two facts.
    static let bookSynonyms: [Fact: [ColumnName]] = [
        .sourceID: ["source_id", "book_id", "item_id", "sku"],
        .isbn13: ["isbn13", "ean", "ean13", "gtin13"],
        // Beside an isbn13 column, sources put the ISBN-10 here.
        .isbn: ["isbn", "isbn10"],
        .title: ["title", "book_title", "Titel", "Buchtitel", "Titre", "Título", "Titulo"],
        .subtitle: ["subtitle", "Untertitel", "Sous-titre", "Subtítulo", "Subtitulo"],
        .authors: [
            "authors", "author", "book_author", "book_authors", "author_name", "creator", "Autor", "Autoren",
            "Verfasser", "Auteur", "Auteurs", "Autores",
        ],
        .series: ["series", "series_name", "Reihe", "Série", "Serie"],
        .categories: [
            "categories", "category", "genres", "genre", "subjects", "subject", "Kategorie", "Kategorien", "Catégorie",
            "Catégories", "Categoría", "Categorías",
        ],
        .description: [
            "description", "summary", "blurb", "synopsis", "Beschreibung", "Klappentext", "Résumé", "Descripción",
            "Descripcion", "Sinopsis",
        ],
        .year: [
            "published_year", "year", "publication_year", "original_publication_year", "year_of_publication",
            "year_published", "pub_year", "publish_date", "publication_date", "published_date", "date_published",
            "Erscheinungsjahr", "Jahr", "Année", "Annee", "Año",
        ],
        .pages: [
            "num_pages", "pages", "page_count", "number_of_pages", "Seiten", "Seitenzahl", "Nombre de pages",
            "Páginas", "Paginas", "Número de páginas",
        ],
        .language: ["language", "language_code", "lang", "Sprache", "Langue", "Idioma"],
        .averageRating: ["average_rating", "avg_rating", "mean_rating", "rating"],
        .ratingsCount: ["ratings_count", "rating_count", "num_ratings", "number_of_ratings"],
        .coverURL: ["thumbnail", "cover", "cover_url", "cover_image", "image_url"],
    ]

    /// The names under which a column of a file of ratings is known. None stands for two facts.
    static let markSynonyms: [Fact: [ColumnName]] = [
        .reader: [
            "user_id", "user", "user_name", "reader", "reader_id", "member", "member_id", "customer", "customer_id",
            "reviewer", "reviewer_id",
        ],
        .item: ["item", "item_id", "book_id", "work_id", "product_id", "sku"],
        .isbn13: bookSynonyms[.isbn13, default: []],
        .isbn: bookSynonyms[.isbn, default: []],
        .title: bookSynonyms[.title, default: []],
        .authors: bookSynonyms[.authors, default: []],
        .stars: [
            "rating", "stars", "score", "user_rating", "my_rating", "star_rating", "book_rating", "Bewertung", "Sterne",
        ],
        .shelf: ["shelf", "status", "read_status", "exclusive_shelf"],
        .day: [
            "date", "day", "timestamp", "rated_at", "date_rated", "rating_date", "date_read", "created_at",
            "updated_at", "Datum",
        ],
    ]
}
