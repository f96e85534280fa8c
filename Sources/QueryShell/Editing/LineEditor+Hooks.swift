// What the editor asks of the language whose statements it reads. All hooks are called on the editor's own thread.

extension LineEditor {
    /// The answers that only the language can give.
    public struct Hooks: Sendable {
        /// Whether a text is a whole statement. Enter hands over a whole one, and adds a line to any other.
        public var isComplete: @Sendable (String) -> Bool
        /// What could stand at the cursor, which is counted in UTF-8 bytes of the text.
        public var complete: @Sendable (_ text: String, _ cursor: Int) -> Completion
        /// The pieces of a text that have a style, in order and without overlap; nil shows all text alike.
        public var highlight: (@Sendable (String) -> [StyledRange])?
        /// Whether a statement goes into the history; one that holds a secret should not.
        public var remembers: @Sendable (String) -> Bool
        /// Whether the rest of the latest history entry that begins with the typed text is shown behind it.
        public var showsHints: Bool

        public init(
            isComplete: @escaping @Sendable (String) -> Bool = { _ in true },
            complete: @escaping @Sendable (_ text: String, _ cursor: Int) -> Completion = { _, _ in
                Completion(range: 0..<0, candidates: [])
            },
            highlight: (@Sendable (String) -> [StyledRange])? = nil, remembers: @escaping @Sendable (String) -> Bool = { _ in true },
            showsHints: Bool = true
        ) {
            self.isComplete = isComplete
            self.complete = complete
            self.highlight = highlight
            self.remembers = remembers
            self.showsHints = showsHints
        }
    }
}

/// What could stand in place of a piece of text.
public struct Completion: Equatable, Sendable {
    /// One thing that could stand there.
    public struct Candidate: Equatable, Sendable {
        /// The text that replaces the range.
        public var text: String
        /// A few words on what it is, shown in the list; may be empty.
        public var note: String
        /// What follows the text once it is the only candidate: a space, a parenthesis, or nothing.
        public var suffix: String

        public init(_ text: String, note: String = "", suffix: String = "") {
            self.text = text
            self.note = note
            self.suffix = suffix
        }
    }

    /// The piece that a candidate replaces, in UTF-8 bytes of the text; it ends at or behind the cursor.
    public var range: Range<Int>
    public var candidates: [Candidate]

    public init(range: Range<Int>, candidates: [Candidate]) {
        self.range = range
        self.candidates = candidates
    }
}

/// A piece of text that is shown in a style.
public struct StyledRange: Equatable, Sendable {
    /// In UTF-8 bytes of the text.
    public var range: Range<Int>
    public var style: TextStyle

    public init(_ range: Range<Int>, _ style: TextStyle) {
        self.range = range
        self.style = style
    }
}

/// What a piece of a line is; the terminal's own palette gives the colour.
public enum TextStyle: UInt8, CaseIterable, Sendable {
    case plain, prompt, command, keyword, name, string, number, symbol, comment, wrong, hint

    /// The parameters of `ESC [ ... m`; empty for none.
    var parameters: String {
        switch self {
        case .plain, .name, .symbol: ""
        case .prompt: "1"
        case .command: "1;34"
        case .keyword: "35"
        case .string: "32"
        case .number: "36"
        case .comment, .hint: "90"
        case .wrong: "31"
        }
    }
}
