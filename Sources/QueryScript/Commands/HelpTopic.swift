// What `help` says of the words and signs that are neither commands nor transforms nor functions: statements, operators and types.
// Their grammar is the parser's.

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

    static let all = statements + operators + signs + types

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
            "try", "try { } catch NAME { }", "Run a block, and another one where it fails; the error has the fields code, message, line, job and status.",
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
        HelpTopic(
            "over", "f(...) over ([by COL, ...] [sort EXPR, ...])", "Which rows a window looks at, in derive and select: those of the same group, in that order.",
            "derive place = rank() over (by region sort revenue desc)"),
    ]

    static let signs = [
        HelpTopic("|", "SUBJECT | STEP", "Hands what stands before it to a transform, a command or a function of the script.", "j | where revenue > 1000 | export csv"),
        HelpTopic("=", "NAME = VALUE", "Gives a name to a value; == compares.", "let total = 0"),
        HelpTopic("==", "a == b", "Whether two values are equal; null where one is null.", "where region == \"EU\""),
        HelpTopic("!=", "a != b", "Whether two values differ; null where one is null.", "where region != \"EU\""),
        HelpTopic("<", "a < b", "Whether a is less than b; text goes by code point.", "where price < 10"),
        HelpTopic("<=", "a <= b", "Whether a is less than b or equal.", "where price <= 10"),
        HelpTopic(">", "a > b", "Whether a is greater than b.", "where price > 10"),
        HelpTopic(">=", "a >= b", "Whether a is greater than b or equal.", "where order_date >= @2024-05-01"),
        HelpTopic("+", "a + b", "The sum; also joins texts and lists, and moves dates and times by durations.", "derive due = order_date + 30d"),
        HelpTopic("-", "a - b, -a", "The difference, of dates and times a duration.", "derive late = delivered - order_date"),
        HelpTopic("*", "a * b", "The product.", "derive total = price * quantity"),
        HelpTopic("/", "a / b", "The quotient: a float, of decimals a decimal; null where b is 0.", "derive share = revenue / total"),
        HelpTopic("//", "a // b", "The quotient rounded down; null where b is 0.", "derive dozens = quantity // 12"),
        HelpTopic("%", "a % b", "What // leaves; null where b is 0.", "where id % 10 == 0"),
        HelpTopic("..", "a..b", "The ints from a to b, both included.", "for n in 1..10 { print n }"),
        HelpTopic("??", "a ?? b", "a, or b where a is null.", "derive price = price ?? 0"),
        HelpTopic(".", "x.NAME", "A field of a record, job or error, a column of rows as a list, a key of JSON.", "print j.status, sum(j.revenue)"),
        HelpTopic("[", "x[i]", "An element of a list, a row of rows; from the end where i is negative.", "print j[0].region, j[-1].region"),
        HelpTopic("$", "$NAME", "Always the variable, where NAME alone could be a column or stand for itself.", "where region == $region"),
    ]

    static let types = [
        HelpTopic("job", "job", "A query under way or done, as `run` gives it; it stands for its rows wherever rows are wanted.", "let j = run monthly; print j.status"),
        HelpTopic("frame", "frame", "Rows with columns, each of one type; x.NAME is a column as a list, x[0] a row as a record.", "let f = open \"orders.csv\"; print f[0]"),
        HelpTopic("record", "{NAME: VALUE, ...}", "Values by name; a list of records stands for rows.", "let r = {region: \"EU\", n: 2}; print r.n"),
        HelpTopic("list", "[VALUE, ...]", "Values in order; x[0] is the first, x[-1] the last.", "let regions = [\"EU\", \"UK\"]"),
        HelpTopic("range", "a..b", "The ints from a to b, both included.", "for n in 1..10 { print n }"),
        HelpTopic("duration", "250ms 30s 5m 2h 1d 2w 1h30m", "A span of time.", "wait j timeout 5m"),
        HelpTopic("binary", "binary", "Bytes, as of a database's blobs: len(x) counts them, string(x) is their hexadecimal text.", "derive size = len(photo)"),
        HelpTopic("error", "error", "What `catch` takes: its fields are code, message, line, job and status.", "try { wait j } catch e { fail e }"),
        HelpTopic("query", "query(EXPR), text(EXPR)", "Of `run`: a saved query, or query text, that an expression names.", "run query(\"monthly\")"),
    ]
}
