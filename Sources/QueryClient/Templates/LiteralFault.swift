// Why a value cannot stand in a query's text, as facts.

/// Why there is no safe literal for a value in a dialect.
public enum LiteralFault: Error, Hashable, Sendable {
    /// The dialect, or this module's knowledge of it, has no literal for values of the type: durations, json, nested lists.
    case type(String)
    /// NUL cannot stand in a text.
    case nul
    /// NaN or an infinity, which the dialect cannot write.
    case notFinite
    /// A backslash, which the service may read as itself or as the beginning of an escape.
    case backslash
    /// `in ()` is no SQL.
    case emptyList
    /// A date whose year is not 1 to 9999.
    case year
    /// The text of the query has a backslash before a quote, so that it is unknown what stands between quotes.
    case unclearQuotes(offset: Int)
    /// A quote of the query's text, which begins at `offset`, has no end.
    case openQuote(offset: Int)
}
