/// The words of dates, in lower case.
enum DateWords {
    static let months: [String: Int] = {
        var months: [String: Int] = [:]
        for names in [english, german, french, spanish] {
            for (index, name) in names.enumerated() {
                months[name] = index + 1
                if names == english { months[String(name.prefix(3))] = index + 1 }
            }
        }
        months["sept"] = 9
        return months
    }()

    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let german = [
        "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
        "dezember",
    ]
    private static let french = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]
    private static let spanish = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ]

    static let eras: [(written: String, meant: String)] = [
        ("b.c.e.", " bce "), ("b.c.", " bc "), ("b. c.", " bc "), ("c.e.", " ce "), ("a.d.", " ad "), ("a. d.", " ad "),
        ("v. chr.", " bc "), ("v.chr.", " bc "), ("n. chr.", " ad "), ("n.chr.", " ad "), ("a.c.", " bc "),
        ("a. c.", " bc "), ("d.c.", " ad "), ("d. c.", " ad "),
    ]

    static let ordinals: Set<String> = ["st", "nd", "rd", "th"]

    /// `c` and `p` stand before years of copyright as well as for "circa".
    static let idle: Set<String> = [
        "c", "ca", "circa", "about", "approx", "p", "cop", "copyright", "published", "publ", "pub", "first", "printed",
        "in", "on", "of", "the", "de", "el", "le", "am", "year", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "spring",
        "summer", "autumn", "fall", "winter",
    ]

    static let zones: Set<String> = [
        "am", "pm", "z", "utc", "gmt", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "bst",
    ]
}
