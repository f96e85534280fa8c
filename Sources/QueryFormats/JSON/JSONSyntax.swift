// The grammar of JSON values (RFC 8259): where a value ends, or why it is none. Errors give line and column.

/// Steps over values; the zero bytes after the input end everything, so that no step looks at the length.
struct JSONSyntax {
    let source: ByteSource
    let bytes: UnsafePointer<UInt8>
    /// Whether a line may end between two tokens; in JSON lines it may not.
    let newlineIsBlank: Bool
    /// Lists and records that are open around each field's value.
    let depth: Int

    /// Lists and records may be nested this deep.
    static let nestingLimit = 512

    init(_ source: ByteSource, newlineIsBlank: Bool, depth: Int) {
        self.source = source
        self.newlineIsBlank = newlineIsBlank
        self.depth = depth
        bytes = source.pointer.assumingMemoryBound(to: UInt8.self)
    }

    /// That something else than `expected` stands at `offset`.
    @inline(never)
    func error(_ offset: Int, _ expected: String) -> FormatError {
        let place = source.place(at: min(offset, source.count))
        return .syntax(path: source.path, line: place.line, column: place.column, expected: expected)
    }

    /// The first place from `start` on that is no blank.
    @inline(__always)
    func skipBlanks(_ start: Int) -> Int {
        var at = start
        while true {
            let byte = bytes[at]
            if byte > UInt8(ascii: " ") { return at }
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
                || (byte == UInt8(ascii: "\n") && newlineIsBlank)
            {
                at &+= 1
            } else {
                return at
            }
        }
    }

    /// Steps over the value at `start`; gives the place after it.
    @inline(__always)
    func value(_ start: Int) throws(FormatError) -> (end: Int, kind: Cell.Kind) {
        switch bytes[start] {
        case UInt8(ascii: "\""):
            let (end, escaped) = try string(start)
            return (end, escaped ? .escapes : .string)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return (try nested(start), .nested)
        case UInt8(ascii: "n"): return (try word(start, "null"), .null)
        default: return (try scalar(start), .bare)
        }
    }

