// A frame as SQL: a statement that makes the table, and statements that insert its rows.
import QueryFrames

/// Writes one statement for many rows, as that is what loads fast, and none too long for a server that limits what it is sent.
final class SQLWriter: FramesWriter {
    private let sink: any ByteSink
    private let options: SQLOptions
    private let buffer = TextBuffer(capacity: 80_000)
    private var schema = Schema([])
    /// `insert into "t" ("a", "b") values`
    private var opening: [UInt8] = []
    /// Rows and bytes of the statement that is open.
    private var openRows = 0
    private var openBytes = 0
    private var rows = 0
    private var notFinite = 0

    private static let rowLimit = 500
    private static let byteLimit = 1 << 19

    init(_ sink: any ByteSink, _ options: SQLOptions) {
        (self.sink, self.options) = (sink, options)
    }

    var warnings: [FormatWarning] { notFinite > 0 ? [.notFinite(count: notFinite)] : [] }

    func begin(_ schema: Schema) throws(FormatError) { try begin(options.table, schema) }

    func write(_ batch: RecordBatch) throws(FormatError) {
        guard !batch.columns.isEmpty else { return }
        try batch.withText { (columns) throws(FormatError) in
            let literals = zip(batch.columns, columns).map { SQLLiterals(column: $0, text: $1, dialect: options.dialect) }
            for row in 0..<batch.count {
                rows += 1
                let start = buffer.count
                openRows == 0 ? opening.withUnsafeBytes { buffer.append($0) } : buffer.append(",\n(")
                for index in literals.indices {
                    if index > 0 { buffer.append(", ") }
                    if let fault = literals[index].append(row, to: buffer, notFinite: &notFinite) {
                        throw .unwritable(format: "sql", column: schema.fields[index].name, row: rows, fault)
                    }
                }
                buffer.append(UInt8(ascii: ")"))
                openRows += 1
                openBytes += buffer.count - start
                if openRows == SQLWriter.rowLimit || openBytes > SQLWriter.byteLimit { close() }
                try sink.take(buffer)
            }
        }
    }

    func finish() throws(FormatError) {
        close()
        try sink.take(buffer, all: true)
    }

    func write(_ frames: [NamedFrame], _ workers: Workers) throws(FormatError) {
        for named in frames {
            try begin(named.name, named.frame.schema)
            for batch in named.frame.batches { try write(batch) }
            close()
        }
        try finish()
    }

    private func begin(_ table: String, _ schema: Schema) throws(FormatError) {
        (self.schema, rows) = (schema, 0)
        try check(table)
        let dialect = options.dialect
        let name = dialect.quoted(table)
        guard !schema.fields.isEmpty else {
            // No dialect but one has tables without columns. A line's end in the name would end the comment.
            return buffer.append("-- a table without columns\n")
        }
        opening = Array("insert into \(name) (\(schema.names.map(dialect.quoted).joined(separator: ", "))) values\n(".utf8)
        guard options.creates else { return }
        let columns = schema.fields.map { "  \(dialect.quoted($0.name)) \(dialect.name(of: $0.type))" }
        buffer.append("create table \(name) (\n\(columns.joined(separator: ",\n"))\n);\n")
    }

    private func close() {
        if openRows > 0 { buffer.append(";\n") }
        (openRows, openBytes) = (0, 0)
    }

    /// Refuses names that the dialect cannot write, or takes for one.
    private func check(_ table: String) throws(FormatError) {
        for name in [table] + schema.names where name.utf8.contains(0) {
            throw .unwritable(format: "sql", column: name, row: nil, .character(0))
        }
        guard options.dialect.foldsNames else { return }
        var seen: [String: String] = [:]
        for name in schema.names {
            if let other = seen.updateValue(name, forKey: name.lowercased()) {
                throw .sameNames(format: "sql", dialect: options.dialect.rawValue, first: other, second: name)
            }
        }
    }
}
