// What one worker has made of the bytes that it was given, before it is put together with what the others made.

/// Rows that one worker has read.
struct Segment {
    let rows: Int
    let columns: [ColumnSlot]
    /// The keys of the columns where rows are objects: those that were known, and new ones behind them.
    let keys: KeyTable
    /// Where the reading ended, and what has to be there.
    let end: Int
    let state: RowState
    let duplicates: DuplicateKeys?
}

/// What there is to say about keys that stood twice in one object: the first of them, and how many there were.
struct DuplicateKeys {
    let key: String
    let offset: Int
    let count: Int
}
