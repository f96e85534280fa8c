// Names and words of a source by number, so that the parser compares numbers; NameTable.swift gives the numbers.

/// A word or a name of one source, by its number in the source's `NameTable`.
struct Name: Hashable {
    let number: UInt32

    init(number: UInt32) { self.number = number }

    init(_ word: Word) { number = word.rawValue }

    /// Whether it is a word that can never be a name.
    var isReserved: Bool { number < Word.reservedCount }

    /// Whether a line that begins with it goes on with the statement before.
    var joinsLines: Bool { self == Name(.and) || self == Name(.or) || self == Name(.else) || self == Name(.catch) }
}

/// The words that the grammar itself knows; their numbers are the same in every table.
enum Word: UInt32, CaseIterable {
    // Words that can never be names.
    case `let`, def, `return`, `if`, `else`, `for`, `in`, `while`, `break`, `continue`, `try`, `catch`, `import`
    case and, or, not, `is`, null, `true`, `false`
    // Words that are names elsewhere.
    case like, matches, between, over, by, query, text

    static var reservedCount: UInt32 { Word.false.rawValue + 1 }

    /// The texts of the words that can never be names.
    static var reserved: [String] { allCases.prefix(Int(reservedCount)).map(\.text) }

    private static let texts = [
        "let", "def", "return", "if", "else", "for", "in", "while", "break", "continue", "try", "catch", "import",
        "and", "or", "not", "is", "null", "true", "false",
        "like", "matches", "between", "over", "by", "query", "text",
    ]

    var text: String { Word.texts[Int(rawValue)] }
}
