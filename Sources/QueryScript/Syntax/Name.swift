// Names and words of a source by number, so that the parser compares numbers and each name's text is made once.

/// A word or a name of one source, by its number in the source's `NameTable`.
struct Name: Hashable {
    let number: UInt32

    init(number: UInt32) { self.number = number }

    init(_ word: Word) { number = word.rawValue }

    /// Whether it is a word that can never be a name.
    var isReserved: Bool { number < Word.reservedCount }
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

/// The distinct names of a source, in the order in which they come, after the words of the grammar.
struct NameTable {
    private(set) var texts: [String] = []
    /// The bytes of all names, and where each ends among them.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// An open-addressing table: above, half of a name's hash; below, one more than its number, 0 where a slot is free.
    private var slots = [UInt64](repeating: 0, count: 128)

    /// Names with letters beyond ASCII, which are the same whichever way those are composed.
    private var foreign: [String: UInt32] = [:]

    /// Differs from process to process, so that nobody can choose names that all meet in one slot.
    private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

    /// The words of the grammar and nothing else.
    static let words: NameTable = {
        var table = NameTable()
        for word in Word.allCases {
            let bytes = Array(word.text.utf8)
            _ = table.name(bytes, bytes.indices, hash: bytes.reduce(NameTable.seed) { NameTable.hash($0, $1) })
        }
        return table
    }()

    /// A hash to begin with, and that of what has been hashed and one byte more.
    static var emptyHash: UInt64 { seed }

    @inline(__always)
    static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        let product = (hash ^ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15
        return product ^ product >> 29
    }

    func text(_ name: Name) -> String { texts[Int(name.number)] }

    /// How many names there are.
    var count: Int { texts.count }

    /// The name that stands in a range of `source`, of whose bytes `hash` was made.
    mutating func name(_ source: [UInt8], _ range: Range<Int>, hash: UInt64) -> Name {
        let mask = slots.count - 1, tag = hash & 0xffff_ffff_0000_0000
        var place = Int(truncatingIfNeeded: hash >> 16) & mask
        while slots[place] != 0 {
            let number = Int(truncatingIfNeeded: slots[place] & 0xffff_ffff) - 1
            if slots[place] & 0xffff_ffff_0000_0000 == tag, isEqual(number, source, range) { return Name(number: UInt32(number)) }
            place = (place + 1) & mask
        }
        let text = String(decoding: source[range], as: UTF8.self)
        let isForeign = source[range].contains { $0 >= 0x80 }
        if isForeign, let number = foreign[text] { return Name(number: number) }
        texts.append(text)
        bytes.append(contentsOf: source[range])
        ends.append(bytes.count)
        slots[place] = tag | UInt64(texts.count)
        if isForeign { foreign[text] = UInt32(texts.count - 1) }
        let name = Name(number: UInt32(texts.count - 1))
        if texts.count * 2 > slots.count { grow() }
        return name
    }

    /// The name of that text, a new one where there is none.
    mutating func intern(_ text: String) -> Name {
        let bytes = Array(text.utf8)
        return name(bytes, bytes.indices, hash: bytes.reduce(NameTable.emptyHash) { NameTable.hash($0, $1) })
    }

    /// The name of that text, where there is one.
    func find(_ text: String) -> Name? {
        let source = Array(text.utf8), mask = slots.count - 1
        let hash = source.reduce(NameTable.emptyHash) { NameTable.hash($0, $1) }, tag = hash & 0xffff_ffff_0000_0000
        var place = Int(truncatingIfNeeded: hash >> 16) & mask
        while slots[place] != 0 {
            let number = Int(truncatingIfNeeded: slots[place] & 0xffff_ffff) - 1
            if slots[place] & 0xffff_ffff_0000_0000 == tag, isEqual(number, source, source.indices) { return Name(number: UInt32(number)) }
            place = (place + 1) & mask
        }
        return foreign[text].map { Name(number: $0) }
    }

    private func isEqual(_ number: Int, _ source: [UInt8], _ range: Range<Int>) -> Bool {
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == range.count else { return false }
        for index in 0..<range.count where bytes[start + index] != source[range.lowerBound + index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt64](repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        var start = 0
        for (number, end) in ends.enumerated() {
            var hash = NameTable.seed
            for byte in bytes[start..<end] { hash = NameTable.hash(hash, byte) }
            var place = Int(truncatingIfNeeded: hash >> 16) & mask
            while slots[place] != 0 { place = (place + 1) & mask }
            slots[place] = hash & 0xffff_ffff_0000_0000 | UInt64(number + 1)
            start = end
        }
    }
}
