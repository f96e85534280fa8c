// Numbers, durations, dates and strings of the lexer.
import QueryFrames

extension Lexer {
    // NUMBER: 42  1_000_000  0xff  2.5  1e9  250ms  1h30m
    mutating func number() throws(SyntaxError) -> TokenKind {
        let start = at
        if byte() == UInt8(ascii: "0"), let x = byte(1), x | 0x20 == UInt8(ascii: "x") {
            at += 2
            let digits = at
            skipWord()
            guard let value = UInt64(text(digits).filter { $0 != "_" }, radix: 16) else {
                throw fail(.badNumber(text(start)), start, at)
            }
            return integer(value)
        }
        digits()
        var isFloat = false
        if byte() == UInt8(ascii: "."), let next = byte(1), isDigit(next) {
            isFloat = true
            at += 1
            digits()
        }
        if let e = byte(), e | 0x20 == UInt8(ascii: "e") {
            var next = 1
            if let sign = byte(1), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { next = 2 }
            if let digit = byte(next), isDigit(digit) {
                isFloat = true
                at += next
                digits()
            }
        }
        if let c = byte(), isWordStart(c) { return isFloat ? try badSuffix(start) : try duration(start) }
        if isFloat {
            guard let value = Double(digitsAlone(start)), value.isFinite else { throw fail(.badNumber(text(start)), start, at) }
            return .float(value)
        }
        return try integer(start)
    }

    /// The integer whose digits have been read.
    private mutating func integer(_ start: Int) throws(SyntaxError) -> TokenKind {
        var value: UInt64 = 0
        var digitCount = 0
        var overflows = false
        for c in bytes[start..<at] where c != UInt8(ascii: "_") {
            let (product, isTooLong) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = product.addingReportingOverflow(UInt64(c - UInt8(ascii: "0")))
            value = sum
            overflows = overflows || isTooLong || isTooLarge
            digitCount += 1
        }
        if digitCount > 1, bytes[start] == UInt8(ascii: "0") { throw fail(.leadingZero(text(start)), start, at) }
        if !overflows { return integer(value) }
        guard let value = Decimal128(digitsAlone(start)) else { throw fail(.integerTooLarge(text(start)), start, at) }
        return .scalar(literal(.decimal(value)))
    }

    /// The number that has been read, without the `_` in it.
    private func digitsAlone(_ start: Int) -> String { text(start).filter { $0 != "_" } }

    /// An integer, or a decimal where 64 bits have no room for it; they have for the least one, whose sign is another token.
    private mutating func integer(_ value: UInt64) -> TokenKind {
        value <= UInt64(Int64.max) + 1 ? .integer(value) : .scalar(literal(.decimal(Decimal128(unscaled: Int128(value), scale: 0))))
    }

    private mutating func badSuffix(_ start: Int) throws(SyntaxError) -> TokenKind {
        skipWord()
        throw fail(.badNumber(text(start)), start, at)
    }

    private mutating func digits() {
        while let c = byte(), isDigit(c) || c == UInt8(ascii: "_") { at += 1 }
    }

    func text(_ start: Int) -> String { String(decoding: bytes[start..<at], as: UTF8.self) }

    // DURATION: 250ms  30s  5m  2h  1d  2w, and several in a row, the largest unit first: 1h30m
    private mutating func duration(_ start: Int) throws(SyntaxError) -> TokenKind {
        at = start
        skipWord()
        guard let micros = DurationText.microseconds(text(start)) else { throw fail(.badDuration(text(start)), start, at) }
        return .scalar(literal(.duration(micros)))
    }

    // DATE: @2024-05-01  @2024-05-01T10:00:00  @2024-05-01T10:00:00.25Z  @2024-05-01T10:00:00+02:00
    mutating func date() throws(SyntaxError) -> TokenKind {
        let start = at
        at += 1
        while let c = byte() {
            let isPart = isDigit(c) || c == UInt8(ascii: "-") || c == UInt8(ascii: ":") || c == UInt8(ascii: "T") || c == UInt8(ascii: "Z")
                || c == UInt8(ascii: "+") || c == UInt8(ascii: ".") && (byte(1).map(isDigit) ?? false)
            guard isPart else { break }
            at += 1
        }
        let value = bytes[start + 1..<at].withUnsafeBytes { raw -> Scalar? in
            if let days = TextParsing.date(raw) { return .date(days) }
            if let (micros, utc) = TextParsing.timestamp(raw) { return .timestamp(micros, utc: utc) }
            return nil
        }
        guard let value else { throw fail(.badDate(text(start)), start, at) }
        return .scalar(literal(value))
    }

    // STRING: "text ${expr}"  'raw'  """..."""  '''...'''
    mutating func openString(spaced: Bool) {
        let start = at
        let quote = bytes[at]
        let isLong = byte(1) == quote && byte(2) == quote
        at += isLong ? 3 : 1
        var string = OpenString(isRaw: quote == UInt8(ascii: "'"), isLong: isLong, span: Span(start, at))
        add(.stringStart, start, spaced: spaced)
        if isLong {
            string.indentation = indentation(of: string)
            // A long string's first line begins after the line break that follows the quotes.
            if byte() == UInt8(ascii: "\r") && byte(1) == UInt8(ascii: "\n") { at += 1 }
            if byte() == UInt8(ascii: "\n") {
                at += 1
                string.atLineStart = true
            }
        }
        strings.append(string)
        stringBody()
    }

