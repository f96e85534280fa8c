// What rows of JSON look like, and what stands between them.

/// The form of rows and of what holds them.
struct RowGrammar {
    enum Holder {
        /// Rows in a list, commas between them.
        case list
        /// One row a line.
        case lines
        /// One row, and no more.
        case single
    }

    let holder: Holder
    /// Whether rows are lists of values, and not objects.
    let rowsAreLists: Bool
    /// Lists and records that are open around a row.
    let depth: Int
}

/// What the bytes at a place have to be.
enum RowState {
    /// The first row, or the end.
    case first
    /// A row.
    case row
    /// What stands after a row.
    case separator
    /// Nothing more: the rows have ended.
    case ended
}
