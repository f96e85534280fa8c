// What can be wrong with a file, its content or the options of a format, as facts; words are made where diagnostics are rendered.

/// Why bytes could not be read as a frame, or a frame not be written. `path` is the name that the caller gave.
public enum FormatError: Error, Hashable, Sendable {
    /// A row has `found` fields where the header (or first row) has `expected`.
    case raggedRow(path: String, line: Int, found: Int, expected: Int)
    /// The quote opened in `line` is never closed.
    case unterminatedQuote(path: String, line: Int)
    /// A quote stands inside of an unquoted field, or text after a closing quote.
    case strayQuote(path: String, line: Int)
    /// The byte at `offset` (from 0) is not UTF-8.
    case invalidUTF8(path: String, offset: Int, line: Int)
    /// Something else than `expected` stands at that place; `column` counts characters from 1.
    case syntax(path: String, line: Int, column: Int, expected: String)
    /// A `\u` escape is half of a surrogate pair.
    case loneSurrogate(path: String, line: Int, column: Int)
    /// Lists and records are nested deeper than `limit`.
    case nestingTooDeep(path: String, line: Int, column: Int, limit: Int)
    /// A number is larger than any float. `row` counts data rows from 1.
    case numberOutOfRange(path: String, row: Int, field: String, text: String)
    /// There are more columns than `limit`.
    case tooManyColumns(path: String, limit: Int)
    /// Something (`what`: "file", "field", "row", "table") is larger than `limit` bytes or cells.
    case tooLarge(path: String, what: String, limit: Int)
    /// The columns, or already the text, take more than the `limit` bytes that there may be; so many data rows were read by then.
    case memory(path: String, row: Int?, limit: Int)
    /// The file became shorter while it was read.
    case changedWhileRead(path: String)
    /// The file's ending says that it is compressed (`gzip`, `zstd`), and it is not, or it is damaged or cut short.
    case damaged(path: String, compression: String)
    /// A part of a file of a binary `format` (`footer`, `column "a", row group 2`) is not what the format says, or is cut short.
    case malformed(path: String, format: String, part: String)
    /// The file is sound, and uses `feature`, which is not read here; `column` is empty where no column is meant.
    case unsupported(path: String, column: String, feature: String)
    /// The value of `row` (from 1) in `column` is one of `type` that no column here holds unchanged. Where rows are counted by
    /// the parts of a file, `row` counts within its part.
    case inexact(path: String, column: String, row: Int, type: String)
    /// The value of `row` (from 1) in `column`, or the name `column` itself where there is no row, cannot be written in `format`.
    case unwritable(format: String, column: String, row: Int?, Unwritable)
    /// There are `count` rows or columns (`what`), and the format has room for `limit`.
    case noRoom(format: String, what: String, count: Int, limit: Int)
    /// Two columns of these names are one in the dialect.
    case sameNames(format: String, dialect: String, first: String, second: String)
    /// No sheet can be called so.
    case sheetName(String, SheetNameFault)
    /// What is written to `folder` on the way to a file of `format` was cut short, most likely as there is no room.
    case cutShort(format: String, folder: String)
    /// The `library` that writes `format` cannot be loaded, for the `reason` that the system gives.
    case noLibrary(format: String, library: String, reason: String)
    /// A system call failed with the errno `code`; `operation` is its name.
    case io(path: String, operation: String, code: Int32)
    /// Whoever read the output has stopped reading.
    case closedPipe(path: String)
    case unknownOption(format: String, name: String, known: [String])
    /// The option wants a value of another type, by the types' names.
    case optionType(format: String, name: String, expected: String, found: String)
    /// The option's value is of the right type, but not one of those meant by `expected`.
    case optionValue(format: String, name: String, value: String, expected: String)
}

/// Why a format has no way to write a value.
public enum Unwritable: Hashable, Sendable {
    /// The text has a character that the format cannot hold.
    case character(UInt32)
    /// The text has `count` characters, counted as UTF-16 does, where there may be `limit`.
    case length(Int, limit: Int)
    /// The date is not of the years 1 to 9999.
    case year
}

/// What is wrong with the name of a sheet.
public enum SheetNameFault: Hashable, Sendable {
    case empty
    case tooLong(limit: Int)
    case character(UInt32)
    /// An apostrophe stands at its beginning or end.
    case apostrophe
    /// Spreadsheet programs keep the name for themselves.
    case reserved
    /// Another sheet is called so; the case of letters does not count.
    case taken
}

/// What a person should know of data that was read or written all the same.
public enum FormatWarning: Hashable, Sendable {
    /// Column `index` (from 1) had no name of its own, or that of another, and got `to`.
    case renamedColumn(index: Int, from: String, to: String)
    /// A column of numbers stays text, because `example` in data row `row` would lose digits as an int or float.
    case numbersKeptAsText(column: String, row: Int, example: String)
    /// A column holds values of several types and is read as text.
    case mixedTypes(column: String)
    /// `count` objects had a key twice, the first of them `key` in `line`; the last value was taken.
    case duplicateKeys(key: String, line: Int, count: Int)
    /// `count` values that are no finite numbers were written as null.
    case notFinite(count: Int)
    /// `count` numbers that have more digits than a cell can hold were written as text.
    case numbersAsText(count: Int)
    /// `count` dates, times and durations that a cell cannot hold were written as text.
    case timesAsText(count: Int)
    /// `count` floats and times have digits that a cell does not hold, and lost the last of them.
    case rounded(count: Int)
}
