// The row of xlsx in the registry.
import QueryFrames

/// A workbook of spreadsheet programs, with a sheet for each frame.
let xlsxFormat = FormatRow(
    name: "xlsx", endings: ["xlsx"], summary: "a workbook for spreadsheet programs; null and empty text are both empty cells",
    options: XLSXOptions.options, read: nil,
    write: { (sink, options) throws(FormatError) in XLSXWriter(sink, try XLSXOptions(options)) },
    writeSeveral: { (sink, options) throws(FormatError) in XLSXWriter(sink, try XLSXOptions(options)) })

/// The options of a workbook.
struct XLSXOptions {
    /// The sheet's name, where a frame has none of its own.
    let sheet: String

    static let options = [
        FormatOption(name: "sheet", usage: "sheet=\"NAME\"", summary: "the sheet's name; Sheet1 unless told otherwise")
    ]

    init(_ options: FormatOptions) throws(FormatError) {
        let arguments = try FormatArguments(options, format: "xlsx", known: Self.options)
        sheet = try arguments.string("sheet") ?? "Sheet1"
        try SheetLimits.check([sheet])
    }
}
