// The rows of csv and tsv in the registry.

/// Comma-separated values as RFC 4180 has them.
let csvFormat = separatedValues(
    name: "csv", endings: ["csv"], summary: "comma-separated values (RFC 4180), with a header", delimiter: UInt8(ascii: ","))

/// The same with tabs.
let tsvFormat = separatedValues(
    name: "tsv", endings: ["tsv", "tab"], summary: "tab-separated values, quoted as csv is", delimiter: UInt8(ascii: "\t"))

private func separatedValues(name: String, endings: [String], summary: String, delimiter: UInt8) -> FormatRow {
    FormatRow(
        name: name, endings: endings, summary: summary, options: CSVDialect.options,
        read: { (source, options) throws(FormatError) in
            try CSVReader(source, CSVDialect(options, format: name, delimiter: delimiter)).read()
        },
        write: { (sink, options) throws(FormatError) in
            CSVWriter(sink, try CSVDialect(options, format: name, delimiter: delimiter))
        })
}