    /// Reads on in the innermost open string, up to its end or the next `${`.
    mutating func stringBody() {
        guard var string = strings.popLast() else { return }
        let start = at
        let quote = string.isRaw ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        var part: [UInt8] = []
        func finish(_ lexer: inout Lexer) {
            if !part.isEmpty { lexer.add(.stringPart(lexer.literal(.string(String(decoding: part, as: UTF8.self)))), start, spaced: false) }
        }
        while true {
            if string.atLineStart {
                string.atLineStart = false
                if bytes[at...].starts(with: string.indentation) { at += string.indentation.count }
            }
            guard let c = byte() else {
                finish(&self)
                return endUnclosed(string)
            }
            if c == quote && (!string.isLong || (byte(1) == quote && byte(2) == quote)) {
                if !string.isLong && string.isRaw && byte(1) == quote {
                    part.append(quote)
                    at += 2
                    continue
                }
                // The line break before the closing quotes of a long string is not part of it.
                if string.isLong, part.last == UInt8(ascii: "\n") {
                    part.removeLast()
                    if part.last == UInt8(ascii: "\r") { part.removeLast() }
                }
                finish(&self)
                let end = at
                at += string.isLong ? 3 : 1
                add(.stringEnd, end, spaced: false)
                return
            }
            switch c {
            case UInt8(ascii: "\n") where !string.isLong:
                finish(&self)
                return endUnclosed(string)
            case UInt8(ascii: "\n"):
                part.append(c)
                at += 1
                string.atLineStart = true
            case UInt8(ascii: "\\") where !string.isRaw:
                do { try escape(into: &part, of: string) } catch { read.faults.append(error) }
            case UInt8(ascii: "$") where !string.isRaw && byte(1) == UInt8(ascii: "{"):
                finish(&self)
                let open = at
                at += 2
                add(.interpolationStart, open, spaced: false)
                string.braces = 0
                string.interpolation = Span(open, at)
                strings.append(string)
                return
            default:
                let run = at
                repeat {
                    noteHiddenInString(at: at)
                    at += 1
                } while at < bytes.count && !mayEndRun(bytes[at], quote)
                part.append(contentsOf: bytes[run..<at])
            }
        }
    }

    /// Whether a byte of a string may be other than text.
    private func mayEndRun(_ c: UInt8, _ quote: UInt8) -> Bool {
        c == quote || c == UInt8(ascii: "\n") || c == UInt8(ascii: "\\") || c == UInt8(ascii: "$")
    }

    /// Notes that a string has no end, and closes it here with all that it stands in.
    private mutating func endUnclosed(_ string: OpenString) {
        let closing = String(repeating: string.isRaw ? "'" : "\"", count: string.isLong ? 3 : 1)
        if let outer = strings.last, !string.isLong {
            read.faults.append(SyntaxError(fault: .unterminatedInside(closing: closing, interpolation: outer.interpolation), span: string.span))
        } else {
            read.faults.append(SyntaxError(fault: .unterminated(what: "string", closing: closing), span: string.span, isUnfinished: string.isLong))
        }
        add(.stringEnd, at, spaced: false)
        closeStrings()
    }

    // ESCAPE: \n \r \t \0 \\ \" \$ \u{1F600}
    private mutating func escape(into part: inout [UInt8], of string: OpenString) throws(SyntaxError) {
        let start = at
        at += 1
        // At the end of the text or of its line the string has no end either, which is what is said.
        guard let c = byte(), c != UInt8(ascii: "\n") || string.isLong else { return }
        at += 1
        switch c {
        case UInt8(ascii: "n"): part.append(0x0A)
        case UInt8(ascii: "r"): part.append(0x0D)
        case UInt8(ascii: "t"): part.append(0x09)
        case UInt8(ascii: "0"): part.append(0x00)
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"): part.append(c)
        case UInt8(ascii: "u"):
            var digits = ""
            if byte() == UInt8(ascii: "{") {
                at += 1
                while let d = byte(), d != UInt8(ascii: "}"), digits.count < 9, isWordStart(d) || isDigit(d) {
                    digits.unicodeScalars.append(UnicodeScalar(d))
                    at += 1
                }
            }
            guard byte() == UInt8(ascii: "}"), let value = UInt32(digits, radix: 16), let scalar = UnicodeScalar(value) else {
                throw fail(.badEscape(text(start)), start, at)
            }
            at += 1
            part.append(contentsOf: Array(String(Character(scalar)).utf8))
        default:
            while let next = byte(), next & 0xC0 == 0x80 { at += 1 }
            throw fail(.badEscape(text(start)), start, at)
        }
    }

    /// The white space before the quotes that close a long string, found ahead of reading it: the closing quotes
    /// are the first ones that follow nothing but blanks on a line, or else there is no indentation to strip.
    private func indentation(of string: OpenString) -> [UInt8] {
        let quote = string.isRaw ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        var index = at, lineStart = at, blank = false
        while index < bytes.count {
            let c = bytes[index]
            if c == UInt8(ascii: "\n") {
                lineStart = index + 1
                blank = true
            } else if c == quote && index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote {
                return blank ? Array(bytes[lineStart..<index]) : []
            } else if c == UInt8(ascii: "\\") && !string.isRaw {
                index += 1
                blank = false
            } else if c != UInt8(ascii: " ") && c != UInt8(ascii: "\t") {
                blank = false
            }
            index += 1
        }
        return []
    }
}
