// Strings of the lexer: their parts, escapes, and the lines of long ones.
import QueryFrames

extension Lexer {
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
        stringBody(&string)
    }

    /// Reads on in a string, up to its end or the next `${`.
    mutating func stringBody(_ string: inout OpenString) {
        let start = at
        let quote = string.isRaw ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        // What is text as it stands there and not yet taken.
        var run = at
        while true {
            if string.atLineStart {
                string.atLineStart = false
                takeText(from: run)
                skipIndentation(string.indentation)
                run = at
            }
            var index = at
            while index < end, !mayStand(index, .endsText) { index &+= 1 }
            at = index
            guard index < end else {
                finishPart(start, run)
                return endUnclosed(string)
            }
            switch bytes[index] {
            case quote where !string.isLong && string.isRaw && byte(1) == quote:
                // One quote of the two is taken.
                at &+= 1
                takeText(from: run)
                at &+= 1
                run = at
            case quote where !string.isLong || byte(1) == quote && byte(2) == quote:
                return close(string, start, run)
            case UInt8(ascii: "\n"):
                if !string.isLong {
                    finishPart(start, run)
                    return endUnclosed(string)
                }
                at &+= 1
                string.atLineStart = true
            case UInt8(ascii: "\\") where !string.isRaw:
                takeText(from: run)
                do { try escape(of: string) } catch { read.faults.append(error) }
                run = at
            case UInt8(ascii: "$") where !string.isRaw && byte(1) == UInt8(ascii: "{"):
                finishPart(start, run)
                at &+= 2
                add(.interpolationStart, index, spaced: false)
                string.braces = 0
                string.interpolation = Span(index, at)
                return strings.append(string)
            default:
                noteHiddenInString(at: index)
                at &+= 1
            }
        }
    }

    /// Takes the text from `run` to here for the part.
    private mutating func takeText(from run: Int) {
        if run < at { part.append(contentsOf: bytes[run..<at]) }
    }

    /// Ends a part that began at `start`: what has been taken of it, and the text from `run` to here.
    private mutating func finishPart(_ start: Int, _ run: Int) {
        let text: String
        if part.isEmpty {
            if run == at { return }
            text = String(decoding: UnsafeBufferPointer(rebasing: bytes[run..<at]), as: UTF8.self)
        } else {
            takeText(from: run)
            text = String(decoding: part, as: UTF8.self)
            part.removeAll(keepingCapacity: true)
        }
        add(.stringPart(literal(.string(text))), start, spaced: false)
    }

    /// Ends a string at its closing quotes.
    private mutating func close(_ string: OpenString, _ start: Int, _ run: Int) {
        var run = run
        if string.isLong {
            // The line break before the closing quotes of a long string is not part of it.
            takeText(from: run)
            run = at
            if part.last == UInt8(ascii: "\n") {
                part.removeLast()
                if part.last == UInt8(ascii: "\r") { part.removeLast() }
            }
        }
        finishPart(start, run)
        let quotes = at
        at += string.isLong ? 3 : 1
        add(.stringEnd, quotes, spaced: false)
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
    private mutating func escape(of string: OpenString) throws(SyntaxError) {
        let start = at
        at += 1
        // At the end of the text or of its line the string has no end either, which is what is said.
        guard at < end, bytes[at] != UInt8(ascii: "\n") || string.isLong else { return }
        let c = bytes[at]
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
                while at < end, digits.utf8.count < 9, mayStand(at, .name) {
                    digits.unicodeScalars.append(UnicodeScalar(bytes[at]))
                    at += 1
                }
            }
            guard byte() == UInt8(ascii: "}"), let value = UInt32(digits, radix: 16), let scalar = UnicodeScalar(value) else {
                throw fail(.badEscape(text(start)), start, at)
            }
            at += 1
            part.append(contentsOf: String(scalar).utf8)
        default:
            while at < end, bytes[at] & 0xC0 == 0x80 { at += 1 }
            throw fail(.badEscape(text(start)), start, at)
        }
    }

    /// Skips what the line here has of the indentation of its string: all of it, or nothing.
    private mutating func skipIndentation(_ indentation: Range<Int>) {
        guard end - at >= indentation.count, bytes[at..<at + indentation.count].elementsEqual(bytes[indentation]) else { return }
        at += indentation.count
    }

    /// The white space before the quotes that close a long string, found ahead of reading it: the closing quotes
    /// are the first ones that follow nothing but blanks on a line, or else there is no indentation to strip.
    private func indentation(of string: OpenString) -> Range<Int> {
        let quote = string.isRaw ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        var index = at, lineStart = at, blank = false
        while index < end {
            let c = bytes[index]
            if c == UInt8(ascii: "\n") {
                lineStart = index + 1
                blank = true
            } else if c == quote && index + 2 < end && bytes[index + 1] == quote && bytes[index + 2] == quote {
                return blank ? lineStart..<index : 0..<0
            } else if c == UInt8(ascii: "\\") && !string.isRaw {
                index += 1
                blank = false
            } else if c != UInt8(ascii: " ") && c != UInt8(ascii: "\t") {
                blank = false
            }
            index += 1
        }
        return 0..<0
    }
}
