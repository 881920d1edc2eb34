/// Words that say nothing about a book.
public enum CommonWords {
    /// Whether a folded word is one of them.
    public static func contains(_ word: String) -> Bool { all.contains(word) }

    private static let all: Set<String> = Set(
        """
        a about after all also an and any are as at back be because been before being between book books but by can \
        could did do does each ever first for from full get give go going good great had has have he her him his how \
        i if in into is it its just last like little long made make many me more most much my never new no not novel \
        of off old on one or other our out over own read reading set she so some something stories story such tale \
        than that the their them then there these they this those through to too two under up us very want was way \
        we were what when where which while who why will with would you your im s t
        """.split(separator: " ").map(String.init))
}
