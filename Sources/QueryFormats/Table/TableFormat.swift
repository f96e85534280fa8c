// The row of the fitted table in the registry.

/// A table for people.
let tableFormat = FormatRow(
    name: "table", endings: ["txt"], summary: "a table for people, fitted to the terminal", options: TableLayout.options, read: nil,
    write: { (sink, options) throws(FormatError) in
        TableWriter(sink, try TableLayout(options))
    })
