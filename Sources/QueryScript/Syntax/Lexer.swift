// The lexer: bytes of a source -> tokens. After a fault it goes on behind it, so that all faults of a text are found at once.
import QueryFrames

/// Cuts a source into tokens.
///
/// Strings come as parts, with the tokens of each `${...}` between them, so that interpolations nest without
/// recursion: a stack remembers which string each `}` returns to.
///
/// It reads and writes memory whose bounds only builds for debugging check: `bytes` is looked at below `end` alone, and a token is
/// begun only where there is room for all that may come of it.
struct Lexer {
    let bytes: UnsafeBufferPointer<UInt8>
    let end: Int
    /// One for each byte there is.
    let classes: UnsafeBufferPointer<ByteClass>
    var at = 0
    /// What has been read; its tokens stand in `room` until all are there.
    var read = LexedSource()
    /// Memory for tokens, which an array will own: its `append` would ask each time who else has it.
    private var room = UnsafeMutableBufferPointer<Token>(start: nil, count: 0)
    /// How many tokens there are.
    private var count = 0
    /// The count up to which there is room for whatever the next step makes.
    private var lastCount = 0
    /// Where the last token ended.
    private var lastEnd = 0
    /// Whether all has been read.
    private var isDone = false
    /// One entry for each string in whose interpolation the lexer is.
    var strings: [OpenString] = [] { didSet { measureRoom() } }
    /// The text of the part of a string that is being read, as far as it is not the source's own.
    var part: [UInt8] = []
    /// One more than the number of the literal of each small integer; 0 where it has not come yet.
    var smallIntegers = [UInt32](repeating: 0, count: 128)

    /// How a string ends, and how many braces its open interpolation has seen.
    struct OpenString {
        let isRaw: Bool
        let isLong: Bool
        let span: Span
        /// Braces open inside the interpolation that is being read.
        var braces = 0
        /// The `${` that begins it.
        var interpolation = Span(0, 0)
        /// The white space before the closing quotes of a long string, taken from every line.
        var indentation = 0..<0
        /// Whether the next part starts a line of a long string.
        var atLineStart = false
    }

    /// Sources beyond this are refused: spans are 32-bit, and a script is not data.
    static let lengthLimit = 64 << 20

