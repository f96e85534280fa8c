// The dialects of SQL that placeholders and literals are known for, and how each writes what is no statement: quotes and comments.

/// A dialect of SQL.
public enum SQLDialect: String, Hashable, Sendable, CaseIterable {
    case sqlite, ansi, postgres, mysql, snowflake, bigquery, sqlserver

    /// The byte that ends what `byte` opens; nil where it opens nothing.
    func closing(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): byte
        case UInt8(ascii: "[") where self == .sqlite || self == .sqlserver: UInt8(ascii: "]")
        default: nil
        }
    }

    /// Whether the closing byte twice stands for itself within what it closes. In SQLite no `]` can be in brackets.
    func isDoubled(_ close: UInt8) -> Bool {
        switch self {
        case .bigquery: false
        case .sqlite: close != UInt8(ascii: "]")
        default: true
        }
    }

    /// Whether a backslash takes the meaning from the byte after it, between these quotes.
    func escapes(_ quote: UInt8) -> Bool {
        switch self {
        case .mysql: quote != UInt8(ascii: "`")
        case .bigquery: true
        case .snowflake: quote == UInt8(ascii: "'")
        default: false
        }
    }

    /// Whether a comment within a comment has an end of its own.
    var nestsComments: Bool { self == .postgres || self == .sqlserver }

    /// Whether the rest of the line from these two bytes on is a comment.
    func opensLineComment(_ first: UInt8, _ second: UInt8?, _ third: UInt8?) -> Bool {
        switch first {
        case UInt8(ascii: "-"):
            // MySQL reads `1--1` as a subtraction: its comments need a blank after the dashes.
            second == UInt8(ascii: "-") && (self != .mysql || third == nil || (third ?? 0) <= UInt8(ascii: " "))
        case UInt8(ascii: "#"): self == .mysql || self == .bigquery
        case UInt8(ascii: "/"): self == .snowflake && second == UInt8(ascii: "/")
        default: false
        }
    }

    /// Whether `$$` or `$name$` opens a text that only the same ends.
    var hasDollarQuotes: Bool { self == .postgres || self == .snowflake }
}
