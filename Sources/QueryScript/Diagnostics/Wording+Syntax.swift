// Syntax errors in words.

extension SyntaxFault {
    var wording: Wording {
        switch self {
        case .expected(let what, nil): Wording(code: .syntax, message: "the script ends where \(what) is expected")
        case .expected(let what, let found?):
            Wording(code: .syntax, message: "expected \(what), found \(found)", hint: OtherLanguages.hint(forMisplaced: found.withoutBackticks))
        case .expectedInside(let what, let found, let bracket, let opened):
            Wording(code: .syntax, message: "expected \(what), found \(found)", labels: [.init(opened, "this `\(bracket)` is not closed before that")])
        case .unterminatedInside(let closing, let interpolation):
            Wording(
                code: .syntax, message: "this string has no end", hint: "close it with \(closing)",
                labels: [.init(interpolation, "it stands inside of this `${`, which may lack its `}`")])
        case .unterminated(let what, let closing):
            Wording(code: .syntax, message: "this \(what) has no end", hint: "close it with \(closing)")
        case .unclosed(let bracket): Wording(code: .syntax, message: "`\(bracket)` is not closed")
        case .invalidUTF8: Wording(code: .syntax, message: "the script is not UTF-8 text from here on")
        case .strayCharacter(let scalar):
            Wording(
                code: .syntax, message: "\(SyntaxFault.named(scalar)) has no meaning here",
                hint: LookAlike.meant(by: scalar).map { $0 == "a blank" ? "write a blank" : "write `\($0)`" }
                    ?? UnicodeScalar(scalar).flatMap { OtherLanguages.hint(forSign: String($0)) })
        case .strayQuote(let scalar):
            Wording(code: .syntax, message: "\(SyntaxFault.named(scalar)) does not begin a string", hint: "write \" or '")
        case .hiddenCharacter(let scalar):
            Wording(
                code: .syntax, message: "the invisible character \(SyntaxFault.code(scalar)) stands here; it can make a script read other than it runs",
                hint: "remove it, or write \\u{\(String(scalar, radix: 16))} inside a string")
        case .badEscape(let text):
            Wording(code: .syntax, message: "`\(text)` is no escape", hint: "there are \\n \\r \\t \\0 \\\\ \\\" \\$ and \\u{1F600}")
        case .badNumber(let text): Wording(code: .syntax, message: "`\(text)` is no number", hint: "as in 42, 1_000, 0xff, 2.5 or 1e9")
        case .integerTooLarge(let text):
            Wording(code: .syntax, message: "\(text) is too large for a number", hint: "a decimal has up to 38 digits; a float is written 1e40")
        case .leadingZero(let text):
            Wording(
                code: .syntax, message: "a number does not begin with a 0 as `\(text)` does", hint: "a date is written @2024-05-01, a text \"\(text)\"")
        case .badDate(let text):
            Wording(code: .syntax, message: "`\(text)` is no date or time", hint: "as in @2024-05-01 or @2024-05-01T10:00:00Z")
        case .badDuration(let text):
            Wording(code: .syntax, message: "`\(text)` is no duration", hint: "as in 250ms, 30s, 5m, 2h, 1d or 2w")
        case .fileWithoutQuotes(let name): .fileWithoutQuotes(name)
        case .fileWithoutTo(let name, let format):
            Wording(
                code: .syntax, message: "the name of a file stands after `to`, in quotes",
                hint: format.map { "write \($0) to \"NAME.\(name)\"" } ?? "write to \"\(name)\"")
        case .reservedName(let word):
            Wording(code: .syntax, message: "`\(word)` is a word of the language and cannot be a name here", hint: "another name, or `\(word)` in backticks")
        case .commandName(let word):
            Wording(code: .syntax, message: "`\(word)` is a command, so no variable can bear that name", hint: "choose another name")
        case .transformName(let word):
            Wording(code: .syntax, message: "`\(word)` is a transform, so no function can bear that name", hint: "choose another name")
        case .unknownCommand(let word, let known, let afterPipe):
            Wording(
                code: .unknownCommand, message: "there is no \(afterPipe ? "transform or command" : "command") `\(word)`",
                hint: known.contains(word.lowercased())
                    ? Nearest.hint(word, in: known) : OtherLanguages.hint(for: word, at: afterPipe ? .step : .statement) ?? Nearest.hint(word, in: known)
                        ?? (afterPipe ? "a function of the script is called as \(word)()" : nil),
                notes: ["`help` lists them all"])
        case .transformWithoutPipe(let word):
            Wording(code: .unknownCommand, message: "`\(word)` works on what comes through a pipe", hint: "write `j | \(word) ...`")
        case .unknownClause(let word, let command, let usage, let known):
            Wording(
                code: .unknownClause, message: "`\(command)` has no `\(word)` here",
                hint: Nearest.hint(word, in: known) ?? OtherLanguages.hint(forMisplaced: word), notes: ["usage: \(usage)"])
        case .repeatedClause(let word, let command, let first):
            Wording(code: .unknownClause, message: "`\(word)` stands twice in this `\(command)`", labels: [.init(first, "the first one")])
        case .missingArgument(let what, let command, let usage):
            Wording(code: .usage, message: "`\(command)` lacks \(what)", notes: ["usage: \(usage)"])
        case .chainedComparison: Wording(code: .syntax, message: "comparisons cannot be chained", hint: "write `a < b and b < c`")
        case .assignmentInExpression:
            Wording(code: .syntax, message: "`=` gives a name to a value and cannot stand here", hint: "`==` compares")
        case .assignmentToPart:
            Wording(code: .syntax, message: "a part of a value cannot be changed", hint: "make a new value: x = {a: 1}, x = [1, 2]")
        case .tooDeep(let limit): Wording(code: .limit, message: "this is nested more than \(limit) levels deep")
        case .commandInExpression(let word):
            Wording(code: .syntax, message: "the command `\(word)` stands inside an expression", hint: "put it in parentheses: (\(word) ...)")
        case .tooLong(let limit): Wording(code: .limit, message: "the script is longer than \(limit >> 20) MiB")
        case .otherSign(let sign): Wording(code: .syntax, message: "`\(sign)` has no meaning here", hint: OtherLanguages.hint(forSign: sign))
        case .methodCall(let name, let kind):
            Wording(code: .syntax, message: "values have no methods such as `.\(name)(...)`", hint: kind.hint(name))
        case .interpolationOutside:
            Wording(code: .syntax, message: "`${...}` stands inside of strings alone", hint: "here the expression itself is written, or $name for a variable")
        case .valueWithoutWord(let name, let command, let word):
            Wording(code: .unknownClause, message: "`\(command)` has no `\(name)` here", hint: "write \(word) \(name)=...")
        }
    }

