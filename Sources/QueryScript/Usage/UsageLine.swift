// Usage lines: `export SUBJECT [FORMAT] [to PATH] [with OPTIONS]` read as a grammar. The parser, completion, help and
// the compiler all go by the result; a command is declared nowhere else.

/// The grammar that a usage line states.
///
/// Words in lower case stand for themselves, words in capitals are slots, brackets hold what may be left out, `A|B`
/// without blanks is a choice of words or slots, `COL | NAME = EXPR` with blanks a choice of shapes, and `, ...`
/// repeats the shapes since the last word.
public struct UsageLine: Sendable {
    /// The text it was read from.
    public let text: String
    /// The command's own name.
    public let name: String
    /// What may be given, in the order of the line.
    public let clauses: [Clause]
    /// What it gives: the word after `->`, or nil for a command that gives nothing.
    public let result: String?

    /// A part of the line that stands or is left out as a whole.
    public struct Clause: Sendable {
        /// The word that begins it, or nil where its slots stand directly.
        public var word: String?
        public var isOptional: Bool
        /// The shapes it can have; one, unless the line offers a choice.
        public var shapes: [[Element]]
        /// Whether commas may join several of it.
        public var repeats: Bool
        /// Words, one of which may stand here alone: `[asc|desc]`, `[any]`.
        public var flags: [String]

        /// What an argument read for the clause is called.
        public var key: String {
            if let word { return word }
            if !flags.isEmpty { return flags[0] }
            if shapes.count > 1 || repeats || shapes[0].count > 1 { return "items" }
            if case .slot(let slot)? = shapes.first?.first { return slot.name }
            return ""
        }
    }

    /// One part of a shape.
    public indirect enum Element: Sendable {
        case slot(Slot)
        case equals
        case equalEqual
        case comma
        /// `[asc|desc]` within a shape.
        case flags(lead: String?, [String])
    }

    /// A word in capitals.
    public struct Slot: Sendable, Equatable {
        /// In lower case: `subject`.
        public var name: String
        public var kind: Kind
        /// What a value given for it has to be, where it cannot be anything.
        public var takes: Wanted?

        /// The types of value that slots ask for.
        public enum Wanted: Sendable {
            case text, integer, duration, job, condition
        }

        public enum Kind: Sendable {
            /// An expression of the script.
            case expression
            /// An expression of the script that gives a frame, or what stands for one.
            case frame
            /// An expression of the script, which the pipe supplies where the command stands after one.
            case subject
            /// Names, formats, types, targets: a bare word is itself; `$v` or a string gives it by value.
            case word
            /// A command of the shell, whose `${}` are quoted words.
            case shell
            /// What `help` explains: a word as itself, reserved or not.
            case topic
            /// `QUERY`: a saved query's name, or text.
            case query
            /// `month="2024-05", ...`
            case bindings
            /// An expression over a row's columns.
            case rowExpression
            /// A column's name.
            case column
        }
    }

    /// The slot that the argument `key` was given for.
    func slot(of key: String) -> Slot? {
        for clause in clauses {
            for shape in clause.shapes {
                let slots = shape.compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
                if clause.word == key, slots.count == 1 { return slots[0] }
                if let slot = slots.first(where: { $0.name == key }) { return slot }
            }
        }
        return nil
    }

    /// The words that begin clauses.
    public var clauseWords: [String] { clauses.compactMap(\.word) }
}

extension UsageLine.Slot {
    init(_ capitals: String) {
        name = capitals.lowercased()
        kind = switch capitals {
        case "SUBJECT", "JOB": .subject
        case "FRAME": .frame
        case "NAME", "FORMAT", "TYPE", "SERVICE", "TARGET", "DATASET", "JOB_ID": .word
        case "QUERY": .query
        case "COMMAND": .shell
        case "TOPIC": .topic
        case "BINDINGS", "OPTIONS": .bindings
        case "EXPR", "AGGREGATE": .rowExpression
        case "COL", "NEW", "OLD", "LEFT", "RIGHT": .column
        default: .expression
        }
        takes = switch capitals {
        case "PATH", "TEXT", "URL": .text
        case "N", "CODE": .integer
        case "DURATION": .duration
        case "JOB": .job
        case "COND": .condition
        default: nil
        }
    }
}
