// The schema of an Arrow file: its fields, each with the format string of the C data interface, through which columns are made.
import QueryFrames

/// One field as the metadata tells it.
struct ArrowField {
    /// How the buffers of an array lie in a message.
    enum Layout: Equatable {
        case null
        case bits
        case fixed(Int)
        case bytes(large: Bool)
        case views
        case list(large: Bool)
        case fixedList
        case record
    }

    /// The integers that point into a dictionary.
    struct Indices {
        let id: Int64
        let format: String
        let width: Int
    }

    let name: String
    let format: String
    let layout: Layout
    let children: [ArrowField]
    let indices: Indices?
    /// Whether the field bears the extension that tells JSON from other text.
    let isJSON: Bool
    let isNullable: Bool
}

/// Reads fields, and sees to it that a few bytes do not become a great many of them.
struct ArrowFieldReader {
    let input: CheckedBytes
    private var fields = 0
    private var nameBytes = 0

    private static let fieldLimit = 100_000
    private static let nameLimit = 64 << 20
    private static let depthLimit = 40

    init(_ input: CheckedBytes) { self.input = input }

    /// The fields of a `Schema` table.
    mutating func schema(_ table: FlatTable) throws(FormatError) -> [ArrowField] {
        guard try table.number(0, default: Int16(0)) == 0 else {
            throw .unsupported(path: input.path, column: "", feature: "the byte order of big-endian machines")
        }
        var fields: [ArrowField] = []
        for child in try table.tables(1) { fields.append(try field(child, depth: 0)) }
        return fields
    }

    private mutating func field(_ table: FlatTable, depth: Int) throws(FormatError) -> ArrowField {
        let name = try table.string(0) ?? ""
        fields += 1
        nameBytes += name.utf8.count
        guard fields <= Self.fieldLimit else { throw .tooManyColumns(path: input.path, limit: Self.fieldLimit) }
        guard nameBytes <= Self.nameLimit, depth < Self.depthLimit else { throw input.damaged }
        let type = try ArrowFieldType(kind: table.number(2, default: UInt8(0)), try table.table(3), name: name, input)
        var children: [ArrowField] = []
        for child in try table.tables(5) { children.append(try field(child, depth: depth + 1)) }
        switch type.layout {
        case .list, .fixedList: guard children.count == 1 else { throw input.damaged }
        case .record: break
        default: guard children.isEmpty else { throw input.damaged }
        }
        var isJSON = false
        for pair in try table.tables(6) where try pair.string(0) == "ARROW:extension:name" {
            isJSON = try pair.string(1) == "arrow.json"
        }
        var indices: ArrowField.Indices?
        if let encoding = try table.table(4) {
            let index = try encoding.table(1).map { (table) throws(FormatError) in try ArrowFieldType(kind: 2, table, name: name, input) }
            guard case .fixed(let width) = index?.layout ?? .fixed(4) else { throw input.damaged }
            indices = .init(id: try encoding.number(0, default: Int64(0)), format: index?.format ?? "i", width: width)
        }
        return ArrowField(
            name: name, format: type.format, layout: type.layout, children: children, indices: indices, isJSON: isJSON,
            isNullable: try table.bool(1))
    }
}

/// A type of the metadata as a format string and a layout.
struct ArrowFieldType {
    let format: String
    let layout: ArrowField.Layout

    /// `kind` is the member of the union `Type`, and `table` the type's own fields.
    init(kind: UInt8, _ table: FlatTable?, name: String, _ input: CheckedBytes) throws(FormatError) {
        guard let table else { throw input.damaged }
        func unsupported(_ feature: String) -> FormatError { .unsupported(path: input.path, column: name, feature: feature) }
        func unit(_ fallback: Int16) throws(FormatError) -> String {
            let units = ["s", "m", "u", "n"]
            let unit = Int(try table.number(0, default: fallback))
            guard units.indices.contains(unit) else { throw input.damaged }
            return units[unit]
        }
        switch kind {
        case 1: (format, layout) = ("n", .null)
        case 2: (format, layout) = try Self.integer(table, input)
        case 3:
            let formats = ["e", "f", "g"], precision = Int(try table.number(0, default: Int16(0)))
            guard formats.indices.contains(precision) else { throw input.damaged }
            (format, layout) = (formats[precision], .fixed(2 << precision))
        case 4: (format, layout) = ("z", .bytes(large: false))
        case 5: (format, layout) = ("u", .bytes(large: false))
        case 6: (format, layout) = ("b", .bits)
        case 7: (format, layout) = try Self.decimal(table, input)
        case 8:
            let isDays = try table.number(0, default: Int16(1)) == 0
            (format, layout) = (isDays ? "tdD" : "tdm", .fixed(isDays ? 4 : 8))
        case 9:
            let unit = try unit(1)
            (format, layout) = ("tt" + unit, .fixed(unit == "s" || unit == "m" ? 4 : 8))
        case 10: (format, layout) = ("ts" + (try unit(0)) + ":" + (try table.string(1) ?? ""), .fixed(8))
        case 12: (format, layout) = ("+l", .list(large: false))
        case 13: (format, layout) = ("+s", .record)
        case 15:
            let width = Int(try table.number(0, default: Int32(0)))
            guard width >= 0 else { throw input.damaged }
            (format, layout) = ("w:\(width)", .fixed(width))
        case 16:
            let size = try table.number(0, default: Int32(0))
            guard size >= 0 else { throw input.damaged }
            (format, layout) = ("+w:\(size)", .fixedList)
        case 17: (format, layout) = ("+m", .list(large: false))
        case 18: (format, layout) = ("tD" + (try unit(1)), .fixed(8))
        case 19: (format, layout) = ("Z", .bytes(large: true))
        case 20: (format, layout) = ("U", .bytes(large: true))
        case 21: (format, layout) = ("+L", .list(large: true))
        case 23: (format, layout) = ("vz", .views)
        case 24: (format, layout) = ("vu", .views)
        case 11: throw unsupported("an interval of months")
        case 14: throw unsupported("a union of types")
        case 22: throw unsupported("run-end encoding")
        case 25, 26: throw unsupported("a view of lists")
        default: throw input.damaged
        }
    }

    private static func integer(_ table: FlatTable, _ input: CheckedBytes) throws(FormatError) -> (String, ArrowField.Layout) {
        let isSigned = try table.bool(1)
        switch try table.number(0, default: Int32(0)) {
        case 8: return (isSigned ? "c" : "C", .fixed(1))
        case 16: return (isSigned ? "s" : "S", .fixed(2))
        case 32: return (isSigned ? "i" : "I", .fixed(4))
        case 64: return (isSigned ? "l" : "L", .fixed(8))
        default: throw input.damaged
        }
    }

    private static func decimal(_ table: FlatTable, _ input: CheckedBytes) throws(FormatError) -> (String, ArrowField.Layout) {
        let precision = try table.number(0, default: Int32(0)), scale = try table.number(1, default: Int32(0))
        let bits = try table.number(2, default: Int32(128))
        guard [32, 64, 128, 256].contains(bits) else { throw input.damaged }
        return ("d:\(precision),\(scale),\(bits)", .fixed(Int(bits) / 8))
    }
}
