// The grammar of JSON values (RFC 8259), for files and for single values alike: where a value ends, or why it is none.

/// Why text is no JSON; offsets count bytes from the beginning.
public enum JSONFault: Error, Hashable, Sendable {
    /// Something else than `expected` stands there.
    case syntax(offset: Int, expected: String)
    /// A `\u` escape is half of a surrogate pair.
    case loneSurrogate(offset: Int)
    /// Lists and records are nested deeper than `limit`.
    case nestingTooDeep(offset: Int, limit: Int)
    /// The byte there is not UTF-8.
    case invalidUTF8(offset: Int)

    /// Where the fault is.
    public var offset: Int {
        switch self {
        case .syntax(let offset, _), .loneSurrogate(let offset), .nestingTooDeep(let offset, _), .invalidUTF8(let offset): offset
        }
    }
}

/// What a value is, as its first bytes tell.
public enum JSONKind: Sendable {
    case null
    /// A number, `true` or `false`.
    case bare
    /// A string whose bytes are those between its quotes.
    case string
    /// A string with backslashes in it.
    case escapes
    /// A list or record.
    case nested
}

/// Steps over values. Eight zero bytes have to follow the input: they end everything, so that no step looks at the length. What is cut short
/// is a fault at the end of the input and nowhere before it, so that whoever reads in pieces knows when to wait for the next one.
public struct JSONSyntax {
    public let bytes: UnsafePointer<UInt8>
    /// How many bytes there are before the zeros.
    public let count: Int
    /// Whether a line may end between two tokens; in JSON lines it may not.
    public let newlineIsBlank: Bool
    /// Lists and records that are open around each value.
    public let depth: Int

    /// Lists and records may be nested this deep.
    public static let nestingLimit = 512

    public init(_ start: UnsafeRawPointer, count: Int, newlineIsBlank: Bool = true, depth: Int = 0) {
        self.newlineIsBlank = newlineIsBlank
        self.depth = depth
        self.count = count
        bytes = start.assumingMemoryBound(to: UInt8.self)
    }

    /// That something else than `expected` stands at `offset`.
    @inline(never)
    public func fault(_ offset: Int, _ expected: String) -> JSONFault { .syntax(offset: min(offset, count), expected: expected) }

    /// The first place from `start` on that is no blank.
    @inlinable @inline(__always)
    public func skipBlanks(_ start: Int) -> Int {
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
    @inlinable @inline(__always)
    public func value(_ start: Int) throws(JSONFault) -> (end: Int, kind: JSONKind) {
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
    @inlinable @inline(__always)
    func scalar(_ start: Int) throws(JSONFault) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "\""): try string(start).end
        case UInt8(ascii: "t"): try word(start, "true")
        case UInt8(ascii: "f"): try word(start, "false")
        case UInt8(ascii: "n"): try word(start, "null")
        default: try number(start)
        }
    }

    /// Steps over `word`, which has to be at `start`.
    public func word(_ start: Int, _ word: StaticString) throws(JSONFault) -> Int {
        for index in 0..<word.utf8CodeUnitCount where bytes[start + index] != word.utf8Start[index] {
            throw fault(start + index >= count ? count : start, "a value")
        }
        return start + word.utf8CodeUnitCount
    }

    /// Steps over the number at `start`.
    @inlinable @inline(__always)
    public func number(_ start: Int) throws(JSONFault) -> Int {
        var at = start
        if bytes[at] == UInt8(ascii: "-") { at &+= 1 }
        if bytes[at] == UInt8(ascii: "0") {
            at &+= 1
            // Digits after a leading zero are refused by whoever expects a `,`; here they are named for what they are.
            if bytes[at] &- 0x30 <= 9 { throw fault(at, "no digit after a leading zero") }
        } else {
            guard bytes[at] &- 0x30 <= 9 else { throw fault(at >= count ? count : start, at == start ? "a value" : "a digit after `-`") }
            at = digits(at)
        }
        if bytes[at] == UInt8(ascii: ".") {
            at &+= 1
            guard bytes[at] &- 0x30 <= 9 else { throw fault(at, "a digit after `.`") }
            at = digits(at)
        }
        if bytes[at] | 0x20 == UInt8(ascii: "e") {
            at &+= 1
            if bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at &+= 1 }
            guard bytes[at] &- 0x30 <= 9 else { throw fault(at, "a digit of the exponent") }
            at = digits(at)
        }
        return at
    }

    @inlinable @inline(__always)
    func digits(_ start: Int) -> Int {
        var at = start
        while bytes[at] &- 0x30 <= 9 { at &+= 1 }
        return at
    }

    /// Steps over the string whose quote is at `start`.
    @inlinable @inline(__always)
    public func string(_ start: Int) throws(JSONFault) -> (end: Int, escaped: Bool) {
        var at = start &+ 1
        var escaped = false
        let ones: UInt64 = 0x0101_0101_0101_0101, tops: UInt64 = 0x8080_8080_8080_8080
        while true {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: at, as: UInt64.self))
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
            default: throw fault(at, at < count ? "an escape such as `\\n` for a control character" : "`\"` at the end of a string")
            }
        }
    }

    /// Steps over the escape whose backslash is at `start`.
    @inline(never)
    public func escape(_ start: Int) throws(JSONFault) -> Int {
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            let code = try codeUnit(start)
            guard code & 0xf800 == 0xd800 else { return start + 6 }
            guard code < 0xdc00 else { throw .loneSurrogate(offset: start) }
            let hasSlash = bytes[start + 6] == UInt8(ascii: "\\")
            guard hasSlash, bytes[start + 7] == UInt8(ascii: "u") else {
                if start + (hasSlash ? 7 : 6) >= count { throw fault(count, "the other half of a surrogate pair") }
                throw .loneSurrogate(offset: start)
            }
            guard try codeUnit(start + 6) & 0xfc00 == 0xdc00 else { throw .loneSurrogate(offset: start) }
            return start + 12
        default: throw fault(start + 1, "one of `\"\\/bfnrtu` after a backslash")
        }
    }

    /// The four hexadecimal digits of the `\u` escape at `start`.
    private func codeUnit(_ start: Int) throws(JSONFault) -> UInt32 {
        for index in start + 2..<start + 6 {
            let letter = bytes[index] | 0x20
            guard bytes[index] &- 0x30 <= 9 || (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f")) else {
                throw fault(index, "four hexadecimal digits")
            }
        }
        return JSONText.hex(bytes + start + 2)
    }

    /// Steps over the list or record at `start`, however deep: what is open is kept on a stack of our own.
    @inline(never)
    public func nested(_ start: Int) throws(JSONFault) -> Int {
        var open: [Bool] = []  // true: a record
        var at = start
        while true {
            let byte = bytes[at]
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                let isRecord = byte == UInt8(ascii: "{")
                guard open.count + depth < JSONSyntax.nestingLimit else {
                    throw .nestingTooDeep(offset: at, limit: JSONSyntax.nestingLimit)
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
                    throw fault(at, isRecord ? "`,` or `}`" : "`,` or `]`")
                }
                open.removeLast()
                at += 1
            }
        }
    }

    /// Steps over a key and its `:`; gives the place of the value.
    private func key(_ start: Int) throws(JSONFault) -> Int {
        guard bytes[start] == UInt8(ascii: "\"") else { throw fault(start, "a key in quotes") }
        let at = skipBlanks(try string(start).end)
        guard bytes[at] == UInt8(ascii: ":") else { throw fault(at, "`:`") }
        return skipBlanks(at + 1)
    }
}
