// The row of sql in the registry.
import QueryFrames

/// Statements that make a table and fill it.
let sqlFormat = FormatRow(
    name: "sql", endings: ["sql"], summary: "SQL that makes a table and inserts the rows", options: SQLOptions.options, read: nil,
    write: { (sink, options) throws(FormatError) in SQLWriter(sink, try SQLOptions(options)) },
    writeSeveral: { (sink, options) throws(FormatError) in SQLWriter(sink, try SQLOptions(options)) })

/// The options of sql.
struct SQLOptions {
    let dialect: SQLDialect
    /// The table's name, where a frame has none of its own.
    let table: String
    /// Whether the table is made, or is there already.
    let creates: Bool

    static let options = [
        FormatOption(name: "table", usage: "table=\"NAME\"", summary: "the table's name; data unless told otherwise"),
        FormatOption(
            name: "dialect", usage: "dialect=" + SQLDialect.allCases.map(\.rawValue).joined(separator: "|"),
            summary: "whose SQL it is; ansi, the standard's, unless told otherwise"),
        FormatOption(name: "create", usage: "create=true|false", summary: "whether the table is made first"),
    ]

    init(_ options: FormatOptions) throws(FormatError) {
        let arguments = try FormatArguments(options, format: "sql", known: Self.options)
        let name = try arguments.string("dialect") ?? SQLDialect.ansi.rawValue
        guard let dialect = SQLDialect(rawValue: name) else {
            throw .optionValue(
                format: "sql", name: "dialect", value: name, expected: "one of \(SQLDialect.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.dialect = dialect
        table = try arguments.string("table") ?? "data"
        guard !table.isEmpty else { throw .optionValue(format: "sql", name: "table", value: "\"\"", expected: "a name") }
        creates = try arguments.bool("create", default: true)
    }
}
