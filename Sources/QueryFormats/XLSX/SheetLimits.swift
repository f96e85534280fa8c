// What a sheet has room for. All of it is looked at before a cell is written: spreadsheet programs cut, or refuse the whole file.
import QueryFrames

/// The limits of the format, as spreadsheet programs have them.
enum SheetLimits {
    /// Rows of a sheet, its header included.
    static let rows = 1_048_576
    static let columns = 16_384
    /// Characters of a cell, counted as UTF-16 does.
    static let characters = 32_767
    /// Characters of a sheet's name, counted the same way.
    static let nameLength = 31

    /// Refuses names that sheets of one workbook cannot have.
    static func check(_ names: [String]) throws(FormatError) {
        var taken: Set<String> = []
        for name in names {
            if let fault = fault(of: name, &taken) { throw .sheetName(name, fault) }
        }
    }

    private static func fault(of name: String, _ taken: inout Set<String>) -> SheetNameFault? {
        if name.isEmpty { return .empty }
        if name.utf16.count > nameLength { return .tooLong(limit: nameLength) }
        let refused: Set<Unicode.Scalar> = ["[", "]", ":", "*", "?", "/", "\\"]
        if let scalar = name.unicodeScalars.first(where: { refused.contains($0) || $0.value < 0x20 || $0.value >= 0xfffe && $0.value <= 0xffff }) {
            return .character(scalar.value)
        }
        if name.hasPrefix("'") || name.hasSuffix("'") { return .apostrophe }
        let folded = name.lowercased()
        if folded == "history" { return .reserved }
        return taken.insert(folded).inserted ? nil : .taken
    }

    /// Refuses more columns than there can be, and names of columns that no cell holds.
    static func check(_ schema: Schema) throws(FormatError) {
        guard schema.fields.count <= columns else { throw .noRoom(format: "xlsx", what: "columns", count: schema.fields.count, limit: columns) }
        for field in schema.fields {
            var name = field.name
            if let fault = name.withUTF8({ fault(of: UnsafeRawBufferPointer($0)) }) {
                throw .unwritable(format: "xlsx", column: field.name, row: nil, fault)
            }
        }
    }

    /// Refuses more data rows than there is room for below the header.
    static func check(rows count: Int) throws(FormatError) {
        guard count < rows else { throw .noRoom(format: "xlsx", what: "rows", count: count, limit: rows - 1) }
    }

    /// Refuses texts that no cell holds; `first` data rows stand before those of the batch.
    static func check(_ batch: RecordBatch, _ schema: Schema, after first: Int) throws(FormatError) {
        try batch.withText { (columns) throws(FormatError) in
            for (index, column) in columns.enumerated() where schema.fields[index].type.isWrittenAsText {
                for row in 0..<batch.count {
                    // To a writer a cancelled run looks as if nobody read any more.
                    if row % 1024 == 0, Cancellation.stopsHere { throw .closedPipe(path: "") }
                    if column.isNull(row) { continue }
                    let fault: Unwritable?
                    if let text = column.utf8(row) {
                        fault = SheetLimits.fault(of: text)
                    } else {
                        // Two digits for a byte, after `\x`.
                        let length = 2 + 2 * batch.columns[index].utf8(row).count
                        fault = length > characters ? .length(length, limit: characters) : nil
                    }
                    if let fault { throw .unwritable(format: "xlsx", column: schema.fields[index].name, row: first + row + 1, fault) }
                }
            }
        }
    }

    /// What keeps a text out of a cell: XML has no controls but tabs and line ends, and neither U+FFFE nor U+FFFF.
    static func fault(of text: UnsafeRawBufferPointer) -> Unwritable? {
        var length = 0
        for (index, byte) in text.enumerated() {
            // Every byte but those that go on with a character begins one; those of four bytes are two in UTF-16.
            if byte & 0xc0 != 0x80 { length += byte >= 0xf0 ? 2 : 1 }
            if byte < 0x20, byte != 0x09, byte != 0x0a, byte != 0x0d { return .character(UInt32(byte)) }
            if byte >= 0xbe, index >= 2, text[index - 1] == 0xbf, text[index - 2] == 0xef { return .character(0xfffe + UInt32(byte & 1)) }
        }
        return length > characters ? .length(length, limit: characters) : nil
    }
}

extension DataType {
    /// Whether a sheet holds the values as text of any length.
    fileprivate var isWrittenAsText: Bool {
        switch self {
        case .string, .json, .list, .binary: true
        default: false
        }
    }
}
