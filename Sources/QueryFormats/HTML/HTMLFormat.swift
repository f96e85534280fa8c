// The row of html in the registry.
import QueryFrames

/// A page with a table; or the table alone, to be put into another page.
let htmlFormat = FormatRow(
    name: "html", endings: ["html", "htm"], summary: "an HTML page with a table", options: HTMLOptions.options, read: nil,
    write: { (sink, options) throws(FormatError) in HTMLWriter(sink, try HTMLOptions(options)) },
    writeSeveral: { (sink, options) throws(FormatError) in HTMLWriter(sink, try HTMLOptions(options)) })

/// The options of html.
struct HTMLOptions {
    /// Whether only tables are written, without a page around them.
    let isFragment: Bool
    let title: String

    static let options = [
        FormatOption(name: "fragment", usage: "fragment=true|false", summary: "only the table, without a page around it"),
        FormatOption(name: "title", usage: "title=\"TEXT\"", summary: "the title of the page; Rows unless told otherwise"),
    ]

    init(_ options: FormatOptions) throws(FormatError) {
        let arguments = try FormatArguments(options, format: "html", known: Self.options)
        isFragment = try arguments.bool("fragment", default: false)
        title = try arguments.string("title") ?? "Rows"
    }
}
