// Reads the text of a usage line into its grammar. Usage lines are the program's own (or a host's), so a bad one is
// reported as such and never met by a script.

/// Why a usage line is none.
public enum UsageFault: Error, Hashable, Sendable {
    case empty
    case unclosedBracket
    case unexpected(String)
}

extension UsageLine {
    /// The grammar of `text`.
    public init(_ text: String) throws(UsageFault) {
        var reader = UsageReader(text)
        self = try reader.line(text)
    }
}

private struct UsageReader {
    /// Words, brackets, `=`, `==`, `,`, `...` and `|`; a `|` between blanks is `" | "`.
    private var pieces: [String]
    private var at = 0

    init(_ text: String) {
        pieces = UsageReader.split(text)
    }

    private static func split(_ text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        let characters = Array(text)
        func flush() {
            if !word.isEmpty { pieces.append(word) }
            word = ""
        }
        for (index, c) in characters.enumerated() {
            switch c {
            case " ":
                flush()
            case "[", "]", ",":
                flush()
                pieces.append(String(c))
            case "|" where index > 0 && characters[index - 1] == " ":
                pieces.append(" | ")
            default:
                word.append(c)
            }
        }
        flush()
        return pieces
    }

    private var next: String? { at < pieces.count ? pieces[at] : nil }

    private static func isWord(_ piece: String) -> Bool { piece.first?.isLowercase ?? false }
    private static func isSlot(_ piece: String) -> Bool { piece.first?.isUppercase ?? false }

    mutating func line(_ text: String) throws(UsageFault) -> UsageLine {
        guard let name = next, UsageReader.isWord(name) else { throw .empty }
        at += 1
        var clauses: [UsageLine.Clause] = []
        while let piece = next, piece != "->" {
            if piece == "]" { throw .unexpected(piece) }
            if piece == "[" {
                at += 1
                clauses.append(try clause(isOptional: true))
                guard next == "]" else { throw .unclosedBracket }
                at += 1
            } else {
                clauses.append(try clause(isOptional: false))
            }
        }
        guard next == "->" else { return UsageLine(text: text, name: name, clauses: clauses, result: nil) }
        at += 1
        guard let result = next, at == pieces.count - 1 else { throw .unexpected("->") }
        return UsageLine(text: text, name: name, clauses: clauses, result: result)
    }

    // CLAUSE: [WORD] SHAPE ( " | " SHAPE )* [", ..."]   or   word|word
    private mutating func clause(isOptional: Bool) throws(UsageFault) -> UsageLine.Clause {
        var clause = UsageLine.Clause(word: nil, isOptional: isOptional, shapes: [[]], repeats: false, flags: [])
        if let piece = next, UsageReader.isWord(piece) {
            at += 1
            if next == "]" {
                clause.flags = piece.split(separator: "|").map(String.init)
                return clause
            }
            clause.word = piece
        }
        while let piece = next, piece != "]", piece != "->" {
            if piece == "," {
                at += 1
                if next == "..." {
                    at += 1
                    clause.repeats = true
                    break
                }
                clause.shapes[clause.shapes.count - 1].append(.comma)
                continue
            }
            if UsageReader.isWord(piece) { break }
            if piece == " | " {
                at += 1
                clause.shapes.append([])
                continue
            }
            // Brackets inside a repeated shape are its own flags; elsewhere they begin the next clause.
            if piece == "[" {
                guard let flags = repeatedFlags() else { break }
                clause.shapes[clause.shapes.count - 1].append(flags)
                continue
            }
            at += 1
            switch piece {
            case "=": clause.shapes[clause.shapes.count - 1].append(.equals)
            case "==": clause.shapes[clause.shapes.count - 1].append(.equalEqual)
            default:
                guard UsageReader.isSlot(piece) else { throw .unexpected(piece) }
                let choices = piece.split(separator: "|")
                var slot = UsageLine.Slot(String(choices[0]))
                if choices.count > 1 { slot.takes = nil }
                // What comes out of `into` are names.
                if clause.word == "into" { slot.kind = .word }
                clause.shapes[clause.shapes.count - 1].append(.slot(slot))
                // A single slot is a clause of its own unless the line goes on to repeat or pair it.
                if clause.word == nil && !continues { return clause }
            }
        }
        return clause
    }

    /// Whether what follows belongs to the same clause as the slot just read.
    private var continues: Bool {
        guard let next else { return false }
        if next == "," || next == " | " || next == "=" || next == "==" { return true }
        guard next == "[" else { return false }
        var copy = self
        return copy.repeatedFlags() != nil
    }

    /// `[asc|desc]` or `[nulls first|last]`, where a repeat follows further on at this level: `sort EXPR [asc|desc], ...`.
    private mutating func repeatedFlags() -> UsageLine.Element? {
        var end = at
        var depth = 0
        var repeats = false
        while end < pieces.count {
            if pieces[end] == "[" { depth += 1 }
            if pieces[end] == "]" { depth -= 1 }
            if depth == 0 && pieces[end] == "," && end + 1 < pieces.count && pieces[end + 1] == "..." { repeats = true }
            end += 1
        }
        guard repeats, next == "[" else { return nil }
        var index = at + 1
        var words: [String] = []
        while index < pieces.count, pieces[index] != "]" {
            guard UsageReader.isWord(pieces[index]) else { return nil }
            words.append(pieces[index])
            index += 1
        }
        guard index < pieces.count, let last = words.last else { return nil }
        at = index + 1
        return .flags(lead: words.count > 1 ? words[0] : nil, last.split(separator: "|").map(String.init))
    }
}
