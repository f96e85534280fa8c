// How cells of a workbook look: made when the first cell wants it, once for the workbook.
import CXLSXWriter

/// The formats of cells, which the workbook owns.
final class SheetStyles {
    typealias Style = UnsafeMutablePointer<lxw_format>

    private let book: UnsafeMutablePointer<lxw_workbook>
    private var numbers: [String: Style] = [:]

    init(_ book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

    /// The names of columns.
    private(set) lazy var header: Style? = {
        let style = workbook_add_format(book)
        format_set_bold(style)
        return style
    }()

    /// Dates as ISO 8601 has them, whatever the program's language.
    private(set) lazy var date = number("yyyy-mm-dd")

    /// Times, with a `Z` where they are instants.
    func timestamp(utc: Bool, fraction: Bool) -> Style? {
        number("yyyy-mm-dd hh:mm:ss" + (fraction ? ".000" : "") + (utc ? "\"Z\"" : ""))
    }

    /// Lengths of time in hours, minutes and seconds.
    func duration(fraction: Bool) -> Style? { number(fraction ? "[h]:mm:ss.000" : "[h]:mm:ss") }

    /// Decimals with all digits of their scale.
    func decimal(_ scale: Int) -> Style? { number(scale == 0 ? "0" : "0." + String(repeating: "0", count: min(scale, 30))) }

    private func number(_ pattern: String) -> Style? {
        if let style = numbers[pattern] { return style }
        guard let style = workbook_add_format(book) else { return nil }
        format_set_num_format(style, pattern)
        numbers[pattern] = style
        return style
    }
}
