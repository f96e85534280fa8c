import QueryFrames
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import QueryFormats

@Suite("the limits of a sheet")
struct SheetLimitsTests {
    private func fault(_ frame: Frame) -> FormatError? { formatError { try write("xlsx", frame) } }

    @Test("a sheet takes so many rows and columns, and one more is an error before anything is written")
    func sizes() throws {
        #expect(formatError { try SheetLimits.check(rows: 1_048_575) } == nil)
        #expect(formatError { try SheetLimits.check(rows: 1_048_576) } == .noRoom(format: "xlsx", what: "rows", count: 1_048_576, limit: 1_048_575))
        let wide = (0..<16_384).map { Field("c\($0)", .int64) }
        #expect(formatError { try SheetLimits.check(Schema(wide)) } == nil)
        let tooWide = Frame(schema: Schema(wide + [Field("z", .int64)]), batches: [])
        #expect(fault(tooWide) == .noRoom(format: "xlsx", what: "columns", count: 16_385, limit: 16_384))
    }

    @Test("a cell takes so many characters, counted as UTF-16 does")
    func lengths() throws {
        let full = String(repeating: "é", count: 32_765) + "😀"
        #expect(fault(makeFrame([("a", .string, [.string(full)])])) == nil)
        #expect(
            fault(makeFrame([("a", .string, [.null, .string(full + "x")])]))
                == .unwritable(format: "xlsx", column: "a", row: 2, .length(32_768, limit: 32_767)))
        #expect(fault(makeFrame([("a", .binary, [.binary([UInt8](repeating: 7, count: 16_382))])])) == nil)
        #expect(
            fault(makeFrame([("a", .binary, [.binary([UInt8](repeating: 7, count: 16_383))])]))
                == .unwritable(format: "xlsx", column: "a", row: 1, .length(32_768, limit: 32_767)))
        let list = Scalar.list([.string(String(repeating: "x", count: 32_767))])
        #expect(
            fault(makeFrame([("a", .list(.string), [list])])) == .unwritable(format: "xlsx", column: "a", row: 1, .length(32_771, limit: 32_767)))
    }

    @Test(
        "characters that XML does not have are refused, in cells and in names",
        arguments: [("a\0b", 0), ("\u{1b}[31m", 0x1b), ("\u{1f}", 0x1f), ("x\u{fffe}", 0xfffe), ("\u{ffff}", 0xffff)] as [(String, UInt32)])
    func characters(_ text: String, _ value: UInt32) throws {
        #expect(fault(makeFrame([("a", .string, [.string(text)])])) == .unwritable(format: "xlsx", column: "a", row: 1, .character(value)))
        #expect(fault(makeFrame([(text, .string, [])])) == .unwritable(format: "xlsx", column: text, row: nil, .character(value)))
    }

    @Test("characters beside those are cells", arguments: ["\u{7f}", "\u{85}", "\u{fffd}", "\u{ffbe}", "\u{efbf}", "\u{2028}", "\t\r\n"])
    func allowed(_ text: String) { #expect(fault(makeFrame([("a", .string, [.string(text)])])) == nil) }

    @Test(
        "names that no sheet can have are refused",
        arguments: [
            ("", .empty), (String(repeating: "x", count: 32), .tooLong(limit: 31)), (String(repeating: "😀", count: 16), .tooLong(limit: 31)),
            ("a:b", .character(0x3a)), ("[a", .character(0x5b)), ("a]", .character(0x5d)), ("*", .character(0x2a)), ("a?", .character(0x3f)),
            ("a/b", .character(0x2f)), ("a\\b", .character(0x5c)), ("a\nb", .character(0x0a)), ("'a", .apostrophe), ("a'", .apostrophe),
            ("History", .reserved),
        ] as [(String, SheetNameFault)])
    func names(_ name: String, _ expected: SheetNameFault) {
        #expect(formatError { try SheetLimits.check([name]) } == .sheetName(name, expected))
        #expect(formatError { try write("xlsx", makeFrame([]), ["sheet": .string(name)]) } == .sheetName(name, expected))
    }

    @Test("two sheets cannot have one name, whatever the case of its letters")
    func same() {
        #expect(formatError { try SheetLimits.check(["EU", "US", "eu"]) } == .sheetName("eu", .taken))
        #expect(formatError { try SheetLimits.check([String(repeating: "x", count: 31), "it's", "😀"]) } == nil)
    }
}

@Suite("the proof that a workbook is whole")
struct WorkbookProofTests {
    /// The proof of a file of these bytes.
    private func holds(_ bytes: [UInt8], rows: [Int]) throws -> Bool {
        let folder = try TestSupport.ScratchFolder()
        let file = open(try folder.write("book.xlsx", bytes: bytes), O_RDONLY)
        defer { close(file) }
        return WorkbookProof(file).holds(rows: rows)
    }

    @Test("it holds for the rows that were written, and for no others, and for no file that is cut or damaged")
    func proof() throws {
        let sink = MemorySink()
        let make = try #require(Formats.row(named: "xlsx")?.write)
        try make(sink, FormatOptions()).write(makeFrame([("a", .int64, (0..<2_000).map { .int($0) })]))
        let bytes = sink.bytes
        // Two styles: a row of the header, and rows of one number each.
        let header = "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>a</t></is></c></row>".utf8.count
        let rows = (0..<2_000).reduce(header) { $0 + "<row r=\"\($1 + 2)\"><c r=\"A\($1 + 2)\"><v>\($1)</v></c></row>".utf8.count }
        #expect(try holds(bytes, rows: [rows]))
        #expect(try !holds(bytes, rows: [rows + 1]))
        #expect(try !holds(bytes, rows: [rows, 0]))
        #expect(try !holds(bytes, rows: []))
        #expect(try !holds([], rows: [rows]))
        for cut in [1, 21, 22, 500, bytes.count / 2, bytes.count - 1] { #expect(try !holds(Array(bytes.dropLast(cut)), rows: [rows])) }
        for place in stride(from: 0, to: bytes.count, by: 997) {
            var damaged = bytes
            damaged[place] ^= 0xff
            // Whatever is damaged, the proof comes to an end.
            _ = try holds(damaged, rows: [rows])
        }
    }
}