    /// Steps over a string, number or word; gives the place after it.
    @inline(__always)
    private func scalar(_ start: Int) throws(FormatError) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "\""): try string(start).end
        case UInt8(ascii: "t"): try word(start, "true")
        case UInt8(ascii: "f"): try word(start, "false")
        case UInt8(ascii: "n"): try word(start, "null")
        default: try number(start)
        }
    }

    private func word(_ start: Int, _ word: StaticString) throws(FormatError) -> Int {
        for index in 0..<word.utf8CodeUnitCount where bytes[start + index] != word.utf8Start[index] { throw error(start, "a value") }
        return start + word.utf8CodeUnitCount
    }

    @inline(__always)
    private func number(_ start: Int) throws(FormatError) -> Int {
        var at = start
        if bytes[at] == UInt8(ascii: "-") { at &+= 1 }
        if bytes[at] == UInt8(ascii: "0") {
            at &+= 1
            // Digits after a leading zero are refused by whoever expects a `,`; here they are named for what they are.
            if bytes[at] &- 0x30 <= 9 { throw error(at, "no digit after a leading zero") }
        } else {
            guard bytes[at] &- 0x30 <= 9 else { throw error(start, at == start ? "a value" : "a digit after `-`") }
            at = digits(at)
        }
        if bytes[at] == UInt8(ascii: ".") {
            at &+= 1
            guard bytes[at] &- 0x30 <= 9 else { throw error(at, "a digit after `.`") }
            at = digits(at)
        }
        if bytes[at] | 0x20 == UInt8(ascii: "e") {
            at &+= 1
            if bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at &+= 1 }
            guard bytes[at] &- 0x30 <= 9 else { throw error(at, "a digit of the exponent") }
            at = digits(at)
        }
        return at
    }

    @inline(__always)
    private func digits(_ start: Int) -> Int {
        var at = start
        while bytes[at] &- 0x30 <= 9 { at &+= 1 }
        return at
    }

    /// Steps over the string whose quote is at `start`.
    @inline(__always)
    func string(_ start: Int) throws(FormatError) -> (end: Int, escaped: Bool) {
        var at = start &+ 1
        var escaped = false
        let ones: UInt64 = 0x0101_0101_0101_0101, tops: UInt64 = 0x8080_8080_8080_8080
        while true {
            let word = UInt64(littleEndian: source.pointer.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let quotes = word ^ 0x2222_2222_2222_2222, slashes = word ^ 0x5c5c_5c5c_5c5c_5c5c
            let found =
                (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | ((word &- 0x2020_2020_2020_2020) & ~word)) & tops
            if found == 0 {
                at &+= 8
                continue
            }
            // The lowest bit that is set is exact.
            at &+= found.trailingZeroBitCount &>> 3
            switch bytes[at] {
            case UInt8(ascii: "\""): return (at &+ 1, escaped)
            case UInt8(ascii: "\\"):
                escaped = true
                at = try escape(at)
            default: throw error(at, at < source.count ? "an escape such as `\\n` for a control character" : "`\"` at the end of a string")
            }
        }
    }

    /// Steps over the escape whose backslash is at `start`.
    @inline(never)
    private func escape(_ start: Int) throws(FormatError) -> Int {
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            let code = try codeUnit(start)
            guard code & 0xf800 == 0xd800 else { return start + 6 }
            if code < 0xdc00, bytes[start + 6] == UInt8(ascii: "\\"), bytes[start + 7] == UInt8(ascii: "u"),
                try codeUnit(start + 6) & 0xfc00 == 0xdc00
            {
                return start + 12
            }
            let place = source.place(at: start)
            throw .loneSurrogate(path: source.path, line: place.line, column: place.column)
        default: throw error(start + 1, "one of `\"\\/bfnrtu` after a backslash")
        }
    }

    /// The four hexadecimal digits of the `\u` escape at `start`.
    private func codeUnit(_ start: Int) throws(FormatError) -> UInt32 {
        for index in start + 2..<start + 6 {
            let letter = bytes[index] | 0x20
            guard bytes[index] &- 0x30 <= 9 || (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f")) else {
                throw error(index, "four hexadecimal digits")
            }
        }
        return CellText.hex(bytes + start + 2)
    }

    /// Steps over the list or record at `start`, however deep: what is open is kept on a stack of our own.
    @inline(never)
    private func nested(_ start: Int) throws(FormatError) -> Int {
        var open: [Bool] = []  // true: a record
        var at = start
        while true {
            let byte = bytes[at]
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                let isRecord = byte == UInt8(ascii: "{")
                guard open.count + depth < JSONSyntax.nestingLimit else {
                    let place = source.place(at: at)
                    throw .nestingTooDeep(path: source.path, line: place.line, column: place.column, limit: JSONSyntax.nestingLimit)
                }
                open.append(isRecord)
                at = skipBlanks(at + 1)
                if bytes[at] != (isRecord ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    if isRecord { at = try key(at) }
                    continue
                }
                open.removeLast()
                at += 1
            } else {
                at = try scalar(at)
            }
            // A value has ended: so may what it stands in.
            while true {
                guard let isRecord = open.last else { return at }
                at = skipBlanks(at)
                if bytes[at] == UInt8(ascii: ",") {
                    at = skipBlanks(at + 1)
                    if isRecord { at = try key(at) }
                    break
                }
                guard bytes[at] == (isRecord ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    throw error(at, isRecord ? "`,` or `}`" : "`,` or `]`")
                }
                open.removeLast()
                at += 1
            }
        }
    }

    /// Steps over a key and its `:`; gives the place of the value.
    private func key(_ start: Int) throws(FormatError) -> Int {
        guard bytes[start] == UInt8(ascii: "\"") else { throw error(start, "a key in quotes") }
        let at = skipBlanks(try string(start).end)
        guard bytes[at] == UInt8(ascii: ":") else { throw error(at, "`:`") }
        return skipBlanks(at + 1)
    }
}
