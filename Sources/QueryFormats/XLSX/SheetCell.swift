// What a value becomes in a cell: a number where a cell's number holds it, else text.
import CXLSXWriter
import QueryFrames

/// One value that is not null.
struct SheetCell {
    let column: Column
    let text: ColumnText
    let row: Int
    let styles: SheetStyles

    /// What stands in the cell.
    enum Content {
        case nothing
        case number(Double, SheetStyles.Style?)
        case bool(Bool)
        case text
    }

    /// The value as text, as other formats have it.
    func appendText(to buffer: TextBuffer) { text.append(row, to: buffer) }

    /// Numbers of a cell are doubles, of which the file holds 16 digits: ints up to 2^53 and decimals of up to 15 digits are in it as they are.
    /// Anything else of them is text; a float may lose its last digit.
    func content(_ counts: inout CellCounts) -> Content {
        switch column.type {
        case .null: return .nothing
        case .string, .json, .list, .binary: return .text
        case .bool: return .bool(Bitmap.get(column.bits, row))
        case .int64:
            let value = column.fixed(as: Int64.self)[row]
            if value.magnitude <= 1 << 53 { return .number(Double(value), nil) }
            counts.numbersAsText += 1
            return .text
        case .float64: return float(&counts)
        case .decimal(let scale):
            let unscaled = column.fixed(as: Int128.self)[row]
            guard unscaled.magnitude < 1_000_000_000_000_000, let number = Double(Scalar.decimal(Decimal128(unscaled: unscaled, scale: scale)).text) else {
                counts.numbersAsText += 1
                return .text
            }
            return .number(number, styles.decimal(scale))
        case .date: return time(SheetTime(days: column.fixed(as: Int32.self)[row]), styles.date, styles.date, &counts)
        case .timestamp(let utc):
            return time(
                SheetTime(microseconds: column.fixed(as: Int64.self)[row]), styles.timestamp(utc: utc, fraction: false),
                styles.timestamp(utc: utc, fraction: true), &counts)
        case .duration:
            return time(
                SheetTime(duration: column.fixed(as: Int64.self)[row]), styles.duration(fraction: false), styles.duration(fraction: true), &counts)
        }
    }

    private func float(_ counts: inout CellCounts) -> Content {
        let value = column.fixed(as: Double.self)[row]
        guard value.isFinite else {
            counts.notFinite += 1
            return .nothing
        }
        if !SheetCell.isKept(value) { counts.rounded += 1 }
        return .number(value, nil)
    }

    /// Whether 16 digits are enough to read the same float back.
    static func isKept(_ value: Double) -> Bool {
        if value.magnitude < 0x1p53, value == value.rounded(.towardZero) { return true }
        let text = TextBuffer(capacity: 32)
        text.appendFloat(value)
        return text.withBytes { bytes in
            var digits = 0, zeros = 0
            for byte in bytes {
                guard byte | 0x20 != UInt8(ascii: "e") else { break }
                guard byte &- 0x30 <= 9, digits > 0 || byte != UInt8(ascii: "0") else { continue }
                digits += 1
                zeros = byte == UInt8(ascii: "0") ? zeros + 1 : 0
            }
            return digits - zeros <= 16
        }
    }

    private func time(_ time: SheetTime?, _ whole: SheetStyles.Style?, _ fraction: SheetStyles.Style?, _ counts: inout CellCounts) -> Content {
        guard let time else {
            counts.timesAsText += 1
            return .text
        }
        if time.isRounded { counts.rounded += 1 }
        return .number(time.serial, time.hasFraction ? fraction : whole)
    }
}

/// A time as spreadsheet programs count it: in days from the end of 1899 on, to the millisecond.
struct SheetTime {
    let serial: Double
    /// Whether there are milliseconds.
    var hasFraction = false
    /// Whether there were microseconds.
    var isRounded = false

    private static let perDay: Int64 = 86_400_000
    /// 1900-03-01: the programs take 1900 for a leap year, and do not agree on the days before.
    private static let first: Int64 = 61
    /// 9999-12-31
    private static let last: Int64 = 2_958_465
    /// 1970-01-01
    private static let epoch: Int64 = 25_569

    /// A date; nil where it is none of those that programs know.
    init?(days: Int32) {
        let day = Int64(days) + SheetTime.epoch
        guard day >= SheetTime.first, day <= SheetTime.last else { return nil }
        serial = Double(day)
    }

    /// A time since 1970-01-01; nil where its date is none of those that programs know.
    init?(microseconds: Int64) {
        let milliseconds = SheetTime.milliseconds(microseconds)
        var (days, rest) = milliseconds.quotientAndRemainder(dividingBy: SheetTime.perDay)
        if rest < 0 { (days, rest) = (days - 1, rest + SheetTime.perDay) }
        let day = days + SheetTime.epoch
        guard day >= SheetTime.first, day <= SheetTime.last else { return nil }
        serial = Double(day) + Double(rest) / Double(SheetTime.perDay)
        (hasFraction, isRounded) = (rest % 1_000 != 0, microseconds % 1_000 != 0)
    }

    /// A length of time; nil where it is negative, which programs do not show, or longer than they can.
    init?(duration microseconds: Int64) {
        let milliseconds = SheetTime.milliseconds(microseconds)
        guard microseconds >= 0, milliseconds <= SheetTime.last * SheetTime.perDay else { return nil }
        serial = Double(milliseconds) / Double(SheetTime.perDay)
        (hasFraction, isRounded) = (milliseconds % 1_000 != 0, microseconds % 1_000 != 0)
    }

    /// To the nearest millisecond, half a one upwards.
    private static func milliseconds(_ microseconds: Int64) -> Int64 {
        let (quotient, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000)
        return quotient + (rest >= 500 ? 1 : rest < -500 ? -1 : 0)
    }
}
