// The lexer: bytes of a source -> tokens. After a fault it goes on behind it, so that all faults of a text are found at once.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFrames

/// Cuts a source into tokens.
///
/// Strings come as parts, with the tokens of each `${...}` between them, so that interpolations nest without
/// recursion: a stack remembers which string each `}` returns to.
struct Lexer {
    let bytes: [UInt8]
    var at = 0
    /// What has been read.
    var read = LexedSource()
    /// One entry for each open string: how it ends, and how many braces its open interpolation has seen.
    var strings: [OpenString] = []

    struct OpenString {
        var isRaw: Bool
        var isLong: Bool
        var span: Span
        /// Braces open inside the interpolation that is being read.
        var braces = 0
        /// The `${` that begins it.
        var interpolation = Span(0, 0)
        /// The white space before the closing quotes of a long string, taken from every line.
        var indentation: [UInt8] = []
        /// Whether the next part starts a line of a long string.
        var atLineStart = false
    }

    /// Sources beyond this are refused: spans are 32-bit, and a script is not data.
    static let lengthLimit = 64 << 20

    init(_ source: Source) { bytes = source.bytes }

    /// More faults than anyone would read end the reading.
    static let faultLimit = 100

    /// The tokens of a source.
    static func read(_ source: Source) -> LexedSource {
        var lexer = Lexer(source)
        lexer.run()
        return lexer.read
    }

    private mutating func run() {
        if bytes.count > Lexer.lengthLimit {
            read.faults = [SyntaxError(fault: .tooLong(limit: Lexer.lengthLimit), span: Span(0, 0))]
        } else if let bad = firstInvalidUTF8() {
            read.faults = [SyntaxError(fault: .invalidUTF8, span: Span(bad, bad + 1))]
        }
        guard read.faults.isEmpty else {
            read.tokens = [Token(kind: .end, span: Span(0, 0), spaced: true)]
            return
        }
        read.tokens.reserveCapacity(bytes.count / 2)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        if bytes.count > at + 1, bytes[at] == UInt8(ascii: "#"), bytes[at + 1] == UInt8(ascii: "!") {
            let start = at
            skipLine()
            read.comments.append(Span(start, at))
        }
        while read.faults.count < Lexer.faultLimit {
            var start = at
            do {
                let spaced = try skipSpace()
                guard at < bytes.count else { break }
                start = at
                try token(spaced: spaced)
            } catch {
                read.faults.append(error)
                at = max(at, Int(error.span.end), start + 1)
                add(.invalid, start, spaced: true)
            }
        }
        if let open = strings.last {
            read.faults.append(SyntaxError(fault: .unterminated(what: "interpolation", closing: "}"), span: open.interpolation, isUnfinished: true))
            closeStrings()
        }
        at = bytes.count
        add(.end, at, spaced: true)
    }

    /// Ends all strings that are open, as if they were closed here.
    mutating func closeStrings() {
        for _ in strings {
            add(.interpolationEnd, at, spaced: false)
            add(.stringEnd, at, spaced: false)
        }
        strings = []
    }

    func byte(_ offset: Int = 0) -> UInt8? { at + offset < bytes.count ? bytes[at + offset] : nil }

