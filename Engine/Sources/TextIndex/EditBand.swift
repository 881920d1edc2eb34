/// The rows of the table of optimal string alignment distances between one
/// word and the beginnings of another, as far as they can be within a limit.
///
/// Row i belongs to the first i scalars of the other word, and in it there are
/// only the columns i - limit ... i + limit, as more insertions than `limit`
/// lie outside (Ukkonen, "Algorithms for approximate string matching", 1985).
/// Column j of row i stands at j - i + limit + 1, so that what a cell is made
/// of stands at the same place in the rows before, or beside it. Distances
/// above the limit are all kept as limit + 1.
struct EditBand {
    private let word: [UInt32]
    private let limit: Int
    // [rows, width]: with a cell on either side that is always too far, as are
    // those of columns that the word does not have.
    private var cells: [Int32]
    // The scalars of the other word, of which the first `depth` count.
    private var other: [UInt32]
    /// The number of scalars of the other word so far.
    private(set) var depth = 0

    private var width: Int { 2 * limit + 3 }

    /// The beginnings of nothing. O((word + limit) * limit).
    init(_ word: [UInt32], limit: Int) {
        self.word = word
        self.limit = limit
        let width = 2 * limit + 3
        // In the row after the last that has cells, everything is too far.
        let rows = word.count + limit + 2
        cells = [Int32](repeating: Int32(limit) + 1, count: rows * width)
        other = [UInt32](repeating: 0, count: rows)
        // Row 0 and column 0 are the same for all words.
        for column in 0...min(limit, word.count) { cells[column + limit + 1] = Int32(column) }
        for row in 0...min(limit, rows - 1) { cells[row * width + limit + 1 - row] = Int32(row) }
    }

    /// Back to the beginning of another word. O(1).
    mutating func restart() { depth = 0 }

    /// Goes on by a scalar of the other word. Gives whether some word that
    /// starts with the scalars so far may be within the limit; if none may,
    /// there is no going on. O(limit).
    mutating func append(_ scalar: UInt32) -> Bool {
        let row = depth + 1
        precondition(row < other.count, "the words so far are too far apart")
        other[row] = scalar
        depth = row
        let (limit, width) = (limit, width)
        // What the last scalar must be for the two to be swapped.
        let previous = row > 1 ? other[row - 1] : nil
        let columns = max(1, row - limit)..<max(1, row - limit, min(word.count, row + limit) + 1)
        // Column 0, if the band has it.
        var least = row <= limit ? Int32(row) : Int32(limit) + 1
        unsafe cells.withUnsafeMutableBufferPointer { cells in
            unsafe word.withUnsafeBufferPointer { word in
                // Column 0 of this row. One row up, the same place is the column before.
                let own = unsafe cells.baseAddress! + (row * width + limit + 1 - row)
                let above = unsafe own - width
                for column in columns {
                    let isSame = unsafe word[column - 1] == scalar
                    var distance = unsafe min(
                        above[column] + (isSame ? 0 : 1), above[column + 1] + 1, own[column - 1] + 1,
                        Int32(limit) + 1)
                    if !isSame, let previous, unsafe column > 1 && word[column - 1] == previous,
                        unsafe word[column - 2] == scalar
                    {
                        distance = unsafe min(distance, (above - width)[column] + 1)
                    }
                    unsafe own[column] = distance
                    least = min(least, distance)
                }
            }
        }
        // A swap that is not complete costs no less than the replacement in
        // its place so far: nothing skips a row that is too far everywhere.
        return least <= limit
    }

    /// The distance between the words, nil if it is above the limit. O(1).
    var distance: Int? {
        let place = word.count - depth + limit + 1
        guard (1...2 * limit + 1).contains(place) else { return nil }
        let distance = Int(cells[depth * width + place])
        return distance <= limit ? distance : nil
    }
}