    /// A character as it looks and, where it is none of ASCII, by its name: `а` (U+0430 CYRILLIC SMALL LETTER A).
    private static func named(_ value: UInt32) -> String {
        guard let scalar = UnicodeScalar(value) else { return code(value) }
        return scalar.isASCII ? "`\(scalar)`" : "`\(scalar)` (\(code(value)))"
    }

    /// `U+202E RIGHT-TO-LEFT OVERRIDE`
    private static func code(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        if value == 0 { return "\(number) NUL" }
        guard let properties = UnicodeScalar(value)?.properties, let name = properties.name ?? properties.nameAlias else { return number }
        return "\(number) \(name)"
    }
}

extension SyntaxRemedy {
    var hint: String {
        switch self {
        case .block: "a block stands in braces: { ... }"
        case .fileInQuotes(let name): "write import \"\(name).qs\""
        case .listInBrackets: "a list stands in brackets: [a, b]"
        case .callInParentheses(let name): "arguments stand in parentheses: \(name)(...)"
        case .plainString: "\"text ${x}\" needs no letter before it"
        case .oneName: "one name for each statement: let a = 1; let b = 2"
        case .newName: "give it a name: NAME = ..."
        case .plainColumn: "a column stands here by its name alone"
        case .allColumns: "all columns stay where no `select` says otherwise; `derive` adds some"
        case .equality: "`==` compares"
        case .leaveOut: "leave it out"
        case .loopName: "write for x in VALUE { ... }; of a record, x has `key` and `value`"
        case .errorName: "write catch e { ... }"
        case .to: "write to \"...\""
        case .subject: "what the pipe works on stands before it"
        case .leadingZero: "write 0.5"
        case .comma: "a comma stands between values"
        }
    }
}

extension MethodName {
    fileprivate func hint(_ name: String) -> String {
        switch self {
        case .transform: "write x | \(name) ..."
        case .command: "write x | \(name)"
        case .function: "write \(name)(x)"
        case .unknown: OtherLanguages.hint(for: name, at: .function) ?? OtherLanguages.hint(for: name, at: .step) ?? "functions are called as f(x), or in a pipe as x | f()"
        }
    }
}

extension String {
    /// The text between backticks, or all of it.
    fileprivate var withoutBackticks: String { count > 2 && first == "`" && last == "`" ? String(dropFirst().dropLast()) : self }
}

extension Wording {
    /// That a file's name lacks its quotes, which the parser sees of some and the compiler of others.
    static func fileWithoutQuotes(_ name: String) -> Wording {
        Wording(code: .syntax, message: "the name of a file stands in quotes", hint: "write \"\(name)\"")
    }
}
