// The rows of Arrow's two layouts in the registry: the file, which ends with an index of its parts, and the stream.

/// Arrow IPC as a file; feather, version 2, is the same.
let arrowFormat = arrowIPC(name: "arrow", endings: ["arrow", "feather"], summary: "Arrow IPC, as a file", isFile: true)

/// Arrow IPC as a stream, which can be read before it is whole.
let arrowStreamFormat = arrowIPC(name: "arrows", endings: ["arrows"], summary: "Arrow IPC, as a stream", isFile: false)

private func arrowIPC(name: String, endings: [String], summary: String, isFile: Bool) -> FormatRow {
    FormatRow(
        name: name, endings: endings, summary: summary, options: [],
        read: { (source, options) throws(FormatError) in
            _ = try FormatArguments(options, format: name, known: [])
            return try ArrowReader(source, format: name).read()
        },
        write: { (sink, options) throws(FormatError) in
            _ = try FormatArguments(options, format: name, known: [])
            return ArrowWriter(sink, isFile: isFile)
        })
}
