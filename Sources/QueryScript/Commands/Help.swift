// `help`: everything there is to say comes from the rows of the tables.
import QueryFormats
import QueryFrames

extension CommandRow {
    static let help = CommandRow(
        UsageLine(builtIn: "help [TOPIC]"),
        summary: "List what there is, or explain one command, transform, statement, operator, function, type, format, setting or kind of error.",
        example: "help export"
    ) { (session, arguments) async throws(ScriptError) in
        guard let name = try arguments.word("topic") else {
            try session.writeLine(HelpText.overview)
            return .null
        }
        guard let text = HelpText.entry(name) else {
            throw ScriptError(.unknownHelp(name, known: HelpText.names), at: arguments.span("topic"))
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
        let functions = (Functions.rows.map { $0.name } + table.functions.map { $0.name }).sorted().joined(separator: " ")
        let windows = Windows.rows.map(\.name).sorted().joined(separator: " ")
        return """
            Commands
            \(lines(commands))

            Transforms, after a pipe: j | where revenue > 1000 | sort revenue desc
            \(lines(transforms))

            Statements
            \(lines(HelpTopic.statements.map { ($0.name, $0.summary) }))

            Operators
            \(wrap((HelpTopic.operators + HelpTopic.signs).map(\.name).joined(separator: " "), indent: 2))

            Types, beside those that a function makes
            \(wrap(HelpTopic.types.map(\.name).joined(separator: " "), indent: 2))

            Functions
            \(wrap(functions, indent: 2))

            Windows, in derive and select: f(...) over (by COL, ... sort EXPR, ...)
            \(wrap(windows, indent: 2))

            Aggregates, of the groups of summarize, as windows, or of a list: sum(j.revenue)
            \(wrap(Aggregates.rows.map(\.name).joined(separator: " "), indent: 2))

            Formats, of open and export; a file's last ending may be .gz or .zst
            \(wrap(Formats.rows.map(\.name).joined(separator: " "), indent: 2))

            `help NAME` explains one of them: help run, help where, help round, help csv.
            """
    }

    /// What there is to say of everything that bears the name, or nil.
    static func entry(_ name: String) -> String? {
        var entries: [String] = []
        if let row = CommandTable.standard.command(name) { entries.append(entry(row.usage.text, row.summary, row.example)) }
        if let row = CommandTable.standard.transform(name) { entries.append(entry("| " + row.usage.text, row.summary, row.example)) }
        entries += HelpTopic.all.filter { $0.name == name }.map { entry($0.usage, $0.summary, $0.example) }
        if let row = CommandTable.standard.function(name) { entries.append(entry(row.usage, row.summary, row.example)) }
        if let row = Functions.row(named: name) {
            entries.append(entry(row.usage, row.summary, "\(row.example.text(name)) is \(row.example.result.literal)"))
        }
        if let row = Windows.row(named: name) {
            entries.append(entry("\(row.usage) over ([by COL, ...] [sort EXPR, ...])", row.summary, row.example))
        }
        if let row = Aggregates.row(named: name) { entries.append(entry(row.usage, row.summary, row.example)) }
        if let row = Formats.row(named: name) { entries.append(entry(row)) }
        if let setting = Setting(rawValue: name) {
            entries.append(entry("set \(name) = VALUE", "\(setting.sentence)", "set \(name) = null"))
        }
        if let code = Diagnostic.Code(rawValue: name) {
            entries.append(code == .nullComparison ? "warning[\(name)]\n\n    \(code.sentence)" : "error[\(name)]\n\n    \(code.sentence)\n    Ends a script with the status \(code.exitStatus) where nothing catches it.")
        }
        return entries.isEmpty ? nil : entries.joined(separator: "\n\n")
    }

    /// A format: what it is, its endings, who takes it, and its options.
    private static func entry(_ row: FormatRow) -> String {
        let takers = [row.canRead ? "open" : nil, row.canWrite ? "export" : nil].compactMap { $0 }.joined(separator: " and ")
        let endings = row.endings.isEmpty ? "" : ", for files that end with " + row.endings.map { "." + $0 }.joined(separator: ", ")
        var text = "\(row.name)\n\n    \(row.summary)\n    A format of \(takers)\(endings)."
        if !row.options.isEmpty {
            text += "\n\n    Options, after with:\n" + row.options.map { "      \($0.usage)  \($0.summary)" }.joined(separator: "\n")
        }
        return text
    }

    static var names: [String] {
        var names = CommandTable.standard.names + HelpTopic.all.map(\.name)
        names += Functions.rows.map { $0.name } + CommandTable.standard.functions.map { $0.name } + Windows.rows.map { $0.name }
        names += Aggregates.rows.map { $0.name } + Formats.rows.map(\.name)
        return names + Setting.allCases.map(\.rawValue) + Diagnostic.Code.allCases.map(\.rawValue)
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
