// `help`: everything there is to say about commands, transforms and functions comes from their rows.
import QueryFrames

extension CommandRow {
    static let help = CommandRow(
        UsageLine(builtIn: "help [NAME]"),
        summary: "List what there is, or explain one command, transform or function.",
        example: "help export"
    ) { (session, arguments) async throws(ScriptError) in
        guard let name = try arguments.word("name") else {
            try session.writeLine(HelpText.overview)
            return .null
        }
        guard let text = HelpText.entry(name) else {
            throw ScriptError(.unknownHelp(name, known: HelpText.names), at: arguments.span("name"))
        }
        try session.writeLine(text)
        return .null
    }
}

/// What `help` prints.
enum HelpText {
    /// Everything by name with its sentence.
    static var overview: String {
        let table = CommandTable.standard
        let commands = table.commands.map { ($0.name, $0.summary) }
        let transforms = table.transforms.map { ($0.name, $0.summary) }
        let functions = Functions.rows.map(\.name).sorted().joined(separator: " ")
        let windows = Windows.rows.map(\.name).sorted().joined(separator: " ")
        return """
            Commands
            \(lines(commands))

            Transforms, after a pipe: j | where revenue > 1000 | sort revenue desc
            \(lines(transforms))

            Statements
              let NAME = VALUE     NAME = VALUE     for NAME in VALUE { }
              if COND { } else { }     while COND { }     break     continue
              def NAME(a, b = 10) { }     return VALUE     try { } catch e { }
              import "lib.qs"

            Functions
            \(wrap(functions, indent: 2))

            Windows, in derive and select: f(...) over (by COL, ... sort EXPR, ...)
            \(wrap(windows, indent: 2))

            Aggregates, of the groups of summarize, as windows, or of a list: sum(j.revenue)
            \(wrap(Aggregates.rows.map(\.name).joined(separator: " "), indent: 2))

            `help NAME` explains one of them: help run, help where, help round.
            """
    }

    /// What there is to say of one name, or nil.
    static func entry(_ name: String) -> String? {
        if let row = CommandTable.standard.command(name) { return entry(row.usage.text, row.summary, row.example) }
        if let row = CommandTable.standard.transform(name) { return entry("| " + row.usage.text, row.summary, row.example) }
        if let row = Functions.row(named: name) {
            return entry(row.usage, row.summary, "\(row.example.text(name)) is \(row.example.result.literal)")
        }
        if let row = Windows.row(named: name) {
            return entry("\(row.usage) over ([by COL, ...] [sort EXPR, ...])", row.summary, row.example)
        }
        if let row = Aggregates.row(named: name) { return entry(row.usage, row.summary, row.example) }
        return nil
    }

    static var names: [String] {
        CommandTable.standard.names + Functions.rows.map { $0.name } + Windows.rows.map { $0.name } + Aggregates.rows.map { $0.name }
    }

    private static func entry(_ usage: String, _ summary: String, _ example: String) -> String {
        "\(usage)\n\n    \(summary)\n\n    Example: \(example)"
    }

    private static func lines(_ entries: [(name: String, summary: String)]) -> String {
        entries.map { name, summary in
            let head = "  " + name + String(repeating: " ", count: max(1, 11 - name.utf8.count))
            return head + wrap(summary, indent: 13).dropFirst(13)
        }.joined(separator: "\n")
    }

    /// The words in lines that fit a small terminal, each behind `indent` blanks.
    private static func wrap(_ words: String, indent: Int) -> String {
        var lines: [String] = []
        for word in words.split(separator: " ") {
            if let last = lines.last, last.utf8.count + 1 + word.utf8.count < 80 {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(repeating: " ", count: indent) + word)
            }
        }
        return lines.joined(separator: "\n")
    }
}
