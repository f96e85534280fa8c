// What the bytes of a source can be part of, so that the lexer asks a table and no rules.

/// What begins with a byte, and where else it may stand.
struct ByteClass {
    let start: Start
    private let places: Places

    /// What a byte begins, outside of strings.
    enum Start {
        /// Nothing of the language.
        case stray
        case newline, semicolon, word, digit, backtick, dollar, at, quote, comment, backslash, pipe, openBrace, closeBrace
        /// A symbol of one byte.
        case symbol(Symbol)
        /// What may be the first of two bytes of a symbol.
        case sign
    }

    private init(_ start: Start, _ places: Places = []) {
        self.start = start
        self.places = places
    }

    struct Places: OptionSet {
        let rawValue: UInt8
        /// In a name, from its second byte on.
        static let name = Places(rawValue: 1)
        /// Between the tokens of a line.
        static let blank = Places(rawValue: 2)
        /// Where a string may go on otherwise than with the text that is there.
        static let endsText = Places(rawValue: 4)
        /// Where a character may begin that nobody would see.
        static let mayHide = Places(rawValue: 8)
    }

    @inline(__always)
    func mayStand(_ place: Places) -> Bool { places.rawValue & place.rawValue != 0 }

    /// The class of each byte.
    static let all: [ByteClass] = (0...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): ByteClass(.word, .name)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): ByteClass(.digit, .name)
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): ByteClass(.stray, .blank)
        case UInt8(ascii: "\n"): ByteClass(.newline, .endsText)
        case UInt8(ascii: ";"): ByteClass(.semicolon)
        case UInt8(ascii: "`"): ByteClass(.backtick)
        case UInt8(ascii: "$"): ByteClass(.dollar, .endsText)
        case UInt8(ascii: "@"): ByteClass(.at)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): ByteClass(.quote, .endsText)
        case UInt8(ascii: "#"): ByteClass(.comment)
        case UInt8(ascii: "\\"): ByteClass(.backslash, .endsText)
        case UInt8(ascii: "|"): ByteClass(.pipe)
        case UInt8(ascii: "{"): ByteClass(.openBrace)
        case UInt8(ascii: "}"): ByteClass(.closeBrace)
        case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "?"):
            ByteClass(.sign)
        // Control characters, and the first bytes of the marks of U+200B to U+2069 and of U+FEFF.
        case 0..<0x20, 0x7F, 0xE2, 0xEF: ByteClass(.stray, [.endsText, .mayHide])
        default: ByteClass(Symbol(byte).map { .symbol($0) } ?? .stray)
        }
    }
}
