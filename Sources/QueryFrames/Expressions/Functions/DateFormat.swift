// The formats of `format_date`: read once, then written for every row.

/// What appends values of one type to a text.
protocol TextFormat: Sendable {
    associatedtype A: Cell
    func append(_ value: A, to buffer: TextBuffer)
}

/// The text of a value by a format.
struct Formatted<Format: TextFormat>: TextFunction {
    let format: Format

    func sources(_ operands: [Operand]) -> (Format.A.Source, TextBuffer) { (Format.A.source(operands[0]), TextBuffer()) }

    func write(_ sources: (Format.A.Source, TextBuffer), _ row: Int, to sink: inout TextSink) -> Bool {
        let buffer = sources.1
        buffer.removeAll()
        format.append(Format.A.read(sources.0, row), to: buffer)
        return sink.append(Text(UnsafePointer(buffer.pointer), buffer.count))
    }
}

/// `%Y-%m` and the like, with the meanings that strftime gives the letters.
struct DateFormat: TextFormat {
    private enum Piece: Sendable {
        case literal(String)
        case year, yearOfCentury, month, day, dayOfYear, hour, minute, second, micros
        case isoYear, isoWeek, isoWeekday, monthName, monthShort, weekdayName, weekdayShort
    }

    private let pieces: [Piece]

    /// Reads a format; the error tells the part of it that means nothing.
    init(_ format: String, mark: Int32) throws(PlanError) {
        var pieces: [Piece] = []
        var literal = ""
        var rest = format.unicodeScalars.makeIterator()
        var count = 0
        while let scalar = rest.next() {
            count &+= 1
            if count & 0xffff == 0, Cancellation.stopsHere { break }
            guard scalar == "%" else {
                literal.unicodeScalars.append(scalar)
                continue
            }
            let letter = rest.next()
            if letter == "%" {
                literal.unicodeScalars.append("%")
                continue
            }
            guard let letter, let piece = DateFormat.letters[letter] else {
                throw .format(text: format, part: "%" + (letter.map { String($0) } ?? ""), mark: mark)
            }
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = ""
            pieces.append(piece)
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
    }

    private static let letters: [Unicode.Scalar: Piece] = [
        "Y": .year, "y": .yearOfCentury, "m": .month, "d": .day, "j": .dayOfYear, "H": .hour, "M": .minute, "S": .second, "f": .micros,
        "G": .isoYear, "V": .isoWeek, "u": .isoWeekday, "B": .monthName, "b": .monthShort, "A": .weekdayName, "a": .weekdayShort,
    ]

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    func append(_ micros: Int64, to buffer: TextBuffer) {
        let days = TimeArithmetic.day(micros)
        let civil = CivilDate(days: days)
        let time = UInt64(bitPattern: micros &- Int64(days) &* TimeArithmetic.microsPerDay)
        func year(_ year: Int) {
            if year < 0 { buffer.append(UInt8(ascii: "-")) }
            buffer.appendDigits(UInt64(year.magnitude), width: 4)
        }
        for piece in pieces {
            switch piece {
            case .literal(let text): buffer.append(text)
            case .year: year(civil.year)
            case .yearOfCentury: buffer.appendDigits(UInt64(civil.year.magnitude % 100), width: 2)
            case .month: buffer.appendDigits(UInt64(civil.month), width: 2)
            case .day: buffer.appendDigits(UInt64(civil.day), width: 2)
            case .dayOfYear: buffer.appendDigits(UInt64(Weekday.dayOfYear(civil)), width: 3)
            case .hour: buffer.appendDigits(time / 3_600_000_000, width: 2)
            case .minute: buffer.appendDigits(time / 60_000_000 % 60, width: 2)
            case .second: buffer.appendDigits(time / 1_000_000 % 60, width: 2)
            case .micros: buffer.appendDigits(time % 1_000_000, width: 6)
            case .isoYear: year(Weekday.isoWeek(days).year)
            case .isoWeek: buffer.appendDigits(UInt64(Weekday.isoWeek(days).week), width: 2)
            case .isoWeekday: buffer.appendDigits(UInt64(Weekday.sinceMonday(days) + 1))
            case .monthName: buffer.append(DateFormat.months[civil.month - 1])
            case .monthShort: buffer.append(String(DateFormat.months[civil.month - 1].prefix(3)))
            case .weekdayName: buffer.append(DateFormat.weekdays[Weekday.sinceMonday(days)])
            case .weekdayShort: buffer.append(String(DateFormat.weekdays[Weekday.sinceMonday(days)].prefix(3)))
            }
        }
    }
}
