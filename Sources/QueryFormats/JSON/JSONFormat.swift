// The rows of json and jsonl in the registry.

/// One array of objects, a row each.
let jsonFormat = FormatRow(
    name: "json", endings: ["json"], summary: "an array of objects, one for each row (RFC 8259); of several frames an object of such arrays", options: [],
    read: { (source, options) throws(FormatError) in
        _ = try FormatArguments(options, format: "json", known: [])
        return try JSONReader(source, lines: false).read()
    },
    write: { (sink, options) throws(FormatError) in
        _ = try FormatArguments(options, format: "json", known: [])
        return JSONWriter(sink, lines: false)
    },
    writeSeveral: { (sink, options) throws(FormatError) in
        _ = try FormatArguments(options, format: "json", known: [])
        return JSONWriter(sink, lines: false)
    })

/// One object a line.
let jsonLinesFormat = FormatRow(
    name: "jsonl", endings: ["jsonl", "ndjson"], summary: "JSON lines: an object for each row, one a line", options: [],
    read: { (source, options) throws(FormatError) in
        _ = try FormatArguments(options, format: "jsonl", known: [])
        return try JSONReader(source, lines: true).read()
    },
    write: { (sink, options) throws(FormatError) in
        _ = try FormatArguments(options, format: "jsonl", known: [])
        return JSONWriter(sink, lines: true)
    })
