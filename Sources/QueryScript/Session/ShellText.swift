// The text of a shell command whose `${x}` are values: each arrives as one word, whatever is in it.

/// What `sh` and `through` run: `cut -d "${QS_1}" -f 1` with the values of its variables.
struct ShellText: Sendable {
    /// The text, in which `"${QS_1}"` stands for the first value.
    var text: String
    var values: [String] = []

    /// The command as a person would write it.
    var words: String {
        var words = text
        for (index, value) in values.enumerated() {
            words = words.replacing(ShellText.word(index + 1), with: "'" + value.replacing("'", with: "'\\''") + "'", maxReplacements: 1)
        }
        return words
    }

    /// The variable for value number `index`, from 1, as one quoted word.
    static func word(_ index: Int) -> String { "\"${QS_\(index)}\"" }

    /// The arguments of `/bin/sh`. The values come as arguments, so that the shell never reads them as text; they become
    /// variables at once, since functions and `set` have arguments of their own.
    var arguments: [String] {
        guard !values.isEmpty else { return ["sh", "-c", text] }
        let names = values.indices.map { "QS_\($0 + 1)=${\($0 + 1)}" }.joined(separator: " ")
        return ["sh", "-c", "\(names); shift \(values.count); \(text)", "sh"] + values
    }
}

/// Tells, while a shell's text is put together piece by piece, whether the next piece would stand between quotes.
struct ShellQuotes {
    private enum State {
        case text
        /// At the beginning of a word, where `#` begins a comment.
        case wordStart
        case single
        case double
        case comment
        /// Behind a backslash, in plain text or between double quotes.
        case escaped(inQuotes: Bool)
    }

    private var state = State.wordStart

    /// Whether what comes next would stand between quotes, or behind a backslash.
    var isInside: Bool {
        switch state {
        case .single, .double, .escaped: true
        case .text, .wordStart, .comment: false
        }
    }

    mutating func scan(_ text: String) {
        for byte in text.utf8 { state = next(byte) }
    }

    /// Takes note of a value, which is part of a word.
    mutating func scanValue() {
        if case .wordStart = state { state = .text }
    }

    private func next(_ byte: UInt8) -> State {
        switch (state, byte) {
        case (.single, UInt8(ascii: "'")): .text
        case (.single, _): .single
        case (.double, UInt8(ascii: "\"")): .text
        case (.double, UInt8(ascii: "\\")): .escaped(inQuotes: true)
        case (.double, _): .double
        case (.escaped(inQuotes: true), _): .double
        case (.escaped, _): .text
        case (.comment, UInt8(ascii: "\n")): .wordStart
        case (.comment, _): .comment
        case (.wordStart, UInt8(ascii: "#")): .comment
        case (_, UInt8(ascii: "'")): .single
        case (_, UInt8(ascii: "\"")): .double
        case (_, UInt8(ascii: "\\")): .escaped(inQuotes: false)
        case (_, UInt8(ascii: " ")), (_, UInt8(ascii: "\t")), (_, UInt8(ascii: "\n")), (_, UInt8(ascii: ";")), (_, UInt8(ascii: "|")),
            (_, UInt8(ascii: "&")), (_, UInt8(ascii: "(")), (_, UInt8(ascii: ")")): .wordStart
        default: .text
        }
    }
}
