// A frame as an HTML table: text stays text, nothing in it is markup, and there are no scripts.
import QueryFrames

/// Writes a page that is well-formed as XML too: header, rows, numbers to the right; null is an empty cell.
final class HTMLWriter: FramesWriter {
    private let sink: any ByteSink
    private let options: HTMLOptions
    private let buffer = TextBuffer(capacity: 80_000)
    private var schema = Schema([])
    /// Data rows written so far.
    private var rows = 0

    init(_ sink: any ByteSink, _ options: HTMLOptions) {
        (self.sink, self.options) = (sink, options)
    }

    func begin(_ schema: Schema) throws(FormatError) {
        try openPage()
        try openTable(schema, caption: nil)
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        guard !batch.columns.isEmpty else { return }
        let opening = schema.fields.map { HTMLWriter.alignsRight($0.type) ? "<td\(numberAttribute)>" : "<td>" }.map { Array($0.utf8) }
        try batch.withText { (columns) throws(FormatError) in
            for row in 0..<batch.count {
                rows += 1
                buffer.append("<tr>")
                for (index, column) in columns.enumerated() {
                    opening[index].withUnsafeBytes { buffer.append($0) }
                    try append(column, row, index)
                    buffer.append("</td>")
                }
                buffer.append("</tr>\n")
                try sink.take(buffer)
            }
        }
    }

    func finish() throws(FormatError) {
        closeTable()
        try closePage()
    }

    func write(_ frames: [NamedFrame], _ workers: Workers) throws(FormatError) {
        try openPage()
        for named in frames {
            try openTable(named.frame.schema, caption: named.name)
            for batch in named.frame.batches { try write(batch) }
            closeTable()
        }
        try closePage()
    }

    /// How a cell of a number stands at the right: by the page's style, which a fragment does not have.
    private var numberAttribute: String { options.isFragment ? " style=\"text-align:right\"" : " class=\"number\"" }

    private static func alignsRight(_ type: DataType) -> Bool { type.isNumeric || type == .duration }

    private func openPage() throws(FormatError) {
        guard !options.isFragment else { return }
        buffer.append("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\"/>\n<title>")
        try append(options.title, column: nil)
        buffer.append(HTMLWriter.style)
    }

    private func closePage() throws(FormatError) {
        if !options.isFragment { buffer.append("</body>\n</html>\n") }
        try sink.take(buffer, all: true)
    }

    private static let style: StaticString = """
        </title>
        <style>
        body { font-family: sans-serif; }
        table { border-collapse: collapse; margin-bottom: 2em; }
        caption { font-weight: bold; text-align: left; }
        th, td { border: 1px solid #ccc; padding: 0.2em 0.6em; text-align: left; vertical-align: top; white-space: pre-wrap; }
        .number { text-align: right; }
        </style>
        </head>
        <body>

        """

    private func openTable(_ schema: Schema, caption: String?) throws(FormatError) {
        self.schema = schema
        rows = 0
        buffer.append("<table>\n")
        if let caption {
            buffer.append("<caption>")
            try append(caption, column: nil)
            buffer.append("</caption>\n")
        }
        buffer.append("<thead>\n<tr>")
        for field in schema.fields {
            buffer.append("<th")
            if HTMLWriter.alignsRight(field.type) { buffer.append(numberAttribute) }
            buffer.append(">")
            try append(field.name, column: field.name)
            buffer.append("</th>")
        }
        buffer.append("</tr>\n</thead>\n<tbody>\n")
    }

    private func closeTable() { buffer.append("</tbody>\n</table>\n") }

    private func append(_ column: ColumnText, _ row: Int, _ index: Int) throws(FormatError) {
        if column.isNull(row) { return }
        guard let text = column.utf8(row) else { return column.append(row, to: buffer) }
        if let character = HTMLText.append(text, to: buffer) {
            throw .unwritable(format: "html", column: schema.fields[index].name, row: rows, .character(character))
        }
    }

    private func append(_ text: String, column: String?) throws(FormatError) {
        var text = text
        let refused = text.withUTF8 { HTMLText.append(UnsafeRawBufferPointer($0), to: buffer) }
        if let refused { throw .unwritable(format: "html", column: column ?? "title", row: nil, .character(refused)) }
    }
}
