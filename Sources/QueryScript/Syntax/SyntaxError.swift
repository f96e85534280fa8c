// What can be wrong with the text of a script, as facts; Diagnostics/ words them.

/// Why text is no script. Every case is about one span, which travels beside it in `SyntaxError`.
/// An error is rare and every step of the parser has room for one, so that it is a pointer.
public indirect enum SyntaxFault: Hashable, Sendable {
    /// Something else was expected here; `found` is the text that stands there, nil at the end of the source.
    case expected(String, found: String?)
    /// The same inside of a bracket that was opened on an earlier line.
    case expectedInside(String, found: String, bracket: String, opened: Span)
    /// A string, name or comment that begins here has no end; `closing` is what would end it.
    case unterminated(what: String, closing: String)
    /// The same of a string that stands in the `${` of another one, which is more likely what is not closed.
    case unterminatedInside(closing: String, interpolation: Span)
    /// `(`, `[` or `{` that begins here is not closed.
    case unclosed(String)
    case invalidUTF8
    /// A character that has no place outside strings.
    case strayCharacter(UInt32)
    /// The quote of a typesetter where a string's own is meant.
    case strayQuote(UInt32)
    /// A character that shows text in another order than it is read, or not at all.
    case hiddenCharacter(UInt32)
    case badEscape(String)
    case badNumber(String)
    /// An integer of more digits than a decimal has.
    case integerTooLarge(String)
    /// A number such as `05`, which is more likely a part of a date or an identifier.
    case leadingZero(String)
    case badDate(String)
    case badDuration(String)
    /// A reserved word where a name is expected.
    case reservedName(String)
    /// A name of a command where a new variable's name is expected.
    case commandName(String)
    /// A name of a transform where a new function's name is expected.
    case transformName(String)
    /// The first word of a statement, or the word after a pipe, is no command; `known` are those that could stand there.
    case unknownCommand(String, known: [String], afterPipe: Bool)
    /// A transform stands first; it needs a pipe before it.
    case transformWithoutPipe(String)
    /// A clause word that the command's usage line does not have.
    case unknownClause(String, command: String, usage: String, known: [String])
    /// A clause that stands twice.
    case repeatedClause(String, command: String, first: Span)
    /// The command lacks what its usage line asks for.
    case missingArgument(String, command: String, usage: String)
    /// Comparisons do not chain.
    case chainedComparison
    /// `=` where `==` is meant.
    case assignmentInExpression
    /// `x.name = 1`, `x[0] = 1`
    case assignmentToPart
    /// Parentheses, lists or blocks stand too deep in each other.
    case tooDeep(limit: Int)
    /// A command stands inside an expression without parentheses.
    case commandInExpression(String)
    /// The script is longer than a source may be.
    case tooLong(limit: Int)
    /// A sign that other languages have, such as `<>`.
    case otherSign(String)
    /// `x.name(...)`: values have no methods; `name` is what the language has of that name.
    case methodCall(String, MethodName)
    /// `${` outside of a string.
    case interpolationOutside
    /// `NAME = VALUE` that belongs behind a word of the usage line.
    case valueWithoutWord(String, command: String, word: String)
}

/// What the name of a method is here.
public enum MethodName: Hashable, Sendable {
    case transform, command, function, unknown
}

/// What would mend a text where something else was expected.
public indirect enum SyntaxRemedy: Hashable, Sendable {
    /// A block in braces.
    case block
    /// The name of a file in quotes.
    case fileInQuotes(String)
    /// A list in brackets, where parentheses stand.
    case listInBrackets
    /// The arguments of this function in parentheses.
    case callInParentheses(String)
    /// A string without a letter before it.
    case plainString
    /// One name and value for each statement.
    case oneName
    /// A name for the new column.
    case newName
    /// The name of a column alone.
    case plainColumn
    /// No `select` at all.
    case allColumns
    /// `==`.
    case equality
    /// A comma between values.
    case comma
    /// One name, and `in`.
    case loopName
    /// A name alone.
    case errorName
    /// `to` and a path.
    case to
    /// What a pipeline begins with.
    case subject
    /// A zero before the point.
    case leadingZero
    /// Nothing in its place.
    case leaveOut
}

/// A fault and its place.
public struct SyntaxError: Error, Hashable, Sendable {
    public var fault: SyntaxFault
    public var span: Span
    /// Whether more text could mend it: the prompt then asks for another line.
    public var isUnfinished = false
    /// What would mend it, where the fault alone does not say.
    public var remedy: SyntaxRemedy?
}
