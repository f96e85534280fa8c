// The registry of formats: a table with one row a format, each defined in a file of its own.

/// The formats that can be read and written.
public enum Formats {
    /// All formats, in the order in which help lists them.
    public static let rows: [FormatRow] = [
        csvFormat, tsvFormat, jsonFormat, jsonLinesFormat, arrowFormat, arrowStreamFormat, parquetFormat, xlsxFormat, markdownFormat, htmlFormat,
        sqlFormat, tableFormat,
    ]

    /// What rows are written in where nothing else is said.
    public static var csv: FormatRow { csvFormat }

    /// What rows are shown in on a terminal.
    public static var table: FormatRow { tableFormat }

    /// The format called `name`.
    public static func row(named name: String) -> FormatRow? { rows.first { $0.name == name } }

    /// The format that the ending of a file's name means, whatever the case of its letters: `csv` for `data/Orders.CSV`, and
    /// for `orders.csv.gz`.
    public static func row(forPath path: String) -> FormatRow? {
        let file = Compression.inner(path).utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? Substring(path).utf8
        guard let dot = file.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let ending = String(Substring(file[file.index(after: dot)...])).lowercased()
        return rows.first { $0.endings.contains(ending) }
    }
}
