// What can be wrong with data that crosses the Arrow C interfaces, as facts; words are made where diagnostics are rendered.

/// Why a frame could not be taken from, or given to, another program. `field` is the path of the column: `prices`, `prices.item`.
public enum ArrowError: Error, Hashable, Sendable {
    /// The schema, array or stream was released already, or never filled.
    case released
    /// No column type here holds all values of the Arrow type that `format` stands for.
    case unsupportedType(field: String, format: String)
    /// The struct does not keep to the specification.
    case malformed(field: String, fault: ArrowFault)
    /// The value of `row` (from 1, within its batch) is valid, but no column here holds it unchanged: a timestamp of nanoseconds,
    /// a year beyond 9999.
    case value(field: String, row: Int, format: String)
    /// Two columns bear one name.
    case repeatedName(String)
    /// A name holds the character NUL, at which C ends a string.
    case nameWithNull(String)
    /// A column's values are more than one array can hold.
    case tooLarge(field: String)
    /// The stream failed with the errno `code`; `message` is the producer's own.
    case stream(code: Int32, message: String)
}

/// In which way a struct does not keep to the specification.
public enum ArrowFault: Hashable, Sendable {
    /// The format is missing, or begins as one that is known and goes on otherwise.
    case format(String)
    /// A name, or the metadata, is not what it should be.
    case name, metadata
    /// A table is a struct, and all of its rows are there.
    case notATable
    /// A length, offset or count is negative, or past all memory.
    case length(Int64)
    case bufferCount(expected: Int, found: Int64)
    case childCount(expected: Int, found: Int64)
    /// A child, a dictionary or the buffer of that place is NULL where it may not be.
    case missingChild(Int)
    case missingDictionary
    case missingBuffer(Int)
    /// A child has fewer rows than its parent speaks of.
    case shortChild(Int)
    /// The offsets of `row` (from 1) run backwards, or out of the values.
    case offsets(row: Int)
    /// The string of `row` (from 1) is not UTF-8.
    case invalidUTF8(row: Int)
    /// The text of `row` (from 1) is called JSON and is none.
    case invalidJSON(row: Int)
    /// The index of `row` (from 1) is not in the dictionary.
    case index(row: Int)
    /// Lists are nested deeper than `limit`.
    case nestingTooDeep(limit: Int)
}