    @inline(__always)
    mutating func add(_ kind: TokenKind, _ start: Int, spaced: Bool) {
        // No source is as long as that its places would not fit.
        let span = Span(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: at))
        read.tokens.append(Token(kind: kind, span: span, spaced: spaced))
    }

    /// Drops the line ends before here: what comes next goes on with the statement.
    private mutating func joinLines() {
        while case .newline? = read.tokens.last?.kind { read.tokens.removeLast() }
    }

    mutating func literal(_ value: Scalar) -> Literal {
        read.literals.append(value)
        return Literal(number: UInt32(read.literals.count - 1))
    }

    func fail(_ fault: SyntaxFault, _ start: Int, _ end: Int, unfinished: Bool = false) -> SyntaxError {
        SyntaxError(fault: fault, span: Span(start, end), isUnfinished: unfinished)
    }

    private mutating func skipLine() {
        while at < bytes.count && bytes[at] != UInt8(ascii: "\n") { at += 1 }
    }

    /// Skips blanks, comments and a backslash at a line's end; says whether there were any.
    private mutating func skipSpace() throws(SyntaxError) -> Bool {
        let start = at
        while true {
            skipBlanks()
            guard let c = byte() else { return true }
            switch c {
            case UInt8(ascii: "#"):
                let comment = at
                skipLine()
                read.comments.append(Span(comment, at))
                if let hidden = hiddenCharacter(in: comment..<at) { read.faults.append(hidden) }
            case UInt8(ascii: "\\"):
                var next = at + 1
                while next < bytes.count && (bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\r")) { next += 1 }
                guard next >= bytes.count || bytes[next] == UInt8(ascii: "\n") else {
                    throw fail(.strayCharacter(UInt32(c)), at, at + 1)
                }
                if next >= bytes.count { throw fail(.expected("the line that `\\` continues", found: nil), at, at + 1, unfinished: true) }
                at = next + 1
            default:
                return at > start || at == 0
            }
        }
    }

    private mutating func skipBlanks() {
        var next = at
        while next < bytes.count, bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\t") || bytes[next] == UInt8(ascii: "\r") { next += 1 }
        at = next
    }

    private mutating func token(spaced: Bool) throws(SyntaxError) {
        let start = at
        let c = bytes[at]
        switch c {
        case UInt8(ascii: "\n"):
            at += 1
            add(.newline, start, spaced: spaced)
        case UInt8(ascii: ";"):
            at += 1
            add(.semicolon, start, spaced: spaced)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            let name = word()
            switch Word(rawValue: name.number) {
            case .and, .or, .else, .catch: joinLines()
            default: break
            }
            add(.word(name), start, spaced: spaced)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let kind = try number()
            add(kind, start, spaced: spaced)
        case UInt8(ascii: "`"):
            let name = try quotedName()
            add(.quotedName(name), start, spaced: spaced)
        case UInt8(ascii: "$"):
            at += 1
            if byte() == UInt8(ascii: "{") { throw fail(.interpolationOutside, start, at + 1) }
            if byte() == UInt8(ascii: "`") {
                let name = try quotedName()
                return add(.variable(name), start, spaced: spaced)
            }
            guard let next = byte(), isWordStart(next) else {
                throw fail(.expected("a name after `$`", found: byte() == nil ? nil : "`$` alone"), start, at)
            }
            add(.variable(word()), start, spaced: spaced)
        case UInt8(ascii: "@"):
            let kind = try date()
            add(kind, start, spaced: spaced)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            openString(spaced: spaced)
        default:
            try symbol(spaced: spaced)
        }
    }

    func isWordStart(_ c: UInt8) -> Bool {
        (c | 0x20) >= UInt8(ascii: "a") && (c | 0x20) <= UInt8(ascii: "z") || c == UInt8(ascii: "_")
    }

    func isDigit(_ c: UInt8) -> Bool { c >= UInt8(ascii: "0") && c <= UInt8(ascii: "9") }

    private mutating func word() -> Name {
        let start = at
        var hash = NameTable.emptyHash, end = at
        while end < bytes.count, isWordStart(bytes[end]) || isDigit(bytes[end]) {
            hash = NameTable.hash(hash, bytes[end])
            end += 1
        }
        at = end
        return read.names.name(bytes, start..<end, hash: hash)
    }

    mutating func skipWord() {
        while let c = byte(), isWordStart(c) || isDigit(c) { at += 1 }
    }

    // QUOTED: `Total Revenue`
    private mutating func quotedName() throws(SyntaxError) -> Name {
        let start = at
        at += 1
        while let c = byte(), c != UInt8(ascii: "`"), c != UInt8(ascii: "\n") { at += 1 }
        guard byte() == UInt8(ascii: "`") else { throw fail(.unterminated(what: "name", closing: "`"), start, at) }
        let range = start + 1..<at
        at += 1
        if range.isEmpty { throw fail(.expected("a name between the backticks", found: "``"), start, at) }
        if let hidden = hiddenCharacter(in: start..<at) { read.faults.append(hidden) }
        return read.names.name(bytes, range, hash: bytes[range].reduce(NameTable.emptyHash) { NameTable.hash($0, $1) })
    }

    private mutating func symbol(spaced: Bool) throws(SyntaxError) {
        let start = at
        guard let (symbol, length) = Symbol.first(bytes[at], byte(1)) else { throw strayCharacter() }
        at += length
        switch symbol {
        case .pipe: joinLines()
        case .openBrace:
            if !strings.isEmpty { strings[strings.count - 1].braces += 1 }
        case .closeBrace where strings.last.map({ $0.braces == 0 }) ?? false:
            add(.interpolationEnd, start, spaced: spaced)
            return stringBody()
        case .closeBrace:
            if !strings.isEmpty { strings[strings.count - 1].braces -= 1 }
        default:
            break
        }
        add(.symbol(symbol), start, spaced: spaced)
    }

    private func strayCharacter() -> SyntaxError {
        var end = at + 1
        while end < bytes.count && bytes[end] & 0xC0 == 0x80 { end += 1 }
        if let hidden = hiddenCharacter(in: at..<end) { return hidden }
        // `&&` of other languages is one mistake.
        while end < bytes.count && bytes[end] == bytes[at] && bytes[at] < 0x80 { end += 1 }
        let scalar = String(decoding: bytes[at..<end], as: UTF8.self).unicodeScalars.first?.value ?? 0
        guard let closing = LookAlike.closingQuotes[scalar] else { return fail(.strayCharacter(scalar), at, end) }
        // One fault for the whole of a string in such quotes.
        var close = end
        while close < bytes.count && bytes[close] != UInt8(ascii: "\n") {
            if let quote = closing.first(where: { bytes[close...].starts(with: $0) }) { return fail(.strayQuote(scalar), at, close + quote.count) }
            close += 1
        }
        return fail(.strayQuote(scalar), at, end)
    }

    /// The first character of `range` that could show text other than it is: a control character, a bidirectional control or
    /// a mark without a width.
    func hiddenCharacter(in range: Range<Int>) -> SyntaxError? {
        var index = range.lowerBound
        while index < range.upperBound {
            if let (scalar, width) = hiddenCharacter(at: index), index + width <= range.upperBound {
                return fail(.hiddenCharacter(scalar), index, index + width)
            }
            index += 1
        }
        return nil
    }

    /// The character that begins at `index` and its length in bytes, where nobody would see it.
    private func hiddenCharacter(at index: Int) -> (scalar: UInt32, width: Int)? {
        let c = bytes[index]
        if c < 0x20 || c == 0x7F {
            return c == UInt8(ascii: "\t") || c == UInt8(ascii: "\r") || c == UInt8(ascii: "\n") ? nil : (UInt32(c), 1)
        }
        guard c == 0xE2 || c == 0xEF, index + 2 < bytes.count else { return nil }
        let scalar = UInt32(c & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        switch scalar {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: return (scalar, 3)
        default: return nil
        }
    }

    /// Notes the character at `index` of a string where it could show the text in another order than it is, or end it early:
    /// marks that join letters belong to some people's text, bidirectional controls and the like do not.
    mutating func noteHiddenInString(at index: Int) {
        guard let (scalar, width) = hiddenCharacter(at: index) else { return }
        switch scalar {
        case 0, 0x202A...0x202E, 0x2066...0x2069: read.faults.append(fail(.hiddenCharacter(scalar), index, index + width))
        default: return
        }
    }

    private func firstInvalidUTF8() -> Int? {
        // The validating initializer is fast; only a bad source is then searched for the place.
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return min(offset, bytes.count - 1)
            }
        }
    }
}
