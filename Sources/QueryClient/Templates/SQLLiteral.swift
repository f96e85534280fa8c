// A value as a literal of a SQL dialect, typed so that no service has to guess, for services that take text alone.
import QueryFrames
import QueryText

/// `DATE '2024-05-01'`, `'it''s'`, `(-5)`, `NULL`: what stands in query text for a value.
///
/// What has no literal that means the value and nothing else, whatever the settings of the server, is refused.
struct SQLLiteral {
    let text: String

    init(_ value: Scalar, _ dialect: SQLDialect) throws(LiteralFault) {
        switch value {
        case .null: text = "NULL"
        case .bool(let value):
            // T-SQL has no boolean literals.
            text = dialect == .sqlserver ? "CAST(\(value ? 1 : 0) AS bit)" : value ? "TRUE" : "FALSE"
        case .int(let value): text = SQLLiteral.signed(String(value))
        case .float(let value): text = try SQLLiteral.float(value, dialect)
        case .decimal(let value): text = SQLLiteral.decimal(value, dialect)
        case .string(let value): text = try SQLLiteral.string(value, dialect)
        case .date(let days): text = try SQLLiteral.date(days, dialect)
        case .timestamp(let micros, let utc): text = try SQLLiteral.timestamp(micros, utc: utc, dialect)
        case .binary(let bytes): text = SQLLiteral.binary(bytes, dialect)
        case .duration, .json, .list: throw .type(value.typeName)
        }
    }

    /// A number whose minus cannot meet another one: `--` begins a comment.
    private static func signed(_ digits: String) -> String { digits.hasPrefix("-") ? "(\(digits))" : digits }

    private static func float(_ value: Double, _ dialect: SQLDialect) throws(LiteralFault) -> String {
        guard value.isFinite else {
            let name = value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
            switch dialect {
            case .postgres: return "CAST('\(name)' AS double precision)"
            case .bigquery: return "CAST('\(name)' AS FLOAT64)"
            case .snowflake: return "CAST('\(value.isNaN ? "NaN" : value > 0 ? "inf" : "-inf")' AS DOUBLE)"
            default: throw .notFinite
            }
        }
        let digits = "\(value)"
        // An exponent makes it an approximate number; without one it would be an exact one in most dialects.
        let literal = digits.contains("e") ? digits : digits + "E0"
        switch dialect {
        case .postgres: return "CAST(\(literal) AS double precision)"
        case .snowflake: return "CAST(\(literal) AS DOUBLE)"
        default: return signed(literal)
        }
    }

    private static func decimal(_ value: Decimal128, _ dialect: SQLDialect) -> String {
        let digits = Scalar.decimal(value).text
        // BigQuery reads digits with a point as floats.
        return dialect == .bigquery ? "BIGNUMERIC '\(digits)'" : signed(digits)
    }

    private static func string(_ value: String, _ dialect: SQLDialect) throws(LiteralFault) -> String {
        let bytes = value.utf8
        if bytes.contains(0) { throw .nul }
        let doubled = value.replacing("'", by: "''")
        guard bytes.contains(UInt8(ascii: "\\")) || dialect == .bigquery else {
            return dialect == .sqlserver ? "N'\(doubled)'" : "'\(doubled)'"
        }
        switch dialect {
        // Both read backslashes as escapes, whatever their settings.
        case .bigquery: return "'" + value.escaped + "'"
        case .snowflake: return "'" + doubled.replacing("\\", by: "\\\\") + "'"
        // `E` says that backslashes escape, also where `standard_conforming_strings` is off.
        case .postgres: return "E'" + doubled.replacing("\\", by: "\\\\") + "'"
        // Whether MySQL reads a backslash as an escape is a setting of the server; digits are no matter of settings.
        case .mysql: return "_utf8mb4 X'\(hexadecimal(bytes))'"
        // T-SQL drops a backslash at the end of a line.
        case .sqlserver:
            if bytes.contains(UInt8(ascii: "\n")) || bytes.contains(UInt8(ascii: "\r")) { throw .backslash }
            return "N'\(doubled)'"
        case .sqlite: return "'\(doubled)'"
        // A service of which no dialect is known may be one that reads escapes.
        case .ansi: throw .backslash
        }
    }

    private static func date(_ days: Int32, _ dialect: SQLDialect) throws(LiteralFault) -> String {
        guard CivilDate.range.contains(days) else { throw .year }
        let date = Scalar.date(days).text
        switch dialect {
        case .sqlserver: return "CAST('\(date)' AS date)"
        case .sqlite: return "'\(date)'"
        default: return "DATE '\(date)'"
        }
    }

    private static func timestamp(_ micros: Int64, utc: Bool, _ dialect: SQLDialect) throws(LiteralFault) -> String {
        guard TextParsing.timestampRange.contains(micros) else { throw .year }
        let iso = Scalar.timestamp(micros, utc: false).text
        let time = iso.replacing("T", by: " ")
        switch (dialect, utc) {
        case (.sqlite, _): return "'\(Scalar.timestamp(micros, utc: utc).text)'"
        case (.sqlserver, false): return "CAST('\(iso)' AS datetime2)"
        case (.sqlserver, true): return "CAST('\(iso)+00:00' AS datetimeoffset)"
        case (.snowflake, false): return "CAST('\(time)' AS TIMESTAMP_NTZ)"
        case (.snowflake, true): return "CAST('\(time) +00:00' AS TIMESTAMP_TZ)"
        case (.bigquery, false): return "DATETIME '\(time)'"
        case (.postgres, true): return "TIMESTAMP WITH TIME ZONE '\(time)+00:00'"
        case (_, false): return "TIMESTAMP '\(time)'"
        case (_, true): return "TIMESTAMP '\(time)+00:00'"
        }
    }

    private static func binary(_ bytes: [UInt8], _ dialect: SQLDialect) -> String {
        let digits = hexadecimal(bytes)
        switch dialect {
        case .postgres: return "decode('\(digits)', 'hex')"
        case .bigquery: return "FROM_HEX('\(digits)')"
        case .sqlserver: return "0x\(digits)"
        default: return "X'\(digits)'"
        }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String {
    fileprivate func replacing(_ byte: Unicode.Scalar, by text: String) -> String {
        var replaced = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == byte { replaced.append(contentsOf: text.unicodeScalars) } else { replaced.append(scalar) }
        }
        return String(replaced)
    }

    /// With backslashes before quotes, backslashes and the ends of lines, as BigQuery's quoted texts have it.
    fileprivate var escaped: String {
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "\\", "'": escaped.append(contentsOf: ["\\", scalar])
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            case "\r": escaped.append(contentsOf: "\\r".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
