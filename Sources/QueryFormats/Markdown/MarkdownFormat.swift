// The row of markdown in the registry.

/// A pipe table, as GitHub's Markdown has it.
let markdownFormat = FormatRow(
    name: "markdown", endings: ["md", "markdown"], summary: "a Markdown table", options: [], read: nil,
    write: { (sink, options) throws(FormatError) in
        _ = try FormatArguments(options, format: "markdown", known: [])
        return MarkdownWriter(sink)
    })
