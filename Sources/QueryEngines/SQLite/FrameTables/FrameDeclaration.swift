// How a frame is declared to SQLite as a table: names, and types that give comparisons the right affinity.
import QueryFrames

/// The declaration of a frame's columns.
enum FrameDeclaration {
    /// The `create table` text for `schema`: `create table x("id" INTEGER, "day" DATE TEXT)`.
    ///
    /// SQLite compares column names without case: of `a` and `A` the second is called `A_2`. A frame without columns has a
    /// hidden one, as a table needs one at least.
    static func text(_ schema: Schema) -> String {
        guard !schema.fields.isEmpty else { return "create table x(\"rows\" HIDDEN)" }
        let names = UniqueNames.of(schema.names, key: SQLName.folded)
        let columns = zip(names, schema.fields).map { "\(SQLName.quoted($0)) \(type($1.type))" }
        return "create table x(\(columns.joined(separator: ", ")))"
    }

    /// The declared type. `TEXT` in it keeps a comparison of dates and times with a literal one of texts (the bare name
    /// would make SQLite read '2024' as a number); `instant` is `TimestampCollation`, `decimal`
    /// is `DecimalCollation`.
    private static func type(_ type: DataType) -> String {
        switch type {
        case .null: ""
        case .bool: "BOOLEAN"
        case .int64: "INTEGER"
        case .float64: "REAL"
        case .string: "TEXT"
        case .date: "DATE TEXT"
        case .timestamp(utc: false): "TIMESTAMP TEXT collate instant"
        case .timestamp(utc: true): "TIMESTAMPTZ TEXT collate instant"
        case .duration: "DURATION INTEGER"
        case .decimal(let scale): "\(decimal)(\(scale)) collate decimal"
        case .binary: "BLOB"
        case .json: "JSON TEXT"
        case .list(let element): "LIST OF \(word(element)) TEXT"
        }
    }

    /// The type of a list's elements. None of the words has the `INT` in it by which SQLite would take the lists for numbers.
    private static func word(_ type: DataType) -> String {
        if case .list(let element) = type { return "LIST OF \(word(element))" }
        return elements.first { $0.type == type }?.word ?? "JSON"
    }

    private static let elements: [(word: String, type: DataType)] = [
        ("BOOLEAN", .bool), ("WHOLE", .int64), ("REAL", .float64), ("STRING", .string), ("DATE", .date), ("TIMESTAMP", .timestamp(utc: false)),
        ("TIMESTAMPTZ", .timestamp(utc: true)),
    ]

    /// The type that `LIST OF WHOLE TEXT` stands for; elements of other types come back as JSON.
    private static func list(_ declared: Substring) -> DataType? {
        guard declared.hasPrefix("LIST OF "), declared.hasSuffix(" TEXT") else { return nil }
        var word = declared.dropLast(5), depth = 0
        while word.hasPrefix("LIST OF ") {
            word = word.dropFirst(8)
            depth += 1
        }
        guard var type = elements.first(where: { $0.word == word })?.type else { return .json }
        for _ in 0..<min(depth, DataType.listLimit) { type = .list(type) }
        return type
    }

    /// How a decimal is declared, but for its digits after the point.
    private static let decimal = "DECIMAL TEXT"

    /// The type that a declared type stands for where the values alone do not tell.
    ///
    /// Covers what `text` writes, and what tables of database files say by SQLite's own rules of affinity.
    static func dataType(_ declared: String) -> DataType? {
        switch declared {
        case "DATE TEXT": return .date
        case "TIMESTAMP TEXT": return .timestamp(utc: false)
        case "TIMESTAMPTZ TEXT": return .timestamp(utc: true)
        case "DURATION INTEGER": return .duration
        case "JSON TEXT": return .json
        case _ where declared.hasPrefix("LIST OF "): return list(declared[...])
        default: break
        }
        if declared.hasPrefix(decimal + "("), let scale = Int(declared.dropFirst(decimal.utf8.count + 1).dropLast()) { return .decimal(scale: scale) }
        let folded = declared.uppercased()
        if folded.contains("INT") { return .int64 }
        if folded.contains("CHAR") || folded.contains("CLOB") || folded.contains("TEXT") { return .string }
        if folded.contains("REAL") || folded.contains("FLOA") || folded.contains("DOUB") { return .float64 }
        return folded == "BOOLEAN" || folded == "BOOL" ? .bool : nil
    }
}

/// Names as SQL writes and compares them.
enum SQLName {
    /// `a"b` as `"a""b"`.
    static func quoted(_ name: String) -> String {
        var text = "\""
        for scalar in name.unicodeScalars {
            if scalar == "\"" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }

    /// The name with the letters of ASCII in lower case, as SQLite compares names.
    static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

/// Makes the names of columns unique.
enum UniqueNames {
    /// `a, b, a` as `a, b, a_2`; names are the same where `key` makes them so.
    static func of(_ names: [String], key: (String) -> String = { $0 }) -> [String] {
        var taken: Set<String> = Set(names.map(key)), used: Set<String> = []
        var last: [String: Int] = [:]
        return names.map { name in
            if used.insert(key(name)).inserted { return name }
            var number = last[key(name)] ?? 1
            repeat { number += 1 } while !taken.insert(key("\(name)_\(number)")).inserted
            last[key(name)] = number
            return "\(name)_\(number)"
        }
    }
}