    /// More faults than anyone would read end the reading.
    static let faultLimit = 100

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<ByteClass>) {
        self.bytes = bytes
        self.classes = classes
        end = bytes.count
    }

    /// The tokens of a source.
    static func read(_ source: Source) -> LexedSource {
        source.bytes.withUnsafeBufferPointer { bytes in
            ByteClass.all.withUnsafeBufferPointer { classes in
                var lexer = Lexer(bytes, classes)
                lexer.run()
                return lexer.read
            }
        }
    }

    private mutating func run() {
        if end > Lexer.lengthLimit {
            read.faults = [SyntaxError(fault: .tooLong(limit: Lexer.lengthLimit), span: Span(0, 0))]
        } else if let bad = firstInvalidUTF8() {
            read.faults = [SyntaxError(fault: .invalidUTF8, span: Span(bad, bad + 1))]
        }
        guard read.faults.isEmpty else {
            read.tokens = [Token(span: Span(0, 0), kind: .end, spaced: true)]
            return
        }
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
        if end > at + 1, bytes[at] == UInt8(ascii: "#"), bytes[at + 1] == UInt8(ascii: "!") {
            let start = at
            while at < end && bytes[at] != UInt8(ascii: "\n") { at += 1 }
            read.comments.append(Span(start, at))
        }
        lastEnd = at
        // Most sources have fewer tokens and literals; memory that is not written to costs nothing.
        read.literals.reserveCapacity(end / 16)
        var size = end / 2 + 2 * Lexer.tokensAtOnce
        while !isDone {
            read.tokens = Array(unsafeUninitializedCapacity: size) { room, count in
                _ = room.initialize(fromContentsOf: read.tokens)
                self.room = room
                measureRoom()
                readTokens()
                count = self.count
            }
            size = size * 2 + room.count - lastCount
        }
    }

    /// No step of the lexer makes more tokens where no string is open.
    private static let tokensAtOnce = 8

    /// Where a string has no end, all that are open end with it.
    private mutating func measureRoom() { lastCount = room.count - Lexer.tokensAtOnce - 2 * strings.count }

    /// Reads up to the end, or as far as there is room.
    private mutating func readTokens() {
        while read.faults.count < Lexer.faultLimit {
            if count > lastCount { return }
            skipBlanks()
            guard at < end else { break }
            let start = at
            do { try token() } catch { refuse(error, start) }
        }
        if let open = strings.last {
            read.faults.append(SyntaxError(fault: .unterminated(what: "interpolation", closing: "}"), span: open.interpolation, isUnfinished: true))
            closeStrings()
        }
        at = end
        add(.end, at, spaced: true)
        isDone = true
    }

    /// Ends all strings that are open, as if they were closed here.
    mutating func closeStrings() {
        for _ in strings {
            add(.interpolationEnd, at, spaced: false)
            add(.stringEnd, at, spaced: false)
        }
        strings = []
    }

    /// The byte that far ahead, 0 behind the end: no token goes on with that.
    @inline(__always)
    func byte(_ offset: Int = 0) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }

    @inline(__always)
    func mayStand(_ index: Int, _ place: ByteClass.Places) -> Bool { classes[Int(bytes[index])].mayStand(place) }

    @inline(__always)
    mutating func add(_ kind: TokenKind, _ start: Int, spaced: Bool) {
        // No source is as long as that its places would not fit.
        let span = Span(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: at))
        room.initializeElement(at: count, to: Token(span: span, kind: kind, spaced: spaced))
        count &+= 1
        lastEnd = at
    }

    /// Drops the line ends before here: what comes next goes on with the statement.
    private mutating func joinLines() {
        while count > 0, case .newline = room[count - 1].kind { count -= 1 }
    }

    func fail(_ fault: SyntaxFault, _ start: Int, _ end: Int, unfinished: Bool = false) -> SyntaxError {
        SyntaxError(fault: fault, span: Span(start, end), isUnfinished: unfinished)
    }

    /// Notes a fault of the text that begins at `start`, and goes on behind it.
    private mutating func refuse(_ error: SyntaxError, _ start: Int) {
        read.faults.append(error)
        at = max(at, Int(error.span.end), start + 1)
        add(.invalid, start, spaced: true)
    }

    @inline(__always)
    private mutating func skipBlanks() {
        var index = at
        while index < end, mayStand(index, .blank) { index &+= 1 }
        at = index
    }

    private mutating func comment() {
        let start = at
        var index = at, mayHide = false
        while index < end, bytes[index] != UInt8(ascii: "\n") {
            mayHide = mayHide || mayStand(index, .mayHide)
            index &+= 1
        }
        at = index
        read.comments.append(Span(start, at))
        if mayHide, let hidden = hiddenCharacter(in: start..<at) { read.faults.append(hidden) }
    }

    /// Skips a backslash and the end of the line, behind which the statement goes on.
    private mutating func continuedLine() {
        var next = at + 1
        while next < end && (bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\r")) { next += 1 }
        if next >= end {
            refuse(fail(.expected("the line that `\\` continues", found: nil), at, at + 1, unfinished: true), lastEnd)
        } else if bytes[next] != UInt8(ascii: "\n") {
            refuse(fail(.strayCharacter(UInt32(bytes[at])), at, at + 1), lastEnd)
        } else {
            at = next + 1
        }
    }

    @inline(__always)
    private mutating func token() throws(SyntaxError) {
        let start = at, spaced = start > lastEnd || start == 0
        switch classes[Int(bytes[start])].start {
        case .word:
            let name = word()
            if name.joinsLines { joinLines() }
            add(.word(name), start, spaced: spaced)
        case .symbol(let symbol):
            at &+= 1
            add(.symbol(symbol), start, spaced: spaced)
        case .newline:
            at &+= 1
            add(.newline, start, spaced: spaced)
        case .semicolon:
            at &+= 1
            add(.semicolon, start, spaced: spaced)
        case .digit:
            let kind = try number()
            add(kind, start, spaced: spaced)
        case .quote:
            openString(spaced: spaced)
        case .pipe:
            at &+= 1
            joinLines()
            add(.symbol(.pipe), start, spaced: spaced)
        case .openBrace:
            at &+= 1
            if !strings.isEmpty { strings[strings.count - 1].braces += 1 }
            add(.symbol(.openBrace), start, spaced: spaced)
        case .closeBrace where !strings.isEmpty:
            closeBrace(spaced: spaced)
        case .closeBrace:
            at &+= 1
            add(.symbol(.closeBrace), start, spaced: spaced)
        case .backtick:
            let name = try quotedName()
            add(.quotedName(name), start, spaced: spaced)
        case .dollar:
            let name = try variable()
            add(.variable(name), start, spaced: spaced)
        case .at:
            let kind = try date()
            add(kind, start, spaced: spaced)
        case .comment:
            comment()
        case .backslash:
            continuedLine()
        case .sign:
            try sign(spaced: spaced)
        case .stray:
            throw strayCharacter()
        }
    }

    /// Reads a symbol of two bytes, or of one that some of those begin with.
    private mutating func sign(spaced: Bool) throws(SyntaxError) {
        let start = at, pair = Symbol(bytes[start], byte(1))
        guard let symbol = pair ?? Symbol(bytes[start]) else { throw strayCharacter() }
        at &+= pair == nil ? 1 : 2
        add(.symbol(symbol), start, spaced: spaced)
    }

    func isWordStart(_ c: UInt8) -> Bool {
        (c | 0x20) >= UInt8(ascii: "a") && (c | 0x20) <= UInt8(ascii: "z") || c == UInt8(ascii: "_")
    }

    @inline(__always)
    func isDigit(_ c: UInt8) -> Bool { c >= UInt8(ascii: "0") && c <= UInt8(ascii: "9") }

    @inline(__always)
    private mutating func word() -> Name {
        let start = at
        skipWord()
        return name(start..<at)
    }

    @inline(__always)
    mutating func skipWord() {
        var index = at
        while index < end, mayStand(index, .name) { index &+= 1 }
        at = index
    }

    // VARIABLE: $month  $`Total Revenue`
    private mutating func variable() throws(SyntaxError) -> Name {
        let start = at
        at += 1
        switch byte() {
        case UInt8(ascii: "{"): throw fail(.interpolationOutside, start, at + 1)
        case UInt8(ascii: "`"): return try quotedName()
        case let next where isWordStart(next): return word()
        default: throw fail(.expected("a name after `$`", found: at == end ? nil : "`$` alone"), start, at)
        }
    }

    // QUOTED: `Total Revenue`
    private mutating func quotedName() throws(SyntaxError) -> Name {
        let start = at
        at += 1
        while at < end, bytes[at] != UInt8(ascii: "`"), bytes[at] != UInt8(ascii: "\n") { at += 1 }
        guard byte() == UInt8(ascii: "`") else { throw fail(.unterminated(what: "name", closing: "`"), start, at) }
        let range = start + 1..<at
        at += 1
        if range.isEmpty { throw fail(.expected("a name between the backticks", found: "``"), start, at) }
        if let hidden = hiddenCharacter(in: start..<at) { read.faults.append(hidden) }
        return name(range)
    }

    @inline(__always)
    private mutating func name(_ range: Range<Int>) -> Name {
        let first = bytes.baseAddress.map { $0 + range.lowerBound }
        return read.names.name(NameBytes(UnsafeBufferPointer(start: first, count: end &- range.lowerBound), count: range.upperBound &- range.lowerBound))
    }

    /// Reads a `}` inside of an interpolation, which may be its end.
    private mutating func closeBrace(spaced: Bool) {
        let start = at, innermost = strings.count - 1
        at &+= 1
        if strings[innermost].braces > 0 {
            strings[innermost].braces -= 1
            return add(.symbol(.closeBrace), start, spaced: spaced)
        }
        var string = strings.removeLast()
        add(.interpolationEnd, start, spaced: spaced)
        stringBody(&string)
    }
}
