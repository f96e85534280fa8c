// What differs between files of separated values: the delimiter, whether there are quotes and a header, what stands for null.
import QueryFrames

/// How a file of separated values is to be read or written.
struct CSVDialect {
    /// The byte between fields.
    var delimiter: UInt8
    /// Whether fields may stand in double quotes.
    var quotes: Bool
    /// Whether the first row has the names of the columns.
    var header: Bool
    /// The unquoted text that stands for null besides the empty one; empty where there is none.
    var null: [UInt8]

    static let options: [FormatOption] = [
        FormatOption(name: "header", usage: "header=true|false", summary: "whether the first row has the columns' names (true)"),
        FormatOption(name: "delimiter", usage: "delimiter=TEXT", summary: "the character between fields"),
        FormatOption(name: "null", usage: "null=TEXT", summary: "unquoted text that stands for null, as the empty field does"),
        FormatOption(name: "quotes", usage: "quotes=true|false", summary: "whether fields may stand in double quotes (true)"),
    ]

    init(_ options: FormatOptions, format: String, delimiter: UInt8) throws(FormatError) {
        let arguments = try FormatArguments(options, format: format, known: CSVDialect.options)
        header = try arguments.bool("header", default: true)
        quotes = try arguments.bool("quotes", default: true)
        null = Array((try arguments.string("null") ?? "").utf8)
        self.delimiter = delimiter
        if let text = try arguments.string("delimiter") {
            let structural: [UInt8] = [0, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\"")]
            guard text.utf8.count == 1, let byte = text.utf8.first, !structural.contains(byte) else {
                throw .optionValue(format: format, name: "delimiter", value: text, expected: "one ASCII character, no quote or line end")
            }
            self.delimiter = byte
        }
        let structural = null.contains { [self.delimiter, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\"")].contains($0) }
        if structural {
            throw .optionValue(
                format: format, name: "null", value: String(decoding: null, as: UTF8.self),
                expected: "text without delimiter, quote or line end")
        }
    }
}
