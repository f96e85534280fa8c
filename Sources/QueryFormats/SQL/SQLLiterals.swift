// Values as literals of SQL, which mean the value and nothing else, whatever the settings of who reads them.
import QueryFrames

/// Writes the literals of one column; rows are those of a batch.
struct SQLLiterals {
    let column: Column
    let text: ColumnText
    let dialect: SQLDialect

    /// Appends the value of `row`. Gives why the dialect has no literal for it, where it has none, and counts numbers that became null.
    func append(_ row: Int, to buffer: TextBuffer, notFinite: inout Int) -> Unwritable? {
        if text.isNull(row) {
            buffer.append("null")
            return nil
        }
        switch column.type {
        case .null, .bool, .int64: text.append(row, to: buffer)
        case .float64: appendFloat(row, to: buffer, &notFinite)
        case .decimal(let scale): appendDecimal(row, scale, to: buffer)
        case .string, .json, .list: return appendText(row, to: buffer)
        case .date: return appendDate(row, to: buffer)
        case .timestamp(let utc): return appendTimestamp(row, utc: utc, to: buffer)
        case .duration: appendDuration(column.fixed(as: Int64.self)[row], to: buffer)
        case .binary: appendBinary(column.utf8(row), to: buffer)
        }
        return nil
    }

    private func appendFloat(_ row: Int, to buffer: TextBuffer, _ notFinite: inout Int) {
        let value = column.fixed(as: Double.self)[row]
        if value.isFinite { return text.append(row, to: buffer) }
        switch dialect {
        case .postgres: quote(row, to: buffer)
        // Too large for a float, and so infinite.
        case .sqlite where !value.isNaN: value < 0 ? buffer.append("-9e999") : buffer.append("9e999")
        default:
            notFinite += 1
            buffer.append("null")
        }
    }

    private func appendDecimal(_ row: Int, _ scale: Int, to buffer: TextBuffer) {
        let isText = dialect == .sqlite || dialect == .mysql && scale > SQLDialect.mysqlScale
        if isText { quote(row, to: buffer) } else { text.append(row, to: buffer) }
    }

    /// A value whose text has neither quotes nor backslashes, as a string.
    private func quote(_ row: Int, to buffer: TextBuffer) {
        buffer.append(UInt8(ascii: "'"))
        text.append(row, to: buffer)
        buffer.append(UInt8(ascii: "'"))
    }

    private func appendText(_ row: Int, to buffer: TextBuffer) -> Unwritable? {
        guard let bytes = text.utf8(row) else { return nil }
        return SQLText.append(bytes, dialect, to: buffer)
    }

    private func appendDate(_ row: Int, to buffer: TextBuffer) -> Unwritable? {
        guard dialect != .sqlite else {
            quote(row, to: buffer)
            return nil
        }
        guard SQLLiterals.hasYear(column.fixed(as: Int32.self)[row]) else { return .year }
        buffer.append("date ")
        quote(row, to: buffer)
        return nil
    }

    private func appendTimestamp(_ row: Int, utc: Bool, to buffer: TextBuffer) -> Unwritable? {
        guard dialect != .sqlite else {
            quote(row, to: buffer)
            return nil
        }
        let microseconds = column.fixed(as: Int64.self)[row]
        let days = (microseconds / 86_400_000_000) - (microseconds % 86_400_000_000 < 0 ? 1 : 0)
        guard SQLLiterals.hasYear(Int32(clamping: days)) else { return .year }
        buffer.append(utc && dialect == .postgres ? "timestamp with time zone '" : "timestamp '")
        let start = buffer.count
        buffer.appendTimestamp(microseconds, utc: false)
        // The standard has a blank where ISO 8601 has a T: after ten characters, as the year has four.
        buffer.pointer[start + 10] = UInt8(ascii: " ")
        // A datetime of MySQL knows no zone: it holds UTC, as it is.
        if utc, dialect != .mysql { buffer.append("+00:00") }
        buffer.append(UInt8(ascii: "'"))
        return nil
    }

    private static func hasYear(_ days: Int32) -> Bool { (1...9999).contains(CivilDate(days: days).year) }

    /// As seconds; where there are no intervals, as microseconds.
    private func appendDuration(_ microseconds: Int64, to buffer: TextBuffer) {
        guard dialect == .ansi || dialect == .postgres else { return buffer.appendInt(microseconds) }
        buffer.append("interval '")
        if microseconds < 0 { buffer.append(UInt8(ascii: "-")) }
        buffer.appendDigits(microseconds.magnitude / 1_000_000)
        buffer.append(UInt8(ascii: "."))
        buffer.appendDigits(microseconds.magnitude % 1_000_000, width: 6)
        dialect == .ansi ? buffer.append("' second(13, 6)") : buffer.append(" seconds'")
    }

    private func appendBinary(_ bytes: UnsafeRawBufferPointer, to buffer: TextBuffer) {
        if dialect == .postgres { buffer.append("decode(") } else { buffer.append("X") }
        SQLText.appendHexadecimal(bytes, to: buffer)
        if dialect == .postgres { buffer.append(", 'hex')") }
    }
}

/// Texts as literals.
enum SQLText {
    /// Appends `it's` as `'it''s'`; gives why it cannot be written.
    static func append(_ text: UnsafeRawBufferPointer, _ dialect: SQLDialect, to buffer: TextBuffer) -> Unwritable? {
        var hasBackslash = false, hasNUL = false
        for byte in text {
            if byte == UInt8(ascii: "\\") { hasBackslash = true }
            if byte == 0 { hasNUL = true }
        }
        switch dialect {
        // What reads the statement takes a NUL for its end.
        case .sqlite where hasNUL:
            buffer.append("cast(X")
            appendHexadecimal(text, to: buffer)
            buffer.append(" as text)")
            return nil
        // Whether a backslash is an escape is a setting of the server; digits are no matter of settings.
        case .mysql where hasNUL || hasBackslash:
            buffer.append("_utf8mb4 X")
            appendHexadecimal(text, to: buffer)
            return nil
        case _ where hasNUL: return .character(0)
        // `E` says that backslashes escape, whatever is set.
        case .postgres where hasBackslash: buffer.append("E'")
        default: buffer.append(UInt8(ascii: "'"))
        }
        for byte in text {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") && dialect == .postgres { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "'"))
        return nil
    }

    /// `'00FF'`
    static func appendHexadecimal(_ bytes: UnsafeRawBufferPointer, to buffer: TextBuffer) {
        buffer.append(UInt8(ascii: "'"))
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] { buffer.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
        }
        buffer.append(UInt8(ascii: "'"))
    }
}
