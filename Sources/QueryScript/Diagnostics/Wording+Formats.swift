// What formats report, in words.
import QueryFormats
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension FormatError {
    var wording: Wording {
        switch self {
        case .raggedRow(let path, let line, let found, let expected):
            Wording(
                code: .format, message: "\(path), line \(line): the row has \(found) field\(found == 1 ? "" : "s"), the header has \(expected)",
                hint: "a field with a comma or a line's end in it stands in double quotes")
        case .unterminatedQuote(let path, let line):
            Wording(code: .format, message: "\(path), line \(line): the quote that opens here is never closed")
        case .strayQuote(let path, let line):
            Wording(
                code: .format, message: "\(path), line \(line): a quote stands inside of a field",
                hint: "a field with a quote in it stands in double quotes, its quotes doubled")
        case .invalidUTF8(let path, let offset, let line):
            Wording(code: .format, message: "\(path), line \(line): the byte at offset \(offset) is not UTF-8", hint: "convert the file to UTF-8 first")
        case .syntax(let path, let line, let column, let expected):
            Wording(code: .format, message: "\(path), line \(line), column \(column): expected \(expected)")
        case .loneSurrogate(let path, let line, let column):
            Wording(code: .format, message: "\(path), line \(line), column \(column): this \\u escape is half of a pair")
        case .nestingTooDeep(let path, let line, let column, let limit):
            Wording(code: .format, message: "\(path), line \(line), column \(column): nested more than \(limit) levels deep")
        case .numberOutOfRange(let path, let row, let field, let text):
            Wording(code: .format, message: "\(path), row \(row): \(text) in `\(field)` is larger than any float")
        case .tooManyColumns(let path, let limit): Wording(code: .limit, message: "\(path) has more than \(limit) columns")
        case .tooLarge(let path, let what, let limit): Wording(code: .limit, message: "\(path): a \(what) is larger than \(limit)")
        case .memory(let path, let row, let limit):
            Wording(
                code: .limit, message: "\(path)\(row.map { ", row \($0)" } ?? ""): this takes more memory than the \(limit.bytesText) for all frames",
                hint: Wording.lessMemory)
        case .changedWhileRead(let path): Wording(code: .io, message: "\(path) changed while it was read", hint: "try again")
        case .damaged(let path, let compression):
            Wording(code: .format, message: "\(path) is not \(compression), or is damaged", hint: "its ending says that it is \(compression)")
        case .malformed(let path, let format, let part):
            Wording(code: .format, message: "\(path) is not \(format), or is damaged: \(part)")
        case .unsupported(let path, let column, let feature):
            Wording(code: .format, message: "\(path)\(column.isEmpty ? "" : ", column `\(column)`"): \(feature) cannot be read")
        case .inexact(let path, let column, let row, let type):
            Wording(
                code: .format, message: "\(path), row \(row): the \(type) in `\(column)` would change here",
                hint: "no column holds it as it is; convert it where the file is written")
        case .unwritable(let format, let column, let row, let reason): FormatError.unwritable(format, column, row, reason)
        case .noRoom(let format, let what, let count, let limit):
            Wording(
                code: .limit, message: "\(count) \(what) are too many for the format \(format), which has room for \(limit)",
                hint: "csv and parquet have no such limit")
        case .sameNames(let format, let dialect, let first, let second):
            Wording(
                code: .format, message: "the columns `\(first)` and `\(second)` are one in the dialect \(dialect) of the format \(format)",
                hint: "give one of them another name with rename")
        case .sheetName(let name, let fault): fault.wording(name)
        case .cutShort(let format, let folder):
            Wording(
                code: .io, message: "\(folder): there is no room for what the format \(format) writes there on the way",
                hint: "make room, or let TMPDIR name another folder")
        case .noLibrary(let format, let library, let reason):
            Wording(
                code: .io, message: "the format \(format) needs the library \(library), which cannot be loaded: \(reason)",
                hint: "install \(library); csv and parquet need nothing")
        case .io(let path, let operation, let code):
            Wording(code: .io, message: "\(path): \(FormatError.reason(code))\(FormatError.action(operation))")
        case .closedPipe(let path): Wording(code: .io, message: "\(path): nobody reads it any more")
        case .unknownOption(let format, let name, let known):
            Wording(
                code: .unknownOption, message: "the format \(format) has no option `\(name)`", hint: Nearest.hint(name, in: known),
                notes: [known.isEmpty ? "it has no options" : "options: \(known.listed())"])
        case .optionType(let format, let name, let expected, let found):
            Wording(code: .type, message: "the option `\(name)` of the format \(format) takes \(expected), and this is \(found)")
        case .optionValue(let format, let name, let value, let expected):
            Wording(code: .value, message: "the option `\(name)` of the format \(format) cannot be \(value)", hint: "\(expected) is expected")
        }
    }

    /// The words for a value, or the name of a column, that a format cannot write.
    private static func unwritable(_ format: String, _ column: String, _ row: Int?, _ reason: Unwritable) -> Wording {
        let place = row.map { "row \($0) of `\(DisplayText.escaped(column))`" } ?? "the name `\(DisplayText.escaped(column))`"
        return switch reason {
        case .character(let value):
            Wording(
                code: .format, message: "\(place) has the character \(codePoint(value)), which the format \(format) cannot hold",
                hint: row == nil ? "give it another name" : "take it out with replace")
        case .length(let count, let limit):
            Wording(
                code: .limit, message: "\(place) has \(count) characters, and a cell of the format \(format) holds \(limit)",
                hint: "shorten it with substr, or export another format")
        case .year:
            Wording(
                code: .format, message: "\(place) is not of the years 1 to 9999, and the dialect of the format \(format) has no other",
                hint: "write it as text, with string(...)")
        }
    }

    /// `U+001B`
    fileprivate static func codePoint(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    /// The system's words for an error code.
    static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

    private static func action(_ operation: String) -> String {
        switch operation {
        case "open", "stat", "fstat": ""
        case "read": " (reading)"
        case "write": " (writing)"
        default: " (\(operation))"
        }
    }
}

extension SheetNameFault {
    fileprivate func wording(_ name: String) -> Wording {
        let sheet = "no sheet can be called `\(DisplayText.escaped(name))`"
        return switch self {
        case .empty: Wording(code: .value, message: "a sheet has to have a name")
        case .tooLong(let limit): Wording(code: .limit, message: "\(sheet)", hint: "its name has at most \(limit) characters")
        case .character(let value):
            Wording(
                code: .value, message: "\(sheet)",
                hint: value < 0x20 || value > 0x7f ? "the character \(FormatError.codePoint(value)) cannot be in it" : "none of []:*?/\\ can be in it")
        case .apostrophe: Wording(code: .value, message: "\(sheet)", hint: "no apostrophe can stand at its beginning or end")
        case .reserved: Wording(code: .value, message: "\(sheet)", hint: "spreadsheet programs keep that name for themselves")
        case .taken: Wording(code: .value, message: "two sheets are called `\(DisplayText.escaped(name))`", hint: "the case of letters does not count")
        }
    }
}

extension Diagnostic {
    /// A file's error as one sentence, where there is no script to point into.
    public static func message(of error: FormatError) -> String { error.wording.message }

    /// What a format says although it reads or writes.
    static func message(of warning: FormatWarning) -> String {
        switch warning {
        case .renamedColumn(let index, let from, let to):
            "column \(index)\(from.isEmpty ? " has no name and" : ", `\(from)`,") is called `\(to)`"
        case .numbersKeptAsText(let column, let row, let example):
            "`\(column)` stays text: \(example) in row \(row) would lose digits as a number"
        case .mixedTypes(let column): "`\(column)` holds values of several types and is read as text"
        case .duplicateKeys(let key, let line, let count):
            "\(count) object\(count == 1 ? " has" : "s have") a key twice, first `\(key)` in line \(line); the last value was taken"
        case .numbersAsText(let count):
            "\(count) number\(count == 1 ? " has" : "s have") more digits than a cell holds and \(count == 1 ? "is" : "are") written as text"
        case .timesAsText(let count):
            "\(count) date\(count == 1 ? "" : "s") or time\(count == 1 ? " that a cell does not hold is" : "s that a cell does not hold are") written as text"
        case .rounded(let count):
            "\(count) value\(count == 1 ? " was" : "s were") rounded to what a cell holds: 16 digits, and times to the millisecond"
        case .notFinite(let count): "\(count) value\(count == 1 ? "" : "s") that \(count == 1 ? "is" : "are") no finite number became null"
        }
    }
}
