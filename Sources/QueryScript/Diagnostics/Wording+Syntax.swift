// Syntax errors in words.

extension SyntaxFault {
    var wording: Wording {
        switch self {
        case .expected(let what, nil): Wording(code: .syntax, message: "the script ends where \(what) is expected")
        case .expected(let what, let found?): Wording(code: .syntax, message: "expected \(what), found \(found)")
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
                hint: LookAlike.meant(by: scalar).map { $0 == "a blank" ? "write a blank" : "write `\($0)`" })
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
            Wording(code: .syntax, message: "\(text) is too large for an int", hint: "an int goes up to 9223372036854775807")
        case .badDate(let text):
            Wording(code: .syntax, message: "`\(text)` is no date or time", hint: "as in @2024-05-01 or @2024-05-01T10:00:00Z")
        case .badDuration(let text):
            Wording(code: .syntax, message: "`\(text)` is no duration", hint: "as in 250ms, 30s, 5m, 2h, 1d or 2w")
        case .reservedName(let word):
            Wording(code: .syntax, message: "`\(word)` is a word of the language and cannot be a name here", hint: "another name, or `\(word)` in backticks")
        case .commandName(let word):
            Wording(code: .syntax, message: "`\(word)` is a command, so no variable can bear that name", hint: "choose another name")
        case .transformName(let word):
            Wording(code: .syntax, message: "`\(word)` is a transform, so no function can bear that name", hint: "choose another name")
        case .unknownCommand(let word, let known, let afterPipe):
            Wording(
                code: .unknownCommand, message: "there is no \(afterPipe ? "transform or command" : "command") `\(word)`",
                hint: Nearest.hint(word, in: known), notes: ["`help` lists them all"])
        case .transformWithoutPipe(let word):
            Wording(code: .unknownCommand, message: "`\(word)` works on what comes through a pipe", hint: "write `j | \(word) ...`")
        case .unknownClause(let word, let command, let usage, let known):
            Wording(
                code: .unknownClause, message: "`\(command)` has no `\(word)` here", hint: Nearest.hint(word, in: known), notes: ["usage: \(usage)"])
        case .repeatedClause(let word, let command, let first):
            Wording(code: .unknownClause, message: "`\(word)` stands twice in this `\(command)`", labels: [.init(first, "the first one")])
        case .missingArgument(let what, let command, let usage):
            Wording(code: .usage, message: "`\(command)` lacks \(what)", notes: ["usage: \(usage)"])
        case .chainedComparison: Wording(code: .syntax, message: "comparisons cannot be chained", hint: "write `a < b and b < c`")
        case .assignmentInExpression:
            Wording(code: .syntax, message: "`=` gives a name to a value and cannot stand here", hint: "`==` compares")
        case .tooDeep(let limit): Wording(code: .limit, message: "this is nested more than \(limit) levels deep")
        case .commandInExpression(let word):
            Wording(code: .syntax, message: "the command `\(word)` stands inside an expression", hint: "put it in parentheses: (\(word) ...)")
        case .tooLong(let limit): Wording(code: .limit, message: "the script is longer than \(limit >> 20) MiB")
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
