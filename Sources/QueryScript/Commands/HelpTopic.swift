// What `help` says of the words that are neither commands nor transforms nor functions: statements and operators. Their grammar
// is the parser's.

/// A word of the language with its explanation.
struct HelpTopic {
    /// The word, as it is asked for.
    let name: String
    let usage: String
    let summary: String
    let example: String

    init(_ name: String, _ usage: String, _ summary: String, _ example: String) {
        (self.name, self.usage, self.summary, self.example) = (name, usage, summary, example)
    }

    static let all = statements + operators

    static let statements = [
        HelpTopic(
            "let", "let NAME = VALUE", "Make a variable of this scope; the same name again shadows the older one. NAME = VALUE changes it.",
            "let total = 0"),
        HelpTopic("if", "if COND { } else if COND { } else { }", "Run a block where a condition is true; null is not.", "if total > 10 { print \"many\" } else { print \"few\" }"),
        HelpTopic("else", "if COND { } else { }", "What `if` runs where its condition is not true.", "if total > 10 { print \"many\" } else { print \"few\" }"),
        HelpTopic(
            "for", "for NAME in VALUE { }", "Run a block for each element of a list, field of a record (as {key, value}), row of a frame, or number of a range.",
            "for month in [\"2024-04\", \"2024-05\"] { run monthly with month=month }"),
        HelpTopic("while", "while COND { }", "Run a block as long as a condition is true.", "while total < 3 { total = total + 1 }"),
        HelpTopic("break", "break", "Leave the loop around.", "for n in 1..10 { if n > 3 { break } }"),
        HelpTopic("continue", "continue", "Go on with the next round of the loop around.", "for n in 1..10 { if n % 2 == 0 { continue } }"),
        HelpTopic(
            "def", "def NAME(a, b = 10) { }", "Make a function; it gives its last statement's value. In a pipe the subject is its first argument.",
            "def net(amount, rate = 0.19) { amount / (1 + rate) }"),
        HelpTopic("return", "return [VALUE]", "Leave a function with a value.", "def sign(x) { if x < 0 { return -1 }; 1 }"),
        HelpTopic(
            "try", "try { } catch NAME { }", "Run a block, and another one where it fails; the error has the fields code, message, line and job.",
            "try { wait j } catch e { print e.code, e.message }"),
        HelpTopic("catch", "try { } catch NAME { }", "What `try` runs where its block fails.", "try { wait j } catch e { print e.code, e.message }"),
        HelpTopic("import", "import \"FILE\"", "Run another file once, found beside this one, and take over its names.", "import \"lib/money.qs\""),
    ]

    static let operators = [
        HelpTopic("and", "a and b", "True where both are; false where one is false, even beside null.", "where quantity > 3 and price < 10"),
        HelpTopic("or", "a or b", "True where one is, even beside null.", "where region == \"EU\" or quantity > 10"),
        HelpTopic("not", "not a", "The opposite; null stays null. Also before in, between, like and matches.", "where not returned"),
        HelpTopic("in", "x in LIST", "Whether the list has the value.", "where region in [\"EU\", \"UK\"]"),
        HelpTopic("between", "x between a and b", "Whether the value lies between two, both included.", "where quantity between 3 and 10"),
        HelpTopic("like", "s like PATTERN", "Whether the whole text fits; % stands for any text, _ for one character.", "where customer like \"A%\""),
        HelpTopic("matches", "s matches PATTERN", "Whether a regular expression (RE2's) matches somewhere in the text.", "where customer matches \"^[A-Z]\""),
        HelpTopic("is", "x is null, x is not null", "Whether the value is null.", "where price is not null"),
        HelpTopic("null", "null", "No value. An operator with a null gives null; x ?? y is y where x is null.", "derive price = price ?? 0"),
        HelpTopic("true", "true", "A bool, as is false.", "let verbose = true"),
        HelpTopic("false", "false", "A bool, as is true.", "let verbose = false"),
    ]
}
