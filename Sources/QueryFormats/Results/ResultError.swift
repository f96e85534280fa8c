// What can be wrong with a service's answer, as facts; words are made where diagnostics are rendered.
import QueryFrames

/// Why an answer is no page of a result. Offsets count the bytes of the page, rows those of the result from 1.
public enum ResultError: Error, Hashable, Sendable {
    /// The document ends in the middle, at `offset`.
    case incomplete(offset: Int)
    /// Something else than `expected` stands there.
    case syntax(offset: Int, row: Int?, expected: String)
    /// A `\u` escape is half of a surrogate pair.
    case loneSurrogate(offset: Int, row: Int?)
    /// The byte there is not UTF-8.
    case invalidUTF8(offset: Int, row: Int?)
    /// Lists and records are nested deeper than `limit`.
    case nestingTooDeep(offset: Int, limit: Int)
    /// A member that tells of the rows stands there for the second time.
    case repeatedMember(name: String, offset: Int)
    /// A member that tells of the rows is something else than `expected`.
    case unexpectedMember(name: String, offset: Int?, expected: String)
    /// A row has `found` values where there are `expected` columns.
    case raggedRow(row: Int, found: Int, expected: Int)
    /// The columns of this page are not those of the pages before.
    case otherColumns(expected: [String], found: [String])
    /// A number is larger than any float.
    case numberOutOfRange(row: Int, field: String, text: String)
    /// There are more columns than `limit`.
    case tooManyColumns(limit: Int)
    /// Something is larger than `limit` bytes or cells.
    case tooLarge(what: ResultPart, limit: Int)
    /// The columns take more than the `limit` bytes that there may be; so many rows were read by then.
    case memory(row: Int, limit: Int)
    /// Whoever asked for the result does not want it any more.
    case cancelled
}

/// A part of a result that has a size.
public enum ResultPart: Hashable, Sendable {
    case row
    case column(name: String)
    case table
    /// All of the document but its rows.
    case members
}

/// What a person should know of a result that was read all the same.
public enum ResultWarning: Hashable, Sendable {
    /// Column `index` (from 1) had no name of its own, or that of another, and got `to`.
    case renamedColumn(index: Int, from: String, to: String)
    /// Rows have a key that the service did not name among its columns.
    case unnamedField(column: String)
    /// A column holds values of several types and is JSON.
    case mixedTypes(column: String)
    /// A column of numbers stays text, because no type holds all of them exactly: not `example`, in row `row`.
    case numbersKeptAsText(column: String, row: Int, example: String)
    /// `count` objects had a key twice, the first of them `key`; the last value was taken.
    case duplicateKeys(key: String, count: Int)
}
