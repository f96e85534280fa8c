// What can be wrong with rows of JSON; offsets and rows count from where the decoder began.
import QueryFrames

/// Why bytes are no rows.
enum RowFault: Error {
    case json(JSONFault, row: Int? = nil)
    /// A row has more or fewer values than there are columns.
    case ragged(row: Int, found: Int, expected: Int, offset: Int)
    /// There are more columns than `RowDecoder.columnLimit`.
    case tooManyColumns
    /// A row takes more than so many bytes.
    case rowTooLarge(offset: Int)
    /// The rows have more cells, nulls included, than so few bytes may have.
    case tooManyCells(limit: Int)
    /// The text of one column in one batch is longer than offsets of 32 bits reach.
    case textTooLong
    /// The columns take more memory than they may.
    case memory(limit: Int)

    /// Where the fault is; at the end of the bytes, more of them may mend it.
    var offset: Int? {
        switch self {
        case .json(let fault, _): fault.offset
        case .ragged, .tooManyColumns, .rowTooLarge, .tooManyCells, .textTooLong, .memory: nil
        }
    }
}
