// What a TOML text says, as far as settings go; toml++ reads it.
import CTOML

/// A value of a configuration file.
enum TOMLValue: Hashable, Sendable {
    case table([String: TOMLValue])
    case string(String)
    case int(Int64)
    case bool(Bool)
    /// A float, a date or time, or a list, which no setting takes.
    case other

    /// Why a text is no TOML, in toml++'s words; lines and columns count from 1.
    struct Fault: Error, Hashable {
        var line: Int
        var column: Int
        var reason: String
    }

    /// The tables and values of a whole text.
    static func table(reading text: String) throws(Fault) -> [String: TOMLValue] {
        var text = text
        let read = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { qs_toml_read($0.baseAddress, $0.count) }
        }
        defer { qs_toml_free(read) }
        guard let root = qs_toml_root(read) else {
            var (line, column): (UInt32, UInt32) = (1, 1)
            let reason = qs_toml_error(read, &line, &column).map { String(cString: $0) } ?? ""
            throw Fault(line: Int(line), column: Int(column), reason: reason)
        }
        return members(of: root)
    }

    private init(_ value: OpaquePointer) {
        switch qs_toml_kind_of(value) {
        case QS_TOML_TABLE: self = .table(TOMLValue.members(of: value))
        case QS_TOML_STRING:
            var count = 0
            let bytes = qs_toml_string(value, &count)
            self = .string(TOMLValue.text(bytes, count))
        case QS_TOML_INTEGER: self = .int(qs_toml_integer(value))
        case QS_TOML_BOOLEAN: self = .bool(qs_toml_boolean(value))
        default: self = .other
        }
    }

    /// Tables stand in tables no deeper than toml++ reads them.
    private static func members(of table: OpaquePointer) -> [String: TOMLValue] {
        var members: [String: TOMLValue] = [:]
        withUnsafeMutablePointer(to: &members) { members in
            qs_toml_each(table, members) { context, key, count, value in
                guard let context, let value else { return }
                let members = context.assumingMemoryBound(to: [String: TOMLValue].self)
                members.pointee[TOMLValue.text(key, count)] = TOMLValue(value)
            }
        }
        return members
    }

    private static func text(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    var table: [String: TOMLValue]? {
        if case .table(let table) = self { table } else { nil }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
