// Whose SQL is written: how each dialect calls the types, and quotes names.
import QueryFrames

/// A dialect that rows can be written in.
enum SQLDialect: String, CaseIterable {
    case ansi, postgres, mysql, sqlite

    /// `a"b` as `"a""b"`, or `` `a"b` `` in MySQL.
    func quoted(_ name: String) -> String {
        let mark: Unicode.Scalar = self == .mysql ? "`" : "\""
        var text = String.UnicodeScalarView([mark])
        for scalar in name.unicodeScalars {
            if scalar == mark { text.append(mark) }
            text.append(scalar)
        }
        text.append(mark)
        return String(text)
    }

    /// Whether names that differ in their letters' case alone are one.
    var foldsNames: Bool { self == .mysql || self == .sqlite }

    /// The name of a type that holds every value of `type` as it is.
    func name(of type: DataType) -> String {
        switch self {
        case .ansi: ansiName(type)
        case .postgres: postgresName(type)
        case .mysql: mysqlName(type)
        case .sqlite: sqliteName(type)
        }
    }

    private func ansiName(_ type: DataType) -> String {
        switch type {
        case .bool: "boolean"
        case .int64: "bigint"
        case .float64: "double precision"
        case .decimal(let scale): "decimal(38, \(scale))"
        case .date: "date"
        case .timestamp(utc: false): "timestamp(6)"
        case .timestamp(utc: true): "timestamp(6) with time zone"
        case .duration: "interval second(13, 6)"
        case .binary: "blob"
        case .null, .string, .json, .list: "varchar"
        }
    }

    private func postgresName(_ type: DataType) -> String {
        switch type {
        case .null, .string: "text"
        case .duration: "interval"
        case .binary: "bytea"
        case .json, .list: "json"
        default: ansiName(type)
        }
    }

    private func mysqlName(_ type: DataType) -> String {
        switch type {
        case .float64: "double"
        case .decimal(let scale) where scale <= SQLDialect.mysqlScale: "decimal(38, \(scale))"
        case .timestamp: "datetime(6)"
        case .duration: "bigint"
        case .binary: "longblob"
        // MySQL's own JSON rounds numbers and reorders keys.
        case .null, .string, .json, .list, .decimal: "longtext"
        default: ansiName(type)
        }
    }

    /// Digits after the point that a decimal of MySQL can have.
    static let mysqlScale = 30

    /// As the embedded service declares the columns of frames, so that it knows the types of such a table again. The words give SQLite
    /// the right affinity: it would round the digits of a `decimal`.
    private func sqliteName(_ type: DataType) -> String {
        switch type {
        case .null, .string: "TEXT"
        case .bool: "BOOLEAN"
        case .int64: "INTEGER"
        case .float64: "REAL"
        case .decimal(let scale): "DECIMAL TEXT(\(scale))"
        case .date: "DATE TEXT"
        case .timestamp(let utc): utc ? "TIMESTAMPTZ TEXT" : "TIMESTAMP TEXT"
        case .duration: "DURATION INTEGER"
        case .binary: "BLOB"
        case .json, .list: "JSON TEXT"
        }
    }
}
