// A workbook of libxlsxwriter on its way into a sink. The library writes rows to a temporary file as they come, and the workbook to another.
import CXLSXWriter
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFrames

/// The library's workbook; the same sheets give the same bytes at any time.
final class Workbook {
    let styles: SheetStyles
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
    /// The file that becomes the workbook. It has no name, so that nothing is left of it however this process ends.
    private let file: Int32
    private let folder: String
    private var isClosed = false

    /// Bytes of a sheet's rows as XML from which on the library's zip files would be broken.
    private static let sheetLimit = 0xf000_0000

    init() throws(FormatError) {
        if let reason = qs_xlsxwriter_load() {
            throw .noLibrary(format: "xlsx", library: "libxlsxwriter", reason: String(cString: reason))
        }
        (file, folder) = try Workbook.makeTemporary()
        // Rows are written in order, and none is kept in memory.
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let book = workbook_new_opt("/dev/fd/\(file)", &options) else {
            close(file)
            throw .io(path: "xlsx", operation: "write", code: ENOMEM)
        }
        self.book = book
        styles = SheetStyles(book)
        var properties = lxw_doc_properties()
        // Without a time the library takes the present one.
        properties.created = 315_532_800
        workbook_set_properties(book, &properties)
    }

    deinit {
        if !isClosed {
            // What is thrown away is not packed first. The files of rows are closed by packing alone.
            let rows = sheets.map(\.pointee.optimize_tmpfile)
            lxw_workbook_free(book)
            for rows in rows { if let rows { fclose(rows) } }
        }
        close(file)
    }

    /// A new sheet behind the others; the name is one that it can have.
    func addSheet(_ name: String) throws(FormatError) -> UnsafeMutablePointer<lxw_worksheet> {
        guard let sheet = workbook_add_worksheet(book, name) else { throw .cutShort(format: "xlsx", folder: folder) }
        sheets.append(sheet)
        return sheet
    }

    /// Writes the workbook, looks whether it is whole, and hands its bytes to the sink.
    func finish(to sink: any ByteSink) throws(FormatError) {
        // What was broken off is no workbook.
        if Cancellation.stopsHere { throw .closedPipe(path: "") }
        let rows = try sheets.map { (sheet) throws(FormatError) in try size(of: sheet) }
        // Packing leaves the files of sheets without cells open.
        let left = zip(sheets, rows).filter { $0.1 == 0 }.map { $0.0.pointee.optimize_tmpfile }
        isClosed = true
        let code = Workbook.withPlainNumbers { workbook_close(book) }
        for rows in left { if let rows { fclose(rows) } }
        if Cancellation.stopsHere { throw .closedPipe(path: "") }
        guard code == LXW_NO_ERROR, WorkbookProof(file).holds(rows: rows) else { throw .cutShort(format: "xlsx", folder: folder) }
        var block = [UInt8](repeating: 0, count: 1 << 16)
        var offset: off_t = 0
        while true {
            let count = block.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, offset) }
            guard count >= 0 else { throw .io(path: folder, operation: "read", code: errno) }
            if count == 0 { return }
            try sink.write(Array(block.prefix(count)))
            offset += off_t(count)
        }
    }

    /// The bytes of the rows that the library has written. It does not look whether there was room for them.
    private func size(of sheet: UnsafeMutablePointer<lxw_worksheet>) throws(FormatError) -> Int {
        Workbook.withPlainNumbers { lxw_worksheet_write_single_row(sheet) }
        guard let rows = sheet.pointee.optimize_tmpfile, fflush(rows) == 0, ferror(rows) == 0 else {
            throw .cutShort(format: "xlsx", folder: folder)
        }
        var status = stat()
        guard fstat(fileno(rows), &status) == 0 else { throw .io(path: folder, operation: "fstat", code: errno) }
        guard status.st_size < Workbook.sheetLimit else { throw .tooLarge(path: "xlsx", what: "sheet", limit: Workbook.sheetLimit) }
        return Int(status.st_size)
    }

    /// Calls what makes the library write numbers, with a point in them whatever the locale of the process.
    static func withPlainNumbers<R>(_ body: () -> R) -> R {
        let before = qs_locale_enter()
        defer { qs_locale_leave(before) }
        return body()
    }

    /// An open file without a name, where the library puts its own.
    private static func makeTemporary() throws(FormatError) -> (file: Int32, folder: String) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/qs-xlsx-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw .io(path: folder, operation: "open", code: errno) }
        unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return (file, folder)
    }
}
