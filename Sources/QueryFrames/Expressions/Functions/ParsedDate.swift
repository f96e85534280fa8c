// `parse_date`: dates in the forms that people and files write them. A format is read once, then followed for every row.

extension Functions {
    static let parseDate = FunctionRow(
        "parse_date(text, format)",
        "The date that the whole text says by the format: %Y (up to four digits), %y (two: 69 to 99 are 19.., others 20..), %m %d "
            + "(one or two digits), %B %b (English names, in any case), %% (a %); an error where it says none.",
        FunctionExample(.string("1.5.2024"), .string("%d.%m.%Y"), gives: .date(19_844)), arity: 2...2
    ) { (call) throws(PlanError) in
        try call.string(0)
        try call.string(1)
        guard case .string(let text) = try call.constant(1) else { return FunctionChoice(NullOperation(type: .date), call.types[0]) }
        let format = try DatePattern(text, call)
        return FunctionChoice(mapUnary(type: .date, function: ParsedDate(format: format)), .string)
    }
}

/// `%d.%m.%Y` and the like, the other way round than `DateFormat`.
struct DatePattern: Sendable {
    private enum Piece: Sendable {
        case byte(UInt8)
        case year, yearOfCentury, month, day, monthName, monthShort
    }

    private let pieces: [Piece]

    /// Reads a format, which has to say a day, a month and a year.
    init(_ format: String, _ call: Arguments) throws(PlanError) {
        var pieces: [Piece] = []
        var letters: Set<Unicode.Scalar> = []
        var rest = format.unicodeScalars.makeIterator()
        var count = 0
        while let scalar = rest.next() {
            count &+= 1
            if count & 0xffff == 0, Cancellation.stopsHere { break }
            guard scalar == "%" else {
                pieces += String(scalar).utf8.map { .byte($0) }
                continue
            }
            let letter = rest.next()
            switch letter {
            case "%": pieces.append(.byte(UInt8(ascii: "%")))
            case "Y": pieces.append(.year)
            case "y": pieces.append(.yearOfCentury)
            case "m": pieces.append(.month)
            case "d": pieces.append(.day)
            case "B": pieces.append(.monthName)
            case "b": pieces.append(.monthShort)
            default: throw .format(text: format, part: "%" + (letter.map { String($0) } ?? ""), mark: call.marks[1])
            }
            if let letter { letters.insert(letter) }
        }
        guard letters.contains("d"), !letters.isDisjoint(with: ["m", "B", "b"]), !letters.isDisjoint(with: ["Y", "y"]) else {
            throw .argumentValue(
                function: call.function, index: 1, expected: "a day, a month and a year such as %d.%m.%Y", found: .string(format),
                mark: call.marks[1])
        }
        self.pieces = pieces
    }

    /// The days since 1970-01-01 that the text says.
    func days(_ text: Text) -> Int32? {
        var at = 0
        var year = 0, month = 0, day = 0
        func digits(_ most: Int) -> Int? {
            let start = at
            var value = 0
            while at < text.count, at - start < most, text.start[at] &- UInt8(ascii: "0") < 10 {
                value = value * 10 + Int(text.start[at] - UInt8(ascii: "0"))
                at += 1
            }
            return at > start ? value : nil
        }
        func name(_ names: [StaticString], _ length: Int?) -> Int? {
            for (index, name) in names.enumerated() {
                let count = min(length ?? .max, name.utf8CodeUnitCount)
                guard text.count - at >= count else { continue }
                // The names are letters of ASCII alone.
                if (0..<count).allSatisfy({ text.start[at + $0] | 0x20 == name.utf8Start[$0] }) {
                    at += count
                    return index + 1
                }
            }
            return nil
        }
        for piece in pieces {
            switch piece {
            case .byte(let byte):
                guard at < text.count, text.start[at] == byte else { return nil }
                at += 1
            case .year:
                guard let value = digits(4) else { return nil }
                year = value
            case .yearOfCentury:
                let start = at
                guard let value = digits(2), at - start == 2 else { return nil }
                year = value < 69 ? 2000 + value : 1900 + value
            case .month:
                guard let value = digits(2) else { return nil }
                month = value
            case .day:
                guard let value = digits(2) else { return nil }
                day = value
            case .monthName:
                guard let value = name(DatePattern.months, nil) else { return nil }
                month = value
            case .monthShort:
                guard let value = name(DatePattern.months, 3) else { return nil }
                month = value
            }
        }
        guard at == text.count else { return nil }
        return CivilDate(year: year, month: month, day: day)?.days
    }

    private static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
}

struct ParsedDate: PartialConversion {
    typealias A = Text
    typealias Output = Int32

    let format: DatePattern

    static var placeholder: Int32 { 0 }
    func convert(_ a: Text) -> Int32? { format.days(a) }
}
