public import Catalog

/// What one field that should hold an ISBN holds.
public enum ISBNFieldReading: Sendable, Equatable {
    /// Nothing, a placeholder, or a number of another kind (a shop's own, a UPC), which says nothing against the book.
    case none
    /// Its checksum is right.
    case isbn(ISBN13)
    /// A float that has lost digits: the last digit is the checksum, so nothing is left to prove it by.
    case unprovable
    /// Something that can only be meant as an ISBN and is none.
    case wrong
}

/// What a row with a field for an ISBN-13 and one for an ISBN-10 says.
public enum ISBNReading: Sendable, Equatable {
    case absent
    /// - `disagreeing`: the ISBN of the other field when that is right as well and another. The first is then from the
    ///   field for the ISBN-13.
    case isbn(ISBN13, disagreeing: ISBN13?)
    /// A float that has lost digits, and no ISBN-10 that agrees with it.
    case unprovable
    case wrong(field: String, value: String)
}
